"""What is open on existing groups: with whom it waits, in one duty; approved afterwards, designated, settled by HR."""

from datetime import date, timedelta
from itertools import product

import pytest
from django.core.exceptions import ValidationError

from governance.audit.models import Event
from governance.commands.proofs import contradictions
from governance.directory.actions import people
from governance.duties.models import Duty
from governance.notifications.models import Notice
from governance.regulations.actions.answering import answer
from governance.regulations.models import OpenQuestion
from governance.workflow import NotAllowed, WrongState, move
from groups.actions import designation, settling, supplementary
from groups.models import Designation, ExistingGroup, Group, GroupType
from groups.tasks import renew_open_points
from tests.factories import NOW, make_group_company, make_person, make_tenure, make_user
from tests.groups.taking_over import take_over

pytestmark = pytest.mark.django_db
State = ExistingGroup.State
LATER = NOW + timedelta(days=1)
POSSIBLE = {
    ("listed", "registered"),
    ("listed", "left_out"),
    ("registered", "approved"),
    ("registered", "refused"),
    ("registered", "exempted"),
    ("refused", "registered"),
    ("refused", "dissolved"),
}


@pytest.fixture
def world():
    return make_group_company()


def of_type(world, code):
    return GroupType.objects.get(organisation=world.organisation, code=code)


def duties(world):
    """What waits about existing groups: verb, office or person, and the counts."""
    found = Duty.objects.open().filter(organisation=world.organisation, verb__startswith="existing-")
    return {(duty.verb, duty.office.code if duty.office else duty.person.name): duty.facts for duty in found}


def written():
    """Everything that a refused step must leave as it is."""
    states = dict(ExistingGroup.objects.values_list("pk", "state"))
    return Event.objects.count(), Duty.objects.open().count(), Notice.objects.count(), states


def fresh(one):
    return type(one).objects.get(pk=one.pk)


@pytest.mark.parametrize(("state", "target"), list(product(State.values, State.values)))
def test_every_pair_of_states(world, state, target):
    in_register = state not in (State.LISTED, State.LEFT_OUT)
    (one,) = take_over(world, kind="项目营销微信平台" if in_register else "")
    ExistingGroup.objects.filter(pk=one.pk).update(state=state)
    one.refresh_from_db()
    if (state, target) in POSSIBLE:
        changes = {"group": None} if target == State.LEFT_OUT else {}
        if state == State.LISTED and target == State.REGISTERED:
            (other,) = take_over(world, name="另一个群")
            changes = {"group": other.group, "group_type": other.group_type}
            ExistingGroup.objects.filter(pk=other.pk).delete()
        move(one, target, by=None, at=LATER, changes=changes)
        assert fresh(one).state == target
    else:
        before = written()
        with pytest.raises(WrongState):
            move(one, target, by=None, at=LATER)
        assert written() == before


# --- one duty, however many groups ------------------------------------------------------------------------------------
def test_a_hundred_groups_are_one_duty_and_one_message_for_each_office(world):
    take_over(world, *(f"第{n}群" for n in range(100)))
    assert duties(world) == {
        ("existing-approve", "marketing_vp"): {"count": 100},
        ("existing-designate", "marketing_vp"): {"count": 100},
    }
    told = Notice.objects.filter(person=world.marketing_vp.person).values_list("kind", flat=True)
    assert sorted(told) == ["duty-existing-approve", "duty-existing-designate"]
    assert list(contradictions()) == []


def test_each_open_point_waits_with_whoever_settles_it(world):
    admin = make_person(company=world.project, name="钱立群")
    take_over(world, "甲群", kind="集团工作群", company="集团本部", admin=admin.name)
    take_over(world, "乙群", kind="")
    take_over(world, "甲群")  # in another company
    take_over(world, "丙群", admin=admin.name, owner="不存在")
    assert duties(world) == {
        ("existing-settle", "hr_admin"): {"type": 1, "name": 1, "owner": 1, "refused": 0},
        ("existing-approve", "president"): {"count": 1},
        ("existing-approve", "marketing_vp"): {"count": 1},
    }
    assert list(contradictions()) == []


def test_the_duty_is_counted_down_and_closes_with_the_last_group(world):
    first, second = take_over(world, "甲群", "乙群", admin=world.hr_admin.person.name)
    supplementary.approve([first], by=world.marketing_vp, now=LATER)
    assert duties(world) == {("existing-approve", "marketing_vp"): {"count": 1}}
    supplementary.approve([second], by=world.marketing_vp, now=LATER)
    assert duties(world) == {}
    closed = Duty.objects.get(verb="existing-approve")
    assert (closed.closed_by, closed.outcome) == (world.marketing_vp, "approve")
    assert list(contradictions()) == []


def test_a_contradiction_is_seen(world):
    take_over(world)
    Duty.objects.open().filter(verb="existing-approve").delete()
    assert any("existing-approve" in sentence for sentence in contradictions())


# --- supplementary approval -------------------------------------------------------------------------------------------
def test_approving_many_is_one_decision_and_one_event_each(world):
    groups = take_over(world, "甲群", "乙群", "丙群")
    assert supplementary.approve(groups[:2], by=world.marketing_vp, now=LATER, opinion="同意。") == 2
    assert [fresh(one).state for one in groups] == ["approved", "approved", "registered"]
    events = Event.objects.filter(verb="approve_existing").order_by("pk")
    assert [(event.subject_id, event.office, event.note) for event in events] == [
        (groups[0].pk, "营销副总", "同意。"),
        (groups[1].pk, "营销副总", "同意。"),
    ]
    assert list(Group.objects.filter(approved_at=LATER).values_list("name", flat=True)) == ["甲群", "乙群"]


@pytest.mark.parametrize("who", ["president", "presidents_office", "hr_admin", "project_gm_office"])
def test_another_office_decides_on_nothing(world, who):
    groups = take_over(world, "甲群", "乙群")
    before = written()
    with pytest.raises(NotAllowed):
        supplementary.approve(groups, by=getattr(world, who), now=LATER)
    with pytest.raises(NotAllowed):
        supplementary.refuse(groups[0], by=getattr(world, who), now=LATER, opinion="不需要。")
    assert written() == before


def test_one_that_is_not_his_and_none_is_approved(world):
    (own,) = take_over(world, "甲群")
    (other,) = take_over(world, "乙群", kind="集团工作群", company="集团本部")
    before = written()
    with pytest.raises(NotAllowed):
        supplementary.approve([own, other], by=world.marketing_vp, now=LATER)
    assert written() == before


def test_nobody_decides_on_what_he_entered_himself(world):
    make_tenure(office=office_of(world), person=world.hr_admin.person)
    (one,) = take_over(world)
    before = written()
    with pytest.raises(NotAllowed, match="不能审批本人录入的群"):
        supplementary.approve([one], by=world.hr_admin, now=LATER)
    assert written() == before
    assert supplementary.approve([one], by=world.marketing_vp, now=LATER) == 1


def office_of(world, code="marketing_vp"):
    return world.organisation.offices.get(code=code)


def test_the_second_click_is_late_and_what_a_colleague_decided_stays(world):
    first, second = take_over(world, "甲群", "乙群")
    stale = [fresh(first), fresh(second)]
    supplementary.refuse(first, by=world.marketing_vp, now=LATER, opinion="不需要。")
    assert supplementary.approve(stale, by=world.marketing_vp, now=LATER) == 1
    assert [fresh(first).state, fresh(second).state] == ["refused", "approved"]
    before = written()
    with pytest.raises(WrongState):
        supplementary.approve(stale, by=world.marketing_vp, now=LATER)
    assert written() == before


def test_refusing_needs_a_reason_and_goes_to_hr(world):
    (one,) = take_over(world, admin=world.hr_admin.person.name)
    with pytest.raises(ValidationError):
        supplementary.refuse(one, by=world.marketing_vp, now=LATER, opinion=" ")
    supplementary.refuse(one, by=world.marketing_vp, now=LATER, opinion="类型有误。")
    assert (fresh(one).state, fresh(one).opinion) == ("refused", "类型有误。")
    assert duties(world) == {("existing-settle", "hr_admin"): {"type": 0, "name": 0, "owner": 0, "refused": 1}}


# --- what HR settles --------------------------------------------------------------------------------------------------
def test_stating_the_type_enters_the_register_and_asks_its_offices(world):
    groups = take_over(world, "甲群", "乙群", kind="")
    assert (Group.objects.count(), settling.state_type(groups, of_type(world, "marketing_platform"), by=world.hr_admin, now=LATER)) == (0, 2)
    assert [group.group_type.code for group in Group.objects.all()] == ["marketing_platform"] * 2
    assert duties(world) == {
        ("existing-approve", "marketing_vp"): {"count": 2},
        ("existing-designate", "marketing_vp"): {"count": 2},
    }
    with pytest.raises(WrongState):
        settling.state_type(groups, of_type(world, "planning_group"), by=world.hr_admin, now=LATER)
    assert list(contradictions()) == []


def test_a_taken_name_is_replaced_or_the_row_left_out(world):
    take_over(world, "销售群")
    first, second = take_over(world, "销售群", company="集团本部"), take_over(world, "销售群 ", company="集团本部")
    assert second == []  # the same file again
    (one,) = first
    with pytest.raises(ValidationError):
        settling.rename(one, "销售群", by=world.hr_admin, now=LATER)
    settling.rename(one, "本部销售群", by=world.hr_admin, now=LATER)
    assert fresh(one).group.name == "本部销售群"
    assert take_over(world, "销售群", company="集团本部") == []


def test_a_row_left_out_is_settled(world):
    take_over(world, "销售群", admin=world.hr_admin.person.name)
    (one,) = take_over(world, "销售群", company="集团本部")
    settling.leave_out(one, by=world.hr_admin, now=LATER)
    assert (fresh(one).state, Group.objects.count()) == ("left_out", 1)
    assert ("existing-settle", "hr_admin") not in duties(world)
    with pytest.raises(WrongState):
        settling.leave_out(fresh(one), by=world.hr_admin, now=LATER)


def test_the_owner_is_stated_or_unknown(world):
    owner = make_person(company=world.project, name="钱立群")
    first, second = take_over(world, "甲群", "乙群", owner="不存在")
    settling.state_owner(first, owner, by=world.hr_admin, now=LATER)
    settling.state_owner(second, None, by=world.hr_admin, now=LATER)
    assert [group.owner for group in Group.objects.order_by("pk")] == [owner, None]
    assert ("existing-settle", "hr_admin") not in duties(world)


def test_refused_is_asked_for_again_gets_another_type_or_is_dissolved(world):
    groups = take_over(world, "甲群", "乙群", "丙群", admin=world.hr_admin.person.name)
    for one in groups:
        supplementary.refuse(one, by=world.marketing_vp, now=LATER, opinion="不需要。")
    settling.ask_again(groups[0], by=world.hr_admin, now=LATER, explanation="客户仍在使用。")
    settling.state_type([groups[1]], of_type(world, "project_company_group"), by=world.hr_admin, now=LATER)
    settling.dissolve(groups[2], by=world.hr_admin, now=LATER)
    assert duties(world) == {
        ("existing-approve", "marketing_vp"): {"count": 1},
        ("existing-approve", "president"): {"count": 1},
    }
    assert fresh(groups[2]).group.state == Group.State.DISSOLVED
    assert fresh(groups[1]).group.designating_office.code == "hr_admin"
    assert {group.name for group in Group.objects.open()} == {"甲群", "乙群"}
    assert list(contradictions()) == []


@pytest.mark.parametrize("who", ["president", "presidents_office", "marketing_vp"])
def test_others_settle_nothing(world, who):
    (one,) = take_over(world, kind="")
    before = written()
    for act in (
        lambda: settling.state_type([one], of_type(world, "planning_group"), by=getattr(world, who), now=LATER),
        lambda: settling.leave_out(one, by=getattr(world, who), now=LATER),
        lambda: settling.dissolve(one, by=getattr(world, who), now=LATER),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert written() == before


# --- admins -----------------------------------------------------------------------------------------------------------
def test_admins_are_designated_and_accept_and_nothing_is_established(world):
    groups = take_over(world, "甲群", "乙群")
    chosen = make_user(company=world.project, name="钱立群")
    designation.designate_many(
        [(one.group, chosen.person) for one in groups], by=world.marketing_vp, now=LATER, reason="熟悉情况。"
    )
    assert duties(world)[("existing-accept", "钱立群")] == {"count": 2}
    assert ("existing-designate", "marketing_vp") not in duties(world)
    assert Notice.objects.filter(person=chosen.person).count() == 1
    designation.accept_many(list(Designation.objects.all()), by=chosen, now=LATER)
    assert [fresh(one).group.admin for one in groups] == [chosen.person] * 2
    assert not Duty.objects.open().filter(verb="establish").exists()
    assert list(contradictions()) == []


def test_declining_brings_it_back_to_the_designating_office(world):
    (one,) = take_over(world)
    chosen = make_user(company=world.project, name="钱立群")
    made = designation.designate(one.group, chosen.person, by=world.marketing_vp, now=LATER, reason="熟悉情况。")
    designation.decline(made, by=chosen, now=LATER, reply="岗位已变动。")
    assert duties(world)[("existing-designate", "marketing_vp")] == {"count": 1}
    assert list(contradictions()) == []


def test_an_admin_who_leaves_is_seen_by_the_daily_job(world):
    admin = make_person(company=world.project, name="钱立群")
    take_over(world, admin=admin.name)
    assert ("existing-designate", "marketing_vp") not in duties(world)
    people.leave(admin, on=date(2026, 3, 2), by=None, now=NOW)
    assert renew_open_points(now=NOW + timedelta(days=2)) == 1
    assert duties(world)[("existing-designate", "marketing_vp")] == {"count": 1}


# --- types that are not decided ---------------------------------------------------------------------------------------
def test_a_type_not_decided_waits_for_the_instruction(world):
    (one,) = take_over(world, kind="部门工作群", admin=world.hr_admin.person.name)
    assert (fresh(one).approving_office, duties(world)) == (None, {})
    with pytest.raises(NotAllowed):
        supplementary.approve([one], by=world.president, now=LATER)


def instructed(world, **answers):
    question = OpenQuestion.objects.get(organisation=world.organisation, code="department_groups")
    answer(question, by=world.president, now=LATER, answers=answers, instruction="批示。")
    renew_open_points(now=LATER)


def test_once_the_type_is_allowed_its_approver_has_the_groups(world):
    take_over(world, kind="部门工作群", admin=world.hr_admin.person.name)
    instructed(world, decision="allow", approver="president", designating_office="presidents_office")
    assert duties(world) == {("existing-approve", "president"): {"count": 1}}
    assert Group.objects.get().designating_office.code == "presidents_office"
    assert list(contradictions()) == []


def test_once_the_type_is_forbidden_hr_settles_what_becomes_of_the_groups(world):
    (one,) = take_over(world, kind="部门工作群", admin=world.hr_admin.person.name)
    instructed(world, decision="forbid")
    assert fresh(one).state == "refused"
    assert duties(world) == {("existing-settle", "hr_admin"): {"type": 0, "name": 0, "owner": 0, "refused": 1}}
