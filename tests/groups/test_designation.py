"""Designating the admin: whom, by whom, with which reason; accepting and declining."""

from datetime import date, timedelta
from itertools import product

import pytest
from django.core.exceptions import ValidationError

from governance.audit.models import Event
from governance.audit.queries import history_of
from governance.directory.actions import people
from governance.duties.models import Duty
from governance.notifications.models import Notice
from governance.workflow import NotAllowed, WrongState, move
from groups.actions import designation as actions
from groups.models import Designation
from tests.factories import (
    NOW,
    make_designation,
    make_group,
    make_group_company,
    make_person,
    make_user,
)

pytestmark = pytest.mark.django_db
State = Designation.State
LATER = NOW + timedelta(days=1)
POSSIBLE = {("proposed", "accepted"), ("proposed", "declined"), ("proposed", "dropped")} | {
    ("proposed", "replaced"),
    ("accepted", "replaced"),
}


@pytest.fixture
def world():
    return make_group_company()


def fresh(subject):
    return type(subject).objects.get(pk=subject.pk)


def written():
    """Everything that a refused step must leave as it is."""
    return (Event.objects.count(), Duty.objects.open().count(), Notice.objects.count(), Designation.objects.count())


def duty_of(subject):
    return Duty.objects.open().of_subject(subject).get()


@pytest.mark.parametrize(("state", "target"), list(product(State.values, State.values)))
def test_every_pair_of_states(state, target):
    found = make_designation(at=state)
    before = written()
    if (state, target) in POSSIBLE:
        move(found, target, by=None, at=LATER)
        assert fresh(found).state == target
    else:
        with pytest.raises(WrongState):
            move(found, target, by=None, at=LATER)
        assert (fresh(found).state, written()) == (state, before)


# --- designating ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("group_type", "office", "article"),
    [
        ("executive_group", "presidents_office", "5.1"),
        ("planning_group", "presidents_office", "5.1"),
        ("headquarters_group", "hr_admin", "5.2"),
        ("project_company_group", "hr_admin", "5.2"),
        ("marketing_platform", "marketing_vp", "5.3"),
    ],
)
def test_designating_office_of_each_type(world, group_type, office, article):
    group = make_group(world=world, group_type=group_type)
    duty = duty_of(group)
    assert (duty.verb, duty.office.code, duty.article) == ("designate", office, article)
    assert duty.path == f"/groups/{group.pk}/designate/"


def test_designating_asks_the_person_and_tells_him(world):
    group = make_group(world=world)
    person = make_user(company=world.headquarters, name="钱立群").person

    made = actions.designate(group, person, by=world.presidents_office, now=LATER)

    duty = duty_of(made)
    assert (made.state, made.office.code, made.designated_by) == ("proposed", "presidents_office", world.presidents_office)
    assert (duty.verb, duty.person, duty.article) == ("accept", person, "5")
    assert duty.due_at.isoformat() == "2026-03-05T10:00:00+00:00"  # 18:00 of the second working day
    assert not Duty.objects.open().of_subject(group).exists()
    assert Notice.objects.filter(person=person, kind="duty-accept").count() == 1
    event = history_of(group).filter(verb="designate").get()
    assert (event.office, event.article, event.facts) == ("总裁办", "5.1", {"person": person.pk})


@pytest.mark.parametrize("who", ["hr_admin", "president", "marketing_vp", "project_gm_office"])
def test_designating_by_another_office_is_refused(world, who):
    group = make_group(world=world)
    before = written()
    with pytest.raises(NotAllowed):
        actions.designate(group, world.hr_admin.person, by=getattr(world, who), now=LATER)
    assert written() == before


def test_second_designation_is_late(world):
    group = make_group(world=world)
    actions.designate(group, world.hr_admin.person, by=world.presidents_office, now=LATER)
    before = written()
    with pytest.raises(WrongState) as late:
        actions.designate(fresh(group), world.president.person, by=world.presidents_office, now=LATER)
    assert (late.value.event.verb, late.value.event.actor) == ("designate", world.presidents_office)
    assert written() == before


def test_late_designation_is_told_so_and_not_asked_for_a_reason(world):
    found = make_designation(world=world, group_type="marketing_platform")
    with pytest.raises(WrongState):
        actions.designate(fresh(found.group), world.hr_admin.person, by=world.marketing_vp, now=LATER)


def test_designating_for_a_group_that_has_its_admin_is_late(world):
    accepted = make_designation(world=world, at=State.ACCEPTED)
    with pytest.raises(WrongState):
        actions.designate(fresh(accepted.group), world.hr_admin.person, by=world.presidents_office, now=LATER)


def test_holder_of_the_default_post_needs_no_reason(world):
    group = make_group(world=world, group_type="marketing_platform")
    made = actions.designate(group, world.marketing_manager.person, by=world.marketing_vp, now=LATER)
    assert (made.is_default, made.reason) == (True, "")


@pytest.mark.parametrize("reason", ["", "  "])
def test_another_than_the_default_post_needs_a_reason(world, reason):
    group = make_group(world=world, group_type="marketing_platform")
    before = written()
    with pytest.raises(ValidationError) as refused:
        actions.designate(group, world.hr_admin.person, by=world.marketing_vp, now=LATER, reason=reason)
    assert list(refused.value.message_dict) == ["reason"]
    assert written() == before

    made = actions.designate(group, world.hr_admin.person, by=world.marketing_vp, now=LATER, reason="营销经理休假。")
    assert (made.is_default, made.reason) == (False, "营销经理休假。")


def test_type_without_a_default_post_needs_no_reason(world):
    group = make_group(world=world)
    assert actions.designate(group, world.hr_admin.person, by=world.presidents_office, now=LATER).reason == ""


def test_leaver_cannot_be_designated(world):
    group = make_group(world=world)
    gone = make_person(company=world.headquarters, name="冯离职")
    people.leave(gone, on=date(2026, 3, 1), by=None, now=NOW)
    before = written()
    with pytest.raises(ValidationError) as refused:
        actions.designate(group, fresh(gone), by=world.presidents_office, now=LATER)
    assert refused.value.message_dict == {"person": ["冯离职 已不在职。"]}
    assert written() == before


def test_person_of_another_organisation_cannot_be_designated(world):
    group = make_group(world=world)
    stranger = make_person(name="外单位")
    with pytest.raises(ValidationError):
        actions.designate(group, stranger, by=world.presidents_office, now=LATER)
    assert not Designation.objects.exists()


def test_submitter_may_designate(world):
    """Submitting and designating may fall to the same office (DESIGN.md, Approval)."""
    group = make_group(world=world, group_type="headquarters_group")
    made = actions.designate(group, world.hr_admin.person, by=world.hr_admin, now=LATER)
    assert made.state == "proposed"


# --- the answer -------------------------------------------------------------------------------------------------------
def test_accepting_makes_the_admin_who_establishes_next(world):
    found = make_designation(world=world)
    actions.accept(found, by=found.person.user, now=LATER)
    group = fresh(found.group)
    duty = duty_of(group)
    assert (fresh(found).state, fresh(found).answered_at, group.admin) == ("accepted", LATER, found.person)
    assert (duty.verb, duty.person, duty.article, duty.path) == ("establish", found.person, "6", f"/groups/{group.pk}/establish/")
    assert duty.due_at.isoformat() == "2026-03-10T10:00:00+00:00"  # 18:00 of the fifth working day


def test_declining_gives_it_back_to_the_office_which_chooses_again(world):
    found = make_designation(world=world)
    actions.decline(found, by=found.person.user, now=LATER, reply="岗位已变动。")
    group = fresh(found.group)
    duty = duty_of(group)
    assert (fresh(found).state, fresh(found).reply, group.admin) == ("declined", "岗位已变动。", None)
    assert (duty.verb, duty.office.code) == ("designate", "presidents_office")
    assert (duty.facts["declined_by"], duty.facts["reply"]) == ("钱立群", "岗位已变动。")

    second = actions.designate(group, world.hr_admin.person, by=world.presidents_office, now=LATER)
    actions.accept(second, by=world.hr_admin, now=LATER)
    assert fresh(group).admin == world.hr_admin.person
    assert sorted(group.designations.values_list("state", flat=True)) == ["accepted", "declined"]


def test_declining_needs_a_reason(world):
    found = make_designation(world=world)
    before = written()
    with pytest.raises(ValidationError) as refused:
        actions.decline(found, by=found.person.user, now=LATER, reply="  ")
    assert (list(refused.value.message_dict), fresh(found).state, written()) == (["reply"], "proposed", before)


@pytest.mark.parametrize("step", ["accept", "decline"])
@pytest.mark.parametrize("who", ["presidents_office", "hr_admin", "president"])
def test_answering_for_another_is_refused(world, who, step):
    found = make_designation(world=world)
    before = written()
    said = {"reply": "不便。"} if step == "decline" else {}
    with pytest.raises(NotAllowed):
        getattr(actions, step)(found, by=getattr(world, who), now=LATER, **said)
    assert (fresh(found).state, written()) == ("proposed", before)


@pytest.mark.parametrize("at", [State.ACCEPTED, State.DECLINED])
def test_second_answer_is_late(world, at):
    found = make_designation(world=world, at=at)
    before = written()
    with pytest.raises(WrongState):
        actions.accept(fresh(found), by=found.person.user, now=LATER)
    with pytest.raises(WrongState):
        actions.decline(fresh(found), by=found.person.user, now=LATER, reply="不便。")
    assert (fresh(found).state, written()) == (at, before)
