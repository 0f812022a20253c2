"""Changes of the directory become roster orders on the admin's desk (Art. 6).

The group of headquarters is in use since Monday 2 March 2026; its people are those of headquarters.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from governance.audit.models import Event
from governance.commands.proofs import contradictions
from governance.directory.actions import people
from governance.directory.models import Change
from governance.duties.actions import sweep
from governance.duties.models import Duty
from governance.notifications.models import Notice
from governance.workflow import NotAllowed, WrongState
from groups.models import Group
from members.actions.carrying_out import carry_out
from members.actions.reconciling import reconcile_rosters
from members.models import FeedMark, Membership, RosterOrder
from tests.duties.test_sweep_crashes import Killed, killed_at
from tests.factories import make_department, make_group, make_group_company, make_person

pytestmark = pytest.mark.django_db
SHANGHAI = ZoneInfo("Asia/Shanghai")
State = RosterOrder.State


def march(day, hour=9, minute=5):
    return datetime(2026, 3, day, hour, minute, tzinfo=SHANGHAI)


def build():
    world = make_group_company()
    finance = make_department(company=world.headquarters, name="财务部")
    world.zhu = make_person(company=world.headquarters, department=finance, name="朱丹")
    world.ai = make_person(company=world.headquarters, department=finance, name="艾青")
    world.finance = finance
    everybody = world.organisation.people.filter(company=world.headquarters)
    world.group = make_group(
        world=world, group_type="headquarters_group", at=Group.State.ESTABLISHED, members=list(everybody), now=march(2)
    )
    reconcile_rosters(now=march(2, 10))
    return world


@pytest.fixture
def world():
    return build()


def orders(world):
    found = RosterOrder.objects.filter(group=world.group).in_their_order()
    return [(order.kind, order.person.name, order.reason, order.state) for order in found.select_related("person")]


def duty_of(world):
    return Duty.objects.open().filter(verb="change_roster").get()


def test_first_run_orders_nothing_of_what_was_known_before(world):
    assert orders(world) == []
    assert not Duty.objects.open().filter(verb="change_roster").exists()


def test_newcomer_is_to_be_admitted_within_two_working_days(world):
    make_person(company=world.headquarters, name="毕方", joined_on=date(2026, 3, 3), now=march(3))
    assert reconcile_rosters(now=march(3)) == 1
    assert orders(world) == [("admit", "毕方", "joined", "ordered")]
    assert list(contradictions()) == []
    duty = duty_of(world)
    assert (duty.person, duty.due_at, duty.facts["admit"]) == (world.group.admin, march(5, 18, 0), 1)
    assert Notice.objects.filter(person=world.group.admin, kind="duty-change_roster").count() == 1


def test_newcomer_of_next_week_is_ordered_on_his_first_day(world):
    make_person(company=world.headquarters, name="毕方", joined_on=date(2026, 3, 9), now=march(3))
    assert reconcile_rosters(now=march(3)) == 0
    assert reconcile_rosters(now=march(9)) == 1
    assert orders(world) == [("admit", "毕方", "joined", "ordered")]


def test_leaver_is_out_by_the_end_of_his_last_working_day(world):
    people.leave(world.zhu, on=date(2026, 3, 6), by=None, now=march(3))
    reconcile_rosters(now=march(3))
    assert orders(world) == [("remove", "朱丹", "left", "ordered")]
    duty = duty_of(world)
    assert (duty.due_at, duty.ladder) == (march(6, 18, 0), "leaver")


def test_who_leaves_in_summer_is_ordered_out_a_fortnight_before(world):
    people.leave(world.zhu, on=date(2026, 6, 30), by=None, now=march(3))
    assert reconcile_rosters(now=march(3)) == 0
    june = datetime(2026, 6, 15, 9, 5, tzinfo=SHANGHAI)
    assert reconcile_rosters(now=june) == 0
    assert reconcile_rosters(now=june.replace(day=18)) == 1
    assert RosterOrder.objects.get().due_at.astimezone(SHANGHAI).date() == date(2026, 6, 30)


def test_who_leaves_on_a_sunday_is_out_by_friday(world):
    people.leave(world.zhu, on=date(2026, 3, 8), by=None, now=march(3))
    reconcile_rosters(now=march(3))
    assert RosterOrder.objects.get().due_at == march(6, 18, 0)


def test_leavers_come_first(world):
    make_person(company=world.headquarters, name="毕方", now=march(3))
    people.leave(world.zhu, on=date(2026, 3, 13), by=None, now=march(3))
    reconcile_rosters(now=march(3))
    assert [kind for kind, *_ in orders(world)] == ["remove", "admit"]


def test_mover_is_removed_where_he_no_longer_belongs(world):
    people.update(world.zhu, by=None, now=march(3), company=world.project, department=None)
    reconcile_rosters(now=march(3))
    assert orders(world) == [("remove", "朱丹", "no_longer", "ordered")]


def test_leaving_and_coming_back_cancels_out(world):
    people.leave(world.zhu, on=date(2026, 3, 6), by=None, now=march(3))
    reconcile_rosters(now=march(3))
    people.come_back(world.zhu, on=date(2026, 3, 3), by=None, now=march(3, 11))
    reconcile_rosters(now=march(3, 12))
    assert orders(world) == [("remove", "朱丹", "left", "cancelled")]
    assert not Duty.objects.open().filter(verb="change_roster").exists()


def test_both_in_one_run_leave_no_order(world):
    people.leave(world.zhu, on=date(2026, 3, 6), by=None, now=march(3))
    people.come_back(world.zhu, on=date(2026, 3, 3), by=None, now=march(3, 11))
    assert reconcile_rosters(now=march(3, 12)) == 0
    assert orders(world) == []


def test_twice_is_once(world):
    make_person(company=world.headquarters, name="毕方", now=march(3))
    people.leave(world.zhu, on=date(2026, 3, 6), by=None, now=march(3))
    assert reconcile_rosters(now=march(3)) == 2
    assert reconcile_rosters(now=march(3)) == 0
    FeedMark.objects.update(change_id=0)
    assert reconcile_rosters(now=march(3, 10)) == 0
    assert RosterOrder.objects.count() == 2


def test_after_a_week_without_server_the_orders_are_those_of_daily_runs(world):
    for day in (3, 4, 5):
        make_person(company=world.headquarters, name=f"新人{day}", joined_on=date(2026, 3, day), now=march(day))
    people.leave(world.zhu, on=date(2026, 3, 4), by=None, now=march(3))
    people.come_back(world.zhu, on=date(2026, 3, 5), by=None, now=march(5))
    assert reconcile_rosters(now=march(10)) == 3
    assert {(kind, name) for kind, name, *_ in orders(world)} == {("admit", f"新人{day}") for day in (3, 4, 5)}


def test_one_list_of_orders_is_one_line_on_the_desk(world):
    for number in range(30):
        make_person(company=world.headquarters, name=f"新人{number}", now=march(3))
    with_statements = CountedStatements()
    with connection.execute_wrapper(with_statements):
        reconcile_rosters(now=march(3))
    assert Duty.objects.open().filter(verb="change_roster").count() == 1
    assert with_statements.count < 60


class CountedStatements:
    count = 0

    def __call__(self, execute, sql, params, many, context):
        self.count += 1
        return execute(sql, params, many, context)


def test_a_group_whose_members_nobody_declared_is_left_alone(world):
    Membership.objects.filter(group=world.group).delete()
    make_person(company=world.headquarters, name="毕方", now=march(3))
    assert reconcile_rosters(now=march(3)) == 0


def test_orders_follow_the_admin(world):
    make_person(company=world.headquarters, name="毕方", now=march(3))
    reconcile_rosters(now=march(3))
    Group.objects.filter(pk=world.group.pk).update(admin=world.ai)
    reconcile_rosters(now=march(3, 11))
    assert duty_of(world).person == world.ai


# --- carrying out -----------------------------------------------------------------------------------------------------
def test_ticking_off_changes_the_roster_and_closes_the_duty(world):
    new = make_person(company=world.headquarters, name="毕方", now=march(3))
    people.leave(world.zhu, on=date(2026, 3, 6), by=None, now=march(3))
    reconcile_rosters(now=march(3))
    by = world.group.admin.user
    first, second = RosterOrder.objects.in_their_order()
    carry_out(world.group, [first.pk], by=by, now=march(3, 14))
    assert duty_of(world).facts == {"admit": 1, "remove": 0, "leavers": 0}
    carry_out(world.group, [second.pk], by=by, now=march(3, 15))
    roster = set(Membership.objects.current().filter(group=world.group).values_list("person", flat=True))
    assert new.pk in roster
    assert world.zhu.pk not in roster
    assert not Duty.objects.open().filter(verb="change_roster").exists()
    assert reconcile_rosters(now=march(7)) == 0
    assert Event.objects.filter(verb="carry_out_order", became=State.DONE).count() == 2


def test_only_the_admin_ticks_off(world):
    make_person(company=world.headquarters, name="毕方", now=march(3))
    reconcile_rosters(now=march(3))
    order = RosterOrder.objects.get()
    with pytest.raises(NotAllowed):
        carry_out(world.group, [order.pk], by=world.hr_admin, now=march(3))
    with pytest.raises(ValidationError):
        carry_out(world.group, [], by=world.group.admin.user, now=march(3))
    carry_out(world.group, [order.pk], by=world.group.admin.user, now=march(3))
    with pytest.raises(WrongState):
        carry_out(world.group, [order.pk], by=world.group.admin.user, now=march(3, 10))


def test_without_admin_the_designating_office_has_the_orders(world):
    Group.objects.filter(pk=world.group.pk).update(admin=None)
    make_person(company=world.headquarters, name="毕方", now=march(3))
    reconcile_rosters(now=march(3))
    duty = duty_of(world)
    assert duty.office == world.group.designating_office


def test_a_leaver_left_in_is_told_to_the_designating_office_and_to_hr(world):
    people.leave(world.zhu, on=date(2026, 3, 6), by=None, now=march(3))
    reconcile_rosters(now=march(3))
    for day in (6, 9, 10):
        sweep(now=march(day, 9, 30))
    told = {reminder.rung for reminder in duty_of(world).reminders.all()}
    assert {"holder-due-0", "designating-due-1", "hr-due-2"} <= told


# --- crashes ----------------------------------------------------------------------------------------------------------
def everything():
    return {
        "orders": sorted(RosterOrder.objects.values_list("kind", "person__name", "reason", "state")),
        "duties": sorted(map(str, Duty.objects.filter(verb="change_roster").values_list("closed_at", "outcome"))),
        "notices": sorted(Notice.objects.filter(kind="duty-change_roster").values_list("person__name", "path")),
        "mark": list(FeedMark.objects.values_list("change_id", "on")),
    }


def test_crash_at_every_statement_leaves_the_orders_of_a_clean_run(world):
    make_person(company=world.headquarters, name="毕方", now=march(3))
    people.leave(world.zhu, on=date(2026, 3, 6), by=None, now=march(3))
    with transaction.atomic():
        with killed_at(0) as seen:
            reconcile_rosters(now=march(3))
        clean, length = everything(), len(seen)
        transaction.set_rollback(True)
    for nth in range(1, length + 1):
        with transaction.atomic():
            with pytest.raises(Killed), killed_at(nth), transaction.atomic():
                reconcile_rosters(now=march(3))
            reconcile_rosters(now=march(3))
            assert everything() == clean
            transaction.set_rollback(True)


def test_feed_of_another_organisation_changes_nothing_here(world):
    other = make_group_company(name="远山集团")
    make_person(company=other.headquarters, name="外人", now=march(3))
    assert reconcile_rosters(now=march(3)) == 0
    assert Change.objects.filter(organisation=other.organisation).exists()
