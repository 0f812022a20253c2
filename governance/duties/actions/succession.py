"""Handing over what was given to a person who leaves: in one step, told to the successor in one message."""

from collections.abc import Collection
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from governance.accounts.models import User
from governance.directory.models import Person

from ..kinds import kind_of
from ..models import Duty
from ..permissions import acting_office, check_can_hand_over, duties_to_hand_over, today_of
from .taking_over import tell_taken_over


@transaction.atomic
def hand_over_to_successor(
    person: Person, successor: Person, chosen: Collection[int], *, reason: str, by: User, now: datetime
) -> list[Duty]:
    """The chosen duties (primary keys) are the successor's, all or none. ValidationError says what is in the way."""
    check_can_hand_over(by, person)
    check_successor(person, successor, by=by)
    duties = list(duties_to_hand_over(by, person).select_for_update(of=("self",)).filter(pk__in=chosen).order_by("pk"))
    if not duties:
        raise ValidationError(_("Nothing of this is still open with %(name)s.") % {"name": person.name})
    why = reason.strip() or _("Handed over by %(name)s.") % {"name": person.name}
    taken = [
        kind_of(duty.verb).succeed(duty, successor, by=by, office=acting_office(by, duty), now=now, reason=why)
        for duty in duties
    ]
    key = f"handover:{person.pk}:{now.isoformat()}"
    tell_taken_over(successor, taken, successor, key=key, now=now, former=person.name)
    return taken


def check_successor(person: Person, successor: Person, *, by: User) -> None:
    """Another colleague who is there and can sign in."""
    if successor == person:
        raise ValidationError({"successor": _("Please name another person.")})
    if successor.organisation_id != person.organisation_id or not successor.is_present(on=today_of(by)):
        raise ValidationError({"successor": _("%(name)s does not work here any more.") % {"name": successor.name}})
    if successor.user_id is None:
        raise ValidationError(
            {"successor": _("%(name)s has no login yet and could not decide anything.") % {"name": successor.name}}
        )
