"""催办: once a working day, staff directly, executives through the office that reminds them; too late is a sentence."""

from datetime import date, timedelta

import pytest

from governance.audit.models import Event
from governance.commands.proofs import contradictions
from governance.directory.models import Office
from governance.duties.models import Duty, Nudge
from governance.notifications.models import Notice
from groups.actions import creation
from groups.models import CreationRequest
from tests.factories import NOW, make_creation_request, make_group_company, make_holder
from tests.groups.facts import told
from tests.groups.reading import get, post, words

pytestmark = pytest.mark.django_db
State = CreationRequest.State
FRIDAY = NOW + timedelta(days=4)


@pytest.fixture
def world():
    return make_group_company()


@pytest.fixture(autouse=True)
def _monday_morning(time_machine):
    time_machine.move_to(NOW + timedelta(hours=1), tick=False)


@pytest.fixture
def with_president(world):
    return make_creation_request(world=world, at=State.SUBMITTED)


@pytest.fixture
def with_staff(world):
    """Approved: the President's Office has to designate, which is staff."""
    return make_creation_request(world=world, at=State.APPROVED)


def nudge(client, user, request, **data):
    response = post(client, user, "creation_request_nudge", request.pk, **data)
    assert response.status_code == 302
    return words(client.get(response.url))


def nudges_told():
    return [(kind, name) for kind, name in told() if "nudge" in kind or kind == "duty-pass_on"]


def test_staff_is_reminded_directly(client, world, with_staff):
    assert "已催办：许明哲。" in nudge(client, world.hr_admin, with_staff)
    assert nudges_told() == [("nudged", "许明哲")]
    assert Nudge.objects.get().via is None


def test_executive_is_reminded_through_the_presidents_office(client, world, with_president):
    assert "总裁办 已收到您的催办，将代为转达。" in nudge(client, world.hr_admin, with_president)
    duty = Duty.objects.get(verb="pass_on")
    assert (str(duty.office), duty.title, duty.ladder) == ("总裁办", "集团高管工作群", "passing_on")
    assert nudges_told() == [("duty-pass_on", "许明哲")]
    assert list(contradictions()) == []


def test_that_office_itself_reminds_directly(client, world):
    request = make_creation_request(world=world, at=State.SUBMITTED)
    CreationRequest.objects.filter(pk=request.pk).update(submitter=world.presidents_office.person)
    nudge(client, world.presidents_office, request)
    assert nudges_told() == [("nudged", "陈国栋")]


def test_second_click_the_same_day_is_a_sentence(client, world, with_staff):
    nudge(client, world.hr_admin, with_staff)
    page = nudge(client, world.hr_admin, with_staff)
    assert "周敏 已于今天 10:00催办过，明天起可再次催办。" in page
    colleague = make_holder(organisation=world.organisation, code="hr_admin", name="何俊")
    assert "周敏 已于今天 10:00催办过" in nudge(client, colleague, with_staff)
    assert (Nudge.objects.count(), len(nudges_told())) == (1, 1)


def test_next_working_day_it_is_possible_again(client, world, with_staff, time_machine):
    for at, count in ((FRIDAY, 1), (FRIDAY + timedelta(days=1), 2), (FRIDAY + timedelta(days=2), 2), (FRIDAY + timedelta(days=3), 2)):
        time_machine.move_to(at, tick=False)
        nudge(client, world.hr_admin, with_staff)
        assert Nudge.objects.count() == count, at  # a weekend counts for the Monday after it
    box = get(client, world.hr_admin, "creation_request", with_staff.pk).context["page"].nudge
    assert (box.last.nudged_at, box.again_on) == (FRIDAY + timedelta(days=1), date(2026, 3, 10))


def test_page_shows_the_last_nudge_and_when_the_next_is_possible(client, world, with_president):
    response = get(client, world.hr_admin, "creation_request", with_president.pk)
    assert "高管由 总裁办 代为催办" in words(response)
    nudge(client, world.hr_admin, with_president)
    page = words(get(client, world.hr_admin, "creation_request", with_president.pk))
    assert "上次催办：今天 10:00，周敏。 尚未转达。 明天起可再次催办。" in page
    assert "周敏 催办" in page


def test_click_after_the_decision_is_a_sentence(client, world, with_president):
    duty = Duty.objects.open().of_subject(with_president).get()
    creation.refuse(with_president, by=world.president, now=NOW, opinion="暂不需要。")
    assert "已往下办理，该环节无须催办。" in nudge(client, world.hr_admin, with_president, duty=duty.pk)
    other = make_creation_request(world=world, at=State.SUBMITTED, name_suffix="（二）")
    duty = Duty.objects.open().of_subject(other).get()
    creation.approve(other, by=world.president, now=NOW)
    assert "已往下办理，该环节无须催办。" in nudge(client, world.hr_admin, other, duty=duty.pk)
    assert Nudge.objects.count() == 0


def test_decision_ends_the_nudge_on_its_way(client, world, with_president):
    nudge(client, world.hr_admin, with_president)
    made = Nudge.objects.get()
    creation.approve(with_president, by=world.president, now=NOW + timedelta(hours=2))
    assert not Duty.objects.open().filter(verb="pass_on").exists()
    assert list(contradictions()) == []
    assert "事项已办结，无须转达。" in words(get(client, world.presidents_office, "nudge", made.pk))
    assert post(client, world.presidents_office, "nudge_passed_on", made.pk).status_code == 409


def test_passing_on_is_marked_and_told_once(client, world, with_president):
    nudge(client, world.hr_admin, with_president)
    made = Nudge.objects.get()
    assert post(client, world.presidents_office, "nudge_passed_on", made.pk).status_code == 302
    assert post(client, world.presidents_office, "nudge_passed_on", made.pk).status_code == 409
    assert [name for kind, name in nudges_told() if kind == "nudge-passed-on"] == ["周敏"]
    assert Event.objects.filter(verb="pass_nudge_on").count() == 1
    assert "许明哲 已于今天 10:00转达。" in words(get(client, world.hr_admin, "creation_request", with_president.pk))


def test_only_submitter_and_hr_remind(client, world, with_staff):
    assert post(client, world.president, "creation_request_nudge", with_staff.pk).status_code == 403
    assert post(client, world.project_gm_office, "creation_request_nudge", with_staff.pk).status_code == 404
    assert get(client, world.president, "creation_request", with_staff.pk).context["page"].nudge is None


def test_who_has_it_does_not_remind_himself(client, world):
    request = make_creation_request(world=world, at=State.SENT_BACK)
    assert get(client, world.hr_admin, "creation_request", request.pk).context["page"].nudge is None


def test_notice_is_worded_with_who_and_what(client, world, with_staff):
    nudge(client, world.hr_admin, with_staff)
    client.force_login(world.presidents_office)
    assert "周敏 催办：“集团高管工作群”。" in words(client.get("/inbox/"))
    assert Notice.objects.get(kind="nudged").path == Duty.objects.get(verb="designate").path


def test_office_that_nobody_holds_is_not_reminded(client, world, with_president):
    Office.objects.get(code="president").tenures.all().delete()
    assert "目前无人可催办。" in nudge(client, world.hr_admin, with_president)
