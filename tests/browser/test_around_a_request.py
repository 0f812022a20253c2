"""What is said around a request, on a phone: nothing that axe objects to, no small target, nothing too wide, in both
languages."""

import pytest
from django.core.management import call_command
from django.utils import timezone

from governance.accounts.models import User
from governance.directory.models import Office
from governance.duties.actions import nudge
from governance.duties.models import Duty
from governance.files.rules import check
from governance.notifications.actions import circulate
from groups.actions import comments, inquiries, recording
from groups.actions.recording import Instruction
from groups.models import CreationRequest
from tests.browser.test_every_page import measure
from tests.files.samples import upload

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def pages(settings, transactional_db):
    """User name and address of every page where something was said."""
    call_command("seed_demo", verbosity=0)
    now = timezone.now()
    by = {name: User.objects.get(username=name) for name in ("president", "office", "marketing", "staff", "hr")}
    asked, recorded = CreationRequest.objects.filter(state="submitted", steps__office__code="president")[:2]
    comments.comment(asked, "已核对。", by=by["hr"], now=now)
    inquiries.ask(asked, [by["marketing"].person, by["staff"].person], "是否合适？", by=by["president"], now=now)
    circulate(asked, [by["marketing"].person], by=by["hr"], now=now, note="请知悉")
    duty, office = Duty.objects.open().of_subject(asked).get(), Office.objects.get(code="presidents_office")
    nudged = nudge(duty, by=by["hr"], now=now, via=office)
    said = Instruction(by["president"].person, "refused", "spoken", timezone.localdate(now), [check(upload())], "不同意。")
    recording.record_decision(recorded, said, by=by["office"], now=now)
    url = asked.get_absolute_url()
    return [
        *((name, url) for name in by),
        ("president", f"{url}ask/"),
        ("office", f"{url}record/"),
        ("office", nudged.get_absolute_url()),
        ("president", recorded.get_absolute_url()),
    ]


def test_pages_can_be_used_on_a_phone_in_both_languages(
    phone, sign_in, pages, live_server, targets_below_44, overflow_at_double_type, axe
):
    def judge(page):
        wide = overflow_at_double_type(page)
        return [*axe(page), *targets_below_44(page), *([f"{wide} px too wide at double type"] if wide > 0 else [])]

    assert measure(phone, sign_in, pages, judge) == {}
    User.objects.update(language="en")
    assert measure(phone, sign_in, pages, judge) == {}
