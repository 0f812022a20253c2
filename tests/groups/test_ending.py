"""A group that never comes into being: its approval is revoked, or nobody established it in time.

Accepted on Monday 2 March 2026: the twenty-fifth working day after it is Tuesday 7 April (the 6th is Qingming), over
at 18:00.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import yaml
from django.core.exceptions import ValidationError

from governance.audit.queries import history_of
from governance.calendar.actions import seed_calendar
from governance.commands.proofs import contradictions
from governance.duties.actions import sweep
from governance.duties.models import Duty
from governance.notifications.models import Notice
from governance.workflow import NotAllowed, WrongState
from groups.actions import creation, designation, ending, establishment
from groups.models import CreationRequest, Designation, Group
from tests.factories import (
    NOW,
    load_group_company,
    make_checklist,
    make_creation_request,
    make_designation,
    make_group,
    make_group_company,
    make_user,
)
from tests.groups.facts import LATER, fresh, open_duties, told, written
from tests.groups.regulation_texts import changed

pytestmark = pytest.mark.django_db
State = Group.State
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def world():
    return make_group_company()


@pytest.fixture
def group(world):
    return make_group(world=world)


def revoke(group, by, reason="暂不需要。"):
    ending.revoke(group, by=by, now=LATER, reason=reason)


def last_event(subject):
    return history_of(subject).first()


# --- revoking ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("who", ["president", "presidents_office"])
def test_approving_office_and_the_office_the_regulation_names_revoke(world, group, who):
    revoke(group, getattr(world, who))
    found = fresh(group)
    assert (found.state, found.ended_at, found.end_reason) == (State.REVOKED, LATER, "暂不需要。")
    event = last_event(group)
    assert (event.verb, event.was, event.became, event.note) == ("revoke", "approved", "revoked", "暂不需要。")
    assert event.office == {"president": "总裁", "presidents_office": "总裁办"}[who]
    assert list(contradictions()) == []


def test_only_the_approving_office_revokes_where_the_regulation_names_no_other(world):
    data = yaml.safe_load(changed(version="2.0"))
    del data["every_type"]["revokers"]
    load_group_company(organisation=world.organisation, source=yaml.safe_dump(data, allow_unicode=True, sort_keys=False))
    group = make_group(world=world)
    with pytest.raises(NotAllowed):
        revoke(group, world.presidents_office)
    revoke(group, world.president)
    assert fresh(group).state == State.REVOKED


@pytest.mark.parametrize("who", ["hr_admin", "marketing_vp", "project_gm_office"])
def test_others_do_not_revoke(world, group, who):
    before = written()
    with pytest.raises(NotAllowed):
        revoke(group, getattr(world, who))
    assert (fresh(group).state, written()) == (State.APPROVED, before)


def test_nobody_revokes_the_approval_of_his_own_submission(world):
    request = make_creation_request(world=world, group_type="marketing_platform", at="approved")
    CreationRequest.objects.filter(pk=request.pk).update(submitter=world.presidents_office.person)
    with pytest.raises(NotAllowed, match="本人"):
        revoke(fresh(request).group, world.presidents_office)


def test_revoking_asks_for_a_reason(world, group):
    before = written()
    with pytest.raises(ValidationError):
        revoke(group, world.president, reason="  ")
    assert (fresh(group).state, written()) == (State.APPROVED, before)


@pytest.mark.parametrize("step", ["designate", "accept", "establish"])
def test_what_waited_waits_no_more_and_everybody_concerned_is_told(world, step):
    group = make_group(world=world)
    named = make_user(company=world.headquarters, name="钱立群")
    if step == "accept":
        make_designation(group=group, person=named.person)
    if step == "establish":
        make_designation(group=group, person=named.person, at=Designation.State.ACCEPTED)
    Notice.objects.all().delete()
    group = fresh(group)
    revoke(group, world.president)
    assert list(open_duties()) == []
    expected = {"周敏", "许明哲"} | ({"钱立群"} if step != "designate" else set())
    assert {name for kind, name in told() if kind == "group-revoked"} == expected
    if step == "accept":
        assert fresh(group.designations.get()).state == Designation.State.DROPPED
    assert not Duty.objects.done_by(world.president).exclude(verb__in=["approve", "instruct"]).exists()
    assert list(contradictions()) == []


def test_designating_and_answering_come_too_late(world):
    named = make_user(company=world.headquarters, name="钱立群")
    group = make_group(world=world)
    made = make_designation(group=group, person=named.person)
    revoke(fresh(group), world.president)
    for act in (
        lambda: designation.designate(group, named.person, by=world.presidents_office, now=LATER, reason="熟悉。"),
        lambda: designation.accept(made, by=named, now=LATER),
        lambda: designation.decline(made, by=named, now=LATER, reply="出差。"),
    ):
        before = written()
        with pytest.raises(WrongState):
            act()
        assert written() == before


def test_second_click_hears_that_it_is_revoked(world, group):
    revoke(group, world.president)
    with pytest.raises(WrongState) as late:
        revoke(fresh(group), world.presidents_office)
    assert late.value.event.verb == "revoke"


def test_established_group_is_refused_with_what_to_do_instead(world):
    group = make_group(world=world, at=State.ESTABLISHED)
    before = written()
    with pytest.raises(NotAllowed, match="解散"):
        revoke(fresh(group), world.president)
    assert (fresh(group).state, written()) == (State.ESTABLISHED, before)


def test_establishing_what_is_revoked_comes_too_late(world):
    admin = make_user(company=world.headquarters)
    group = make_group(world=world, admin=admin)
    revoke(fresh(group), world.president)
    with pytest.raises(WrongState):
        establishment.establish(group, make_checklist(group), by=admin, now=LATER)


def test_name_is_free_again_and_a_new_request_may_be_submitted(world, group):
    with pytest.raises(ValidationError):
        make_creation_request(world=world, at="submitted")
    revoke(group, world.president)
    again = make_creation_request(world=world, at="approved")
    assert (again.group.name, again.group.state) == (group.name, State.APPROVED)


# --- never established ------------------------------------------------------------------------------------------------
def shanghai(month, day, hour=9, minute=5):
    return datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)


@pytest.fixture
def waiting(world):
    """An accepted admin who does nothing."""
    seed_calendar(world.organisation, until_year=2026)
    admin = make_user(company=world.headquarters, name="钱立群")
    return fresh(make_group(world=world, admin=admin, now=shanghai(3, 2)))


def test_establishment_is_over_after_the_days_of_the_regulation(waiting):
    duty = Duty.objects.open().of_subject(waiting).get()
    assert (duty.verb, duty.days, duty.lapse_days, duty.lapses_at) == ("establish", 5, 25, shanghai(4, 7, 18, 0))


@pytest.mark.parametrize(
    ("now", "state"),
    [
        (shanghai(4, 7, 17, 59), State.APPROVED),
        (shanghai(4, 7, 23, 0), State.APPROVED),
        (shanghai(4, 8, 9, 0), State.ABANDONED),
    ],
)
def test_sweep_records_it_as_never_established(waiting, now, state):
    sweep(now=now)
    assert fresh(waiting).state == state


def test_swept_group_is_told_once_and_frees_its_name(world, waiting):
    Notice.objects.all().delete()
    for hour in (9, 10, 15):
        sweep(now=shanghai(4, 8, hour, 0))
    found = fresh(waiting)
    assert (found.state, found.ended_at, found.end_reason) == (State.ABANDONED, shanghai(4, 8, 9, 0), "")
    event = last_event(waiting)
    assert (event.actor, event.verb, event.facts["days"], event.facts["job"]) == (None, "abandon", 25, "sweep")
    assert sorted(name for kind, name in told() if kind == "group-abandoned") == ["周敏", "许明哲", "钱立群", "陈国栋"]
    assert list(contradictions()) == []
    assert make_creation_request(world=world, at="submitted", now=shanghai(4, 8, 11, 0)).state == "submitted"


def test_established_in_time_is_left_alone(world, waiting):
    establishment.establish(waiting, make_checklist(waiting), by=waiting.admin.user, now=shanghai(3, 9))
    sweep(now=shanghai(6, 1))
    assert fresh(waiting).state == State.ESTABLISHED


def test_hr_states_it_once_a_step_is_overdue(world, waiting):
    Duty.objects.open().of_subject(waiting).update(due_at=NOW - timedelta(days=1))
    ending.abandon(waiting, by=world.hr_admin, now=LATER, reason="项目取消。")
    found = fresh(waiting)
    assert (found.state, found.end_reason, last_event(waiting).office) == (State.ABANDONED, "项目取消。", "行政人事部")


def test_hr_does_not_state_it_while_there_is_time(world, waiting):
    Duty.objects.open().of_subject(waiting).update(due_at=datetime(2099, 1, 1, tzinfo=SHANGHAI))
    with pytest.raises(NotAllowed):
        ending.abandon(waiting, by=world.hr_admin, now=LATER, reason="项目取消。")


@pytest.mark.parametrize("who", ["president", "presidents_office", "marketing_vp"])
def test_only_hr_states_it(world, waiting, who):
    with pytest.raises(NotAllowed):
        ending.abandon(waiting, by=getattr(world, who), now=LATER, reason="项目取消。")


# --- what is approved is not decided once more ------------------------------------------------------------------------
def test_scenario_7_refusal_after_approval_is_a_conflict(world):
    request = make_creation_request(world=world, at="approved")
    with pytest.raises(WrongState):
        creation.refuse(request, by=world.president, now=LATER, opinion="不需要。")
    assert fresh(request).group.state == State.APPROVED
