"""The admin has changed something in WeChat and says so (Art. 6): the roster follows."""

from collections.abc import Collection
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from governance.accounts.models import User
from governance.workflow import move_many, raise_wrong_state
from groups.models import Group

from ..models import Membership, RosterOrder
from ..permissions import check_can_change_roster
from .lists import bring_up_to_date

Kind, State = RosterOrder.Kind, RosterOrder.State


@transaction.atomic
def carry_out(group: Group, orders: Collection[int], *, by: User, now: datetime) -> list[RosterOrder]:
    """Tick off orders as done: who was admitted is declared a member, who was removed no longer is.

    What a colleague ticked off before is left out; WrongState when nothing is left, ValidationError when nothing was
    ticked.
    """
    check_can_change_roster(by, group)
    if not orders:
        raise ValidationError(_("Please tick what you have done in WeChat."))
    named = RosterOrder.objects.filter(group=group, pk__in=orders).select_related("person")
    waiting = [order for order in named if order.state == State.ORDERED]
    if not waiting:
        raise_wrong_state(named.first() or RosterOrder(pk=0, group=group))
    done = move_many(waiting, State.DONE, by=by, at=now)
    if not done:
        raise_wrong_state(named[0])
    RosterOrder.objects.filter(pk__in=[order.pk for order in done]).update(carried_out_at=now, carried_out_by=by)
    admitted = [order for order in done if order.kind == Kind.ADMIT]
    removed = [order.person_id for order in done if order.kind == Kind.REMOVE]
    declared = Membership.objects.current().filter(group=group)
    there = set(declared.values_list("person_id", flat=True))
    Membership.objects.bulk_create(
        Membership(
            organisation_id=group.organisation_id,
            group=group,
            person_id=order.person_id,
            evidence=Membership.Evidence.TICKED,
            declared_by=by,
            declared_at=now,
        )
        for order in admitted
        if order.person_id not in there
    )
    declared.filter(person__in=removed).update(ended_at=now)
    bring_up_to_date([group], new=(), now=now, by=by)
    return done
