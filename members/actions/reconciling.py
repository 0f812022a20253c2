"""Changes of the directory become roster orders (Art. 6), read by watermark: nothing is missed or done twice."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max, Q

from governance.accounts.models import Organisation
from governance.calendar.queries import working_time
from governance.calendar.rules import Due
from governance.directory.models import Change, Person
from governance.workflow import move_many
from groups.models import Group

from ..models import FeedMark, RosterOrder
from ..queries.belonging import Pair, facts_about, governed_groups
from .lists import bring_up_to_date, follow_admins

Kind, Reason, State = RosterOrder.Kind, RosterOrder.Reason, RosterOrder.State
AHEAD = timedelta(days=14)  # so long before the last day a leaver is ordered out
DAYS = 2  # working days for an order that is no leaver's (DESIGN.md, Clocks)


def reconcile_rosters(*, now: datetime) -> int:
    """Every organisation's changes since the last run; returns how many orders were opened or cancelled."""
    return sum(reconcile(organisation, now=now) for organisation in Organisation.objects.order_by("pk"))


@transaction.atomic
def reconcile(organisation: Organisation, *, now: datetime) -> int:
    """Read the feed up to its end, bring the orders of everybody concerned to what holds today, move the mark.

    All in one transaction: a crash leaves mark and orders as they were, and a second run finds nothing to do.
    """
    FeedMark.objects.get_or_create(organisation=organisation)
    mark = FeedMark.objects.select_for_update().get(organisation=organisation)
    on = working_time(organisation.pk).local_day(now)
    changes = Change.objects.filter(organisation=organisation)
    upto = changes.aggregate(last=Max("pk"))["last"] or 0
    if mark.on is None:  # what happened before the first run is what the first rosters were declared on
        concerned: set[int] = set(changes.filter(effective_on__gt=on).values_list("person_id", flat=True))
    else:
        news = Q(pk__gt=mark.change_id, pk__lte=upto)
        for ahead in (timedelta(0), AHEAD):  # what takes effect now, who leaves soon
            news |= Q(effective_on__gt=mark.on + ahead, effective_on__lte=on + ahead)
        concerned = set(changes.filter(news).values_list("person_id", flat=True))
    changed = set_right(concerned, governed_groups(organisation.pk), on=on, now=now) if concerned else 0
    follow_admins(organisation.pk, now=now)
    if (mark.change_id, mark.on) != (upto, on):
        mark.change_id, mark.on = upto, on
        mark.save(update_fields=["change_id", "on"])
    return changed


def set_right(people: Collection[int], groups: list[Group], *, on: date, now: datetime) -> int:
    """Open the orders that are needed for these people and cancel those that are not any more."""
    facts = facts_about(people, groups, on=on)
    persons = {person.pk: person for person in Person.objects.filter(pk__in=people)}
    going = {pk for pk, person in persons.items() if person.left_on is not None and person.left_on <= on + AHEAD}
    belong = {pair for pair in facts.belong if pair[1] not in going}
    wanted = dict.fromkeys(belong - facts.declared, Kind.ADMIT)
    wanted |= dict.fromkeys(facts.declared - belong, Kind.REMOVE)
    waiting = {
        (order.group_id, order.person_id): order
        for order in RosterOrder.objects.open().filter(person__in=people, group__in=groups)
    }
    stale = [order for pair, order in waiting.items() if wanted.get(pair) != order.kind]
    move_many(stale, State.CANCELLED, by=None, at=now)
    kept = {pair for pair, order in waiting.items() if wanted.get(pair) == order.kind}
    by_pk = {group.pk: group for group in groups}
    fresh = [order_for(pair, wanted[pair], by_pk, persons, on=on, now=now) for pair in sorted(wanted.keys() - kept)]
    RosterOrder.objects.bulk_create(fresh)
    touched = {order.group_id for order in [*stale, *fresh]}
    bring_up_to_date([by_pk[pk] for pk in sorted(touched)], new={order.group_id for order in fresh}, now=now)
    return len(stale) + len(fresh)


def order_for(
    pair: Pair, kind: str, groups: dict[int, Group], persons: dict[int, Person], *, on: date, now: datetime
) -> RosterOrder:
    """A new order with its reason and the day it is due."""
    group, person = groups[pair[0]], persons[pair[1]]
    leaves = kind == Kind.REMOVE and person.left_on is not None
    due = due_of(group, person.left_on if leaves else None, now=now)
    if kind == Kind.REMOVE:
        reason = Reason.LEFT if leaves else Reason.NO_LONGER
    else:
        reason = Reason.JOINED if person.joined_on and (on - person.joined_on).days <= 31 else Reason.BELONGS
    return RosterOrder(
        organisation_id=group.organisation_id,
        group=group,
        person=person,
        kind=kind,
        reason=reason,
        ordered_at=now,
        due_at=due.at,
        provisional=due.provisional,
    )


def due_of(group: Group, last_day: date | None, *, now: datetime) -> Due:
    """A leaver is out by the end of his last working day, at the latest today; everything else within two days."""
    working = working_time(group.organisation_id, group.company.calendar_id)
    if last_day is None:
        return working.due(now, DAYS)
    today = working.local_day(now)
    last = last_day if working.is_working(last_day) else working.working_day_before(last_day, 1)
    return working.due(now, working.working_days_between(today, last))
