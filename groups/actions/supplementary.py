"""补批: the approver of its type approves a group that was there before the portal, or does not."""

from collections.abc import Collection
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from governance.accounts.models import Organisation, User
from governance.workflow import move, raise_wrong_state

from ..models import ExistingGroup, Group
from ..permissions import check_can_approve_existing
from .open_points import renew

State = ExistingGroup.State


@transaction.atomic
def approve(existing: Collection[ExistingGroup], *, by: User, now: datetime, opinion: str = "") -> int:
    """Approve all of them: one decision and one event each. Those that somebody decided meanwhile stay as they are.

    Raises NotAllowed when one of them is not his to approve, WrongState when all were decided already; nothing is
    written then. Returns how many were approved.
    """
    offices = decided_now(existing, by)
    for one in existing:
        if one.pk in offices:
            decide(one, State.APPROVED, by=by, office=offices[one.pk], now=now, opinion=opinion)
    approved = [one.group_id for one in existing if one.pk in offices]
    Group.objects.filter(pk__in=approved).update(approved_at=now)
    renew(by.organisation, by=by, now=now)
    return len(approved)


def decided_now(existing: Collection[ExistingGroup], by: User) -> dict[int, object]:
    """The office acted for, by group, of those that still wait. Locks them."""
    Organisation.objects.select_for_update().get(pk=by.organisation_id)
    fresh = dict(
        ExistingGroup.objects.filter(pk__in=[one.pk for one in existing]).order_by().values_list("pk", "state")
    )
    waiting = [one for one in existing if fresh.get(one.pk) == State.REGISTERED]
    if not waiting:
        raise_wrong_state(next(iter(existing)))
    return {one.pk: check_can_approve_existing(by, one) for one in waiting}


@transaction.atomic
def refuse(existing: ExistingGroup, *, by: User, now: datetime, opinion: str) -> None:
    """Not approved, with the reason: HR settles what becomes of the group."""
    office = check_can_approve_existing(by, existing)
    if not opinion.strip():
        raise ValidationError({"opinion": _("Please say why.")})
    decide(existing, State.REFUSED, by=by, office=office, now=now, opinion=opinion)
    renew(by.organisation, by=by, now=now)


def decide(existing: ExistingGroup, state: str, *, by: User, office: object, now: datetime, opinion: str) -> None:
    changes = {"decided_by": by, "decided_at": now, "opinion": opinion.strip()}
    move(existing, state, by=by, at=now, office=office, opinion=opinion.strip(), changes=changes)
