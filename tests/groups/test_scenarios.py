"""Situations of a request that other products trip over, each as one test; the numbers are those of the list of scenarios,
*Request and approval*."""

import smtplib
from datetime import timedelta

import pytest
from django.urls import reverse

from governance.audit.queries import history_of
from governance.calendar.actions import seed_calendar
from governance.commands.proofs import contradictions
from governance.duties.actions import sweep
from governance.duties.models import Duty
from governance.notifications.actions import deliver
from governance.notifications.models import Delivery, Notice
from groups.actions import creation
from groups.models import CreationRequest, Group
from tests.factories import NOW, make_creation_request, make_group_company, make_login, make_person, make_tenure
from tests.groups.facts import fresh
from tests.groups.reading import get, post, words

pytestmark = pytest.mark.django_db
State = CreationRequest.State
LATER = NOW + timedelta(hours=2)


@pytest.fixture
def world():
    return make_group_company()


@pytest.fixture
def colleague(world):
    """A second holder of the president's office."""
    person = make_person(company=world.headquarters, name="代行人")
    make_tenure(office=world.organisation.offices.get(code="president"), person=person, acting=True)
    return make_login(person=person)


def waits(request):
    return Duty.objects.open().of_subject(request).exists()


def test_05_page_opened_while_pending_and_resolved_by_another_is_a_conflict(client, world, colleague):
    request = make_creation_request(world=world, at=State.SUBMITTED)
    assert get(client, colleague, "creation_request", request.pk).context["page"].means.decides
    creation.refuse(request, by=world.president, now=LATER, opinion="暂不需要。")
    response = post(client, colleague, "creation_request_approve", request.pk)
    assert (response.status_code, fresh(request).state, Group.objects.count()) == (409, "refused", 0)
    assert "陈国栋" in words(response)


def test_07_refusal_after_approval_is_a_conflict(client, world, colleague):
    request = make_creation_request(world=world, at=State.APPROVED)
    response = post(client, colleague, "creation_request_refuse", request.pk, opinion="不同意。")
    assert (response.status_code, fresh(request).state, Group.objects.get().state) == (409, "approved", "approved")


def test_09_withdrawn_before_the_clock_runs_out_stays_withdrawn(world):
    seed_calendar(world.organisation, until_year=NOW.year)
    request = make_creation_request(world=world, group_type="marketing_platform", at=State.SUBMITTED)
    creation.withdraw(request, by=world.hr_admin, now=LATER)
    events = history_of(request).count()
    for weeks in range(1, 8):
        sweep(now=LATER + timedelta(weeks=weeks))
    assert (fresh(request).state, history_of(request).count(), waits(request)) == ("withdrawn", events, False)
    assert not Notice.objects.filter(kind="duty-resubmit").exists()


def test_23_first_refusal_of_an_office_ends_the_request_for_its_colleagues(client, world, colleague):
    request = make_creation_request(world=world, at=State.SUBMITTED)
    post(client, world.president, "creation_request_refuse", request.pk, opinion="暂不需要。")
    assert "待 总裁" not in words(get(client, colleague, "creation_request", request.pk))
    assert post(client, colleague, "creation_request_approve", request.pk).status_code == 409
    assert (fresh(request).state, waits(request), Group.objects.count()) == ("refused", False, 0)
    assert list(contradictions()) == []


def test_37_decision_stands_when_its_message_cannot_be_delivered(client, world, monkeypatch):
    type(world.hr_admin.person).objects.filter(pk=world.hr_admin.person.pk).update(email="zhoumin@example.com")
    request = make_creation_request(world=world, at=State.SUBMITTED)

    def fails(*_messages):
        raise smtplib.SMTPServerDisconnected("the mail server is down")

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", fails)
    assert post(client, world.president, "creation_request_approve", request.pk).url == reverse("desk")
    mail = Delivery.objects.get(notice__kind="request-approved")
    deliver(now=mail.next_try_at + timedelta(minutes=1), at_most=10)
    mail.refresh_from_db()
    assert (fresh(request).state, Group.objects.get().state) == ("approved", "approved")
    assert (mail.state, mail.attempts, mail.complaint) == ("queued", 1, "SMTPServerDisconnected")
