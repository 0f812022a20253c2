"""The duty about a group's open orders: the admin's, or the designating office's while there is no admin."""

from collections.abc import Collection
from datetime import datetime

from governance.accounts.models import User
from governance.calendar.queries import working_time
from governance.directory.models import Office, Person
from governance.directory.queries import find_office
from governance.duties.actions import close, hand_over
from governance.duties.actions.handing_over import Clock
from governance.duties.ladders import ADMIN, DESIGNATING, HR
from governance.duties.models import Duty
from governance.duties.queries import open_of
from groups.models import Group

from ..models import OrderList, RosterOrder

ARTICLE = "6"


def bring_up_to_date(groups: Collection[Group], *, new: Collection[int], now: datetime, by: User | None = None) -> None:
    """One duty for each group with open orders, opened anew (and told) where orders are new; none for the others."""
    lists = lists_of(groups)
    open_orders = RosterOrder.objects.open().filter(group__in=groups).in_their_order().select_related("person")
    waiting: dict[int, list[RosterOrder]] = {}
    for order in open_orders:
        waiting.setdefault(order.group_id, []).append(order)
    for group in groups:
        if group.pk not in waiting:
            close(lists[group.pk], by=by, now=now, outcome="orders_done")
        elif group.pk in new:
            ask(lists[group.pk], group, waiting[group.pk], now=now)
        else:
            Duty.objects.open().of_subject(lists[group.pk]).update(facts=facts_of(waiting[group.pk]))


def follow_admins(organisation_id: int, *, now: datetime) -> None:
    """Open orders go to whoever is the admin now: two statements while nobody changed, whatever the groups."""
    lists = OrderList.objects.filter(organisation_id=organisation_id, group__state=Group.State.ESTABLISHED)
    duties = list(Duty.objects.filter(open_of(OrderList, lists.values("pk"))).select_related("person", "office"))
    with_group = lists.select_related("group__company", "group__admin", "group__designating_office")
    by_pk = with_group.in_bulk([duty.subject_id for duty in duties])
    for duty in duties:
        orders = by_pk[duty.subject_id]
        if executor_of(orders.group) not in (duty.person, duty.office):
            waiting = RosterOrder.objects.open().filter(group=orders.group).in_their_order().select_related("person")
            ask(orders, orders.group, list(waiting), now=now)


def lists_of(groups: Collection[Group]) -> dict[int, OrderList]:
    """The group's list of orders by group, made where there was none."""
    there = set(OrderList.objects.filter(group__in=groups).values_list("group_id", flat=True))
    OrderList.objects.bulk_create(
        [OrderList(organisation_id=group.organisation_id, group=group) for group in groups if group.pk not in there],
        ignore_conflicts=True,
    )
    return {each.group_id: each for each in OrderList.objects.filter(group__in=groups).select_related("group")}


def executor_of(group: Group) -> Person | Office:
    return group.admin or group.designating_office


def ask(orders: OrderList, group: Group, waiting: list[RosterOrder], *, now: datetime) -> None:
    """Hand the list to the executor, due when the first of its orders is due."""
    working = working_time(group.organisation_id, group.company.calendar_id)
    first = min(order.due_at for order in waiting)
    days = working.working_days_between(working.local_day(now), working.local_day(first))
    leavers = any(order.reason == RosterOrder.Reason.LEFT for order in waiting)
    hand_over(
        orders,
        "change_roster",
        to=executor_of(group),
        now=now,
        outcome="orders_renewed",
        clock=Clock(
            days,
            article=ARTICLE,
            ladder="leaver" if leavers else "admission",
            tells={
                DESIGNATING: group.designating_office,
                HR: find_office(group.organisation_id, "hr_admin"),
                ADMIN: group.admin,
            },
        ),
        calendar_id=group.company.calendar_id,
        fallback=group.designating_office,
        facts=facts_of(waiting),
    )


def facts_of(waiting: list[RosterOrder]) -> dict[str, int]:
    """How many to admit, to remove, and how many of these leave the company."""
    return {
        "admit": sum(order.kind == RosterOrder.Kind.ADMIT for order in waiting),
        "remove": sum(order.kind == RosterOrder.Kind.REMOVE for order in waiting),
        "leavers": sum(order.reason == RosterOrder.Reason.LEFT for order in waiting),
    }
