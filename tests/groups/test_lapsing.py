"""What nobody decides goes back to its submitter after fifteen working days; what the president decides never does.

Submitted on Monday 2 March 2026: the fifteenth working day after it is Monday the 23rd, over at 18:00.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from governance.audit.queries import history_of
from governance.audit.verbs import worded
from governance.calendar.actions import seed_calendar
from governance.commands.proofs import contradictions
from governance.duties.actions import sweep
from governance.duties.models import Duty, Reminder
from governance.notifications.models import Notice
from governance.workflow import WrongState
from groups.actions import creation, lapsing
from groups.models import ApprovalStep, CreationRequest, Group
from tests.factories import decider_of, make_creation_request, make_group_company, make_login, make_person, make_tenure

pytestmark = pytest.mark.django_db
State = CreationRequest.State
SHANGHAI = ZoneInfo("Asia/Shanghai")


def march(day, hour=9, minute=5):
    return datetime(2026, 3, day, hour, minute, tzinfo=SHANGHAI)


OVER = march(23, 18, 0)
NEXT_MORNING = march(24)


@pytest.fixture
def world():
    return make_group_company()


@pytest.fixture
def platform(world):
    """A marketing platform, which the marketing vice president decides."""
    return make_creation_request(world=world, group_type="marketing_platform", at=State.SUBMITTED, now=march(2))


def fresh(subject):
    return type(subject).objects.get(pk=subject.pk)


def test_time_is_over_after_fifteen_working_days(platform):
    duty = Duty.objects.open().of_subject(platform).get()
    assert (duty.lapse_days, duty.lapses_at) == (15, OVER)


def test_what_the_president_decides_never_lapses(world):
    request = make_creation_request(world=world, at=State.SUBMITTED, now=march(2))
    assert Duty.objects.open().of_subject(request).get().lapses_at is None
    for weeks in range(1, 12):
        sweep(now=march(2) + timedelta(weeks=weeks))
    assert fresh(request).state == State.SUBMITTED


@pytest.mark.parametrize(
    ("now", "state"),
    [
        (march(23, 17, 59), State.SUBMITTED),
        (OVER, State.SUBMITTED),  # outside working time: the sweep waits for the morning
        (march(23, 23, 59), State.SUBMITTED),
        (march(24, 8, 59), State.SUBMITTED),
        (march(24, 9, 0), State.LAPSED),
    ],
)
def test_sweep_lets_it_lapse_on_the_next_morning(platform, now, state):
    sweep(now=now)
    assert fresh(platform).state == state


def test_lapsed_request_is_with_its_submitter_again(world, platform):
    step = platform.steps.get()
    sweep(now=NEXT_MORNING)
    event = history_of(platform).exclude(became="").first()
    assert (event.verb, event.actor, event.at, event.article) == ("lapse", None, NEXT_MORNING, "4.5")
    assert event.facts == {"job": "sweep", "days": 15}
    assert worded(event) == "15 个工作日无人审批，申请超时终止"
    step.refresh_from_db()
    assert (step.outcome, step.decided_by, step.decided_at) == (ApprovalStep.State.LAPSED, None, NEXT_MORNING)
    duty = Duty.objects.open().get(subject_id=platform.pk, verb="resubmit")
    assert (duty.person, duty.due_at, duty.facts["days"]) == (world.hr_admin.person, None, 15)
    closed = Duty.objects.get(subject_id=platform.pk, verb="approve")
    assert (closed.outcome, closed.closed_by, closed.closed_at) == ("lapse", None, NEXT_MORNING)
    assert Notice.objects.get(kind="duty-resubmit").person == world.hr_admin.person
    assert list(contradictions()) == []


def test_nobody_is_reminded_of_what_has_lapsed(platform):
    sweep(now=NEXT_MORNING)
    said = set(Notice.objects.filter(created_at=NEXT_MORNING).values_list("kind", flat=True))
    assert said - {"digest"} == {"duty-resubmit"}  # the digest is about open questions
    assert not Reminder.objects.filter(duty__verb="approve", notice__created_at=NEXT_MORNING).exists()
    sweep(now=march(25))
    assert not Notice.objects.filter(created_at=march(25)).exclude(kind="digest").exists()


def test_sweeping_again_changes_nothing(platform):
    sweep(now=NEXT_MORNING)
    before = Notice.objects.count(), history_of(platform).count(), Duty.objects.count()
    sweep(now=march(24, 10))
    sweep(now=march(25))
    assert (Notice.objects.count(), history_of(platform).count(), Duty.objects.count()) == before


def test_job_late_by_a_week_has_the_same_outcome(platform):
    sweep(now=march(31))
    assert fresh(platform).state == State.LAPSED
    assert history_of(platform).filter(verb="lapse").count() == 1


def test_decision_on_the_last_minute_stands(world, platform):
    creation.approve(platform, by=world.marketing_vp, now=march(23, 17, 59))
    sweep(now=NEXT_MORNING)
    assert fresh(platform).state == State.APPROVED
    with pytest.raises(WrongState):
        lapsing.lapse(fresh(platform), now=NEXT_MORNING)


def test_decision_after_the_deadline_but_before_the_sweep_stands(world, platform):
    creation.approve(platform, by=world.marketing_vp, now=march(23, 21))
    sweep(now=NEXT_MORNING)
    assert fresh(platform).state == State.APPROVED


def test_decision_after_the_sweep_comes_too_late(world, platform):
    stale = fresh(platform)
    sweep(now=NEXT_MORNING)
    with pytest.raises(WrongState):
        creation.approve(stale, by=world.marketing_vp, now=NEXT_MORNING)
    assert (fresh(platform).state, Group.objects.count()) == (State.LAPSED, 0)


@pytest.mark.parametrize("ended", ["withdraw", "send_back", "refuse"])
def test_what_has_ended_otherwise_does_not_lapse(world, platform, ended):
    if ended == "withdraw":
        creation.withdraw(platform, by=world.hr_admin, now=march(10))
    else:
        getattr(creation, ended)(platform, by=world.marketing_vp, now=march(10), opinion="请补充名单。")
    before = fresh(platform).state
    sweep(now=NEXT_MORNING)
    assert fresh(platform).state == before


@pytest.mark.parametrize("state", [State.DRAFT, State.SENT_BACK, State.APPROVED, State.REFUSED, State.WITHDRAWN])
def test_only_what_waits_for_a_decision_lapses(world, state):
    request = make_creation_request(world=world, group_type="marketing_platform", at=state, now=march(2))
    with pytest.raises(WrongState):
        lapsing.lapse(request, now=NEXT_MORNING)
    assert fresh(request).state == state


def test_nothing_lapses_before_its_time(platform):
    with pytest.raises(WrongState):
        lapsing.lapse(platform, now=march(23, 17, 59))
    assert fresh(platform).state == State.SUBMITTED


def test_resubmitting_starts_a_new_round_with_a_new_clock(world, platform):
    sweep(now=NEXT_MORNING)
    creation.submit(fresh(platform), by=world.hr_admin, now=march(24, 10))
    again = fresh(platform)
    assert (again.state, again.round, again.number) == (State.SUBMITTED, 2, platform.number)
    duty = Duty.objects.open().get(subject_id=platform.pk, verb="approve")
    assert duty.lapses_at == datetime(2026, 4, 14, 18, 0, tzinfo=SHANGHAI)
    sweep(now=march(25))
    assert fresh(platform).state == State.SUBMITTED
    assert list(contradictions()) == []


def test_holidays_do_not_count(world):
    """Over 1–7 October 2026 and the worked Saturday: the fifteenth day after 21 September is 19 October."""
    seed_calendar(world.organisation, until_year=2026)
    opened = datetime(2026, 9, 21, 10, tzinfo=SHANGHAI)
    request = make_creation_request(world=world, group_type="marketing_platform", at=State.SUBMITTED, now=opened)
    lapses_at = Duty.objects.open().of_subject(request).get().lapses_at
    assert lapses_at == datetime(2026, 10, 19, 18, 0, tzinfo=SHANGHAI)


def test_submitter_who_has_left_is_succeeded_by_his_office(world, platform):
    type(world.hr_admin.person).objects.filter(pk=world.hr_admin.person.pk).update(left_on=date(2026, 3, 20))
    sweep(now=NEXT_MORNING)
    duty = Duty.objects.open().of_subject(platform).get()
    assert (duty.person, duty.office.code) == (None, "hr_admin")


def test_one_that_cannot_lapse_stops_no_other(world, platform, monkeypatch, caplog):
    other = make_creation_request(world=world, group_type="marketing_platform", at=State.SUBMITTED, now=march(2))
    real = lapsing.lapse
    monkeypatch.setattr(lapsing, "lapse", lambda one, *, now: 1 / 0 if one.pk == platform.pk else real(one, now=now))
    sweep(now=NEXT_MORNING)
    assert (fresh(platform).state, fresh(other).state) == (State.SUBMITTED, State.LAPSED)
    assert "cannot lapse" in caplog.text


# --- through the pages --------------------------------------------------------------------------------------------------
@pytest.fixture
def lapsed(platform):
    sweep(now=NEXT_MORNING)
    return fresh(platform)


def test_page_of_a_lapsed_request_says_so_and_offers_one_tap(client, world, lapsed):
    client.force_login(world.hr_admin)
    html = client.get(lapsed.get_absolute_url()).content.decode()
    assert "超时未审批，申请已退回申请人；可原样一键重新提交。" in html
    assert f'action="{reverse("creation_request_submit", args=[lapsed.pk])}"' in html


def test_one_tap_resubmits(client, world, lapsed):
    client.force_login(world.hr_admin)
    response = client.post(reverse("creation_request_submit", args=[lapsed.pk]))
    assert (response.status_code, fresh(lapsed).state) == (302, State.SUBMITTED)
    assert client.post(reverse("creation_request_submit", args=[lapsed.pk])).status_code == 409


def test_approver_and_others_are_offered_nothing(client, world, lapsed):
    client.force_login(world.marketing_vp)
    html = client.get(lapsed.get_absolute_url()).content.decode()
    assert reverse("creation_request_submit", args=[lapsed.pk]) not in html
    assert client.post(reverse("creation_request_approve", args=[lapsed.pk])).status_code == 409
    assert client.post(reverse("creation_request_submit", args=[lapsed.pk])).status_code == 403


def test_lapsed_request_can_be_changed_and_withdrawn(client, world, lapsed):
    client.force_login(world.hr_admin)
    assert client.get(reverse("creation_request_edit", args=[lapsed.pk])).status_code == 200
    assert client.post(reverse("creation_request_withdraw", args=[lapsed.pk])).status_code == 302
    assert fresh(lapsed).state == State.WITHDRAWN
    assert list(contradictions()) == []


def test_desk_of_the_submitter_asks_to_resubmit(client, world, lapsed):
    client.force_login(world.hr_admin)
    html = client.get("/").content.decode()
    assert "超时退回" in html
    assert "15 个工作日无人审批。" in html


def test_second_holder_of_the_deciding_office_sees_no_open_duty(client, world, lapsed):
    second = make_login(person=make_person(company=world.headquarters, name="何副总"))
    make_tenure(office=lapsed.steps.get().office, person=second.person)
    with pytest.raises(WrongState):
        decider_of(lapsed)
    assert not Duty.objects.waiting_for(second, on=date(2026, 3, 24)).exists()
