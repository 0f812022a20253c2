"""What the pages of roster orders show."""

from dataclasses import dataclass
from datetime import datetime

from django.db import models

from governance.accounts.models import User
from governance.calendar.queries import working_time
from governance.directory.queries import person_of
from governance.workflow import refusal
from groups.models import Group

from ..models import RosterOrder
from ..permissions import check_can_change_roster
from ..ready_text import orders_text
from .nicknames import nicknames_to_write

RECENT = 20  # carried out lately, below the open ones


@dataclass(frozen=True)
class Line:
    """One order as it is shown, with the nickname a newcomer is to write."""

    order: RosterOrder
    nickname: str
    late: bool


@dataclass(frozen=True)
class OrdersOfGroup:
    """The open orders of one group, removals first; `why_not` says why the reader does not carry them out."""

    group: Group
    removals: list[Line]
    admissions: list[Line]
    recent: list[RosterOrder]
    text: str
    why_not: str

    @property
    def count(self) -> int:
        return len(self.removals) + len(self.admissions)


def orders_for_display(groups: models.QuerySet[Group] | list[Group]) -> models.QuerySet[RosterOrder]:
    return (
        RosterOrder.objects.filter(group__in=groups)
        .select_related("person__department", "person__company", "carried_out_by__person")
        .in_their_order()
    )


def orders_of_group(group: Group, user: User, *, now: datetime) -> OrdersOfGroup:
    """Everything on a group's page of orders, in a constant number of statements."""
    recent = orders_for_display([group]).exclude(state=RosterOrder.State.ORDERED).order_by("-carried_out_at", "-pk")
    return page_of_group(group, list(orders_for_display([group]).open()), list(recent[:RECENT]), user, now=now)


def orders_of_mine(user: User, *, now: datetime) -> list[OrdersOfGroup]:
    """The open orders of all groups the reader looks after, the most urgent group first."""
    person = person_of(user)
    if person is None:
        return []
    groups = Group.objects.open().filter(admin=person).select_related("company", "version", "designating_office")
    by_group: dict[int, list[RosterOrder]] = {}
    for order in orders_for_display(groups).open():
        by_group.setdefault(order.group_id, []).append(order)
    waiting = [group for group in groups if group.pk in by_group]
    waiting.sort(key=lambda group: min(order.due_at for order in by_group[group.pk]))
    return [page_of_group(group, by_group[group.pk], [], user, now=now) for group in waiting]


def page_of_group(
    group: Group, orders: list[RosterOrder], recent: list[RosterOrder], user: User, *, now: datetime
) -> OrdersOfGroup:
    on = working_time(group.organisation_id).local_day(now)
    admitted = [order.person for order in orders if order.kind == RosterOrder.Kind.ADMIT]
    nicknames = nicknames_to_write(admitted, group.version, on=on) if admitted else {}
    lines = [Line(order, nicknames.get(order.person_id, ""), order.due_at < now) for order in orders]
    return OrdersOfGroup(
        group=group,
        removals=[line for line in lines if line.order.kind == RosterOrder.Kind.REMOVE],
        admissions=[line for line in lines if line.order.kind == RosterOrder.Kind.ADMIT],
        recent=recent,
        text=orders_text(group, lines),
        why_not=refusal(check_can_change_roster, user, group),
    )
