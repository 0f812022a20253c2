"""Making one person of two entries: everything or nothing, and never by the portal itself."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.accounts.models import Organisation, User
from governance.audit.actions.recording import record
from governance.workflow import move_many, raise_wrong_state

from ..merging import bars_for, move_all
from ..models import Change, Invitation, Person, TwoPeople
from ..names import fold
from ..permissions import check_can_merge
from ..queries.duplicates import CHOICES
from . import people
from .invitations import standing_of

KEPT, MERGED = "kept", "merged"
RECENT = timedelta(days=7)


@transaction.atomic
def merge(
    kept: Person, merged: Person, *, choices: Mapping[str, str], typed: str, by: User, now: datetime
) -> Person:
    """`merged` was a second entry of `kept`: what names it now names `kept`, its login is closed (or moves, where
    `kept` has none), it stays as a pointer. `choices` says of which entry each of CHOICES is kept; `typed` is the name,
    typed to confirm.

    Raises NotAllowed, WrongState when a colleague merged one of them already, ValidationError when the name differs or
    something says that they are two people; nothing is written then.
    """
    Organisation.objects.select_for_update(no_key=True).get(pk=kept.organisation_id)
    kept, merged = locked_pair(kept, merged)
    office = check_can_merge(by, kept, merged)
    for person in (merged, kept):
        if person.merged_into_id is not None:
            raise_wrong_state(person)
    check_confirmed(kept, merged, choices, typed=typed)
    facts, swaps = chosen_of(merged, choices), choices.get("number") == MERGED
    login = take_over_login(kept, merged, by=by, now=now)
    moved = move_all(merged, kept, now=now)
    make_pointer(merged, kept, now=now)
    if swaps:
        swap_numbers(kept, merged)
    if facts:
        people.update(kept, by=by, now=now, **facts)
    User.objects.filter(pk=kept.user_id).exclude(name=kept.name).update(name=kept.name)
    tell_feed(kept, merged, now=now)
    record("merge-person", kept, by=by, at=now, office=office, person=merged.pk, login=login, moved=moved)
    record("become-pointer", merged, by=by, at=now, office=office, person=kept.pk)
    return kept


def locked_pair(kept: Person, merged: Person) -> tuple[Person, Person]:
    """Both, locked in the order of their keys, so that two merges never wait for each other."""
    rows = Person.objects.select_for_update(of=("self",), no_key=True).select_related("company", "department", "user")
    found = {person.pk: person for person in rows.filter(pk__in=[kept.pk, merged.pk]).order_by("pk")}
    return found[kept.pk], found[merged.pk]


def check_confirmed(kept: Person, merged: Person, choices: Mapping[str, str], *, typed: str) -> None:
    """The name that stays was typed, and nothing says that they are two people."""
    name = (merged if choices.get("name") == MERGED else kept).name
    if fold(typed) != fold(name):
        raise ValidationError({"typed": _("Type the name “%(name)s” to confirm.") % {"name": name}})
    if barred := bars_for(kept, merged):
        raise ValidationError(barred)


def take_over_login(kept: Person, merged: Person, *, by: User, now: datetime) -> str:
    """The login that stays: that of `kept`; where it has none, that of `merged`. Open links of the entry that goes,
    and those for a first password that is no longer wanted, are replaced. Says what became of the login."""
    stale = standing_of([merged])
    login = ""
    if merged.user is not None and kept.user is None:
        user, login = merged.user, "moved"
        merged.user = None
        merged.save(update_fields=["user"])
        kept.user = user
        kept.save(update_fields=["user"])
        stale = standing_of([kept, merged])
    elif merged.user is not None:
        login = "closed"
        User.objects.filter(pk=merged.user_id).update(is_active=False)
    move_many(stale, Invitation.State.REPLACED, by=by, at=now)
    return login


def chosen_of(merged: Person, choices: Mapping[str, str]) -> dict[str, Any]:
    """The facts that HR keeps of the entry that goes; the staff number is no fact, it changes places."""
    wanted = [name for name, of in choices.items() if of == MERGED and name in CHOICES and name != "number"]
    return {field: getattr(merged, field) for name in wanted for field in CHOICES[name]}


def make_pointer(merged: Person, kept: Person, *, now: datetime) -> None:
    """The entry that goes has left yesterday at the latest, whatever day it joined."""
    yesterday = timezone.localdate(now) - timedelta(days=1)
    merged.merged_into, merged.merged_at = kept, now
    merged.left_on = min(merged.left_on or yesterday, yesterday)
    merged.joined_on = merged.joined_on and min(merged.joined_on, merged.left_on)
    merged.save(update_fields=["merged_into", "merged_at", "left_on", "joined_on"])


def swap_numbers(kept: Person, merged: Person) -> None:
    """Each staff number stands once only, so one of the two waits under another meanwhile."""
    mine, theirs = kept.number, merged.number
    for person, number in ((merged, f"merged-{merged.pk}"), (kept, theirs), (merged, mine)):
        person.number = number
        people.set_keys(person)
        person.save(update_fields=["number", "sort_key", "search"])


def tell_feed(kept: Person, merged: Person, *, now: datetime) -> None:
    """Upper apps read by watermark that the one became the other."""
    told = ((merged, {"merged_into": kept.pk}), (kept, {"merged": merged.pk}))
    Change.objects.bulk_create(
        Change(
            organisation_id=person.organisation_id,
            person=person,
            kind=Change.Kind.MERGED,
            effective_on=timezone.localdate(now),
            at=now,
            after=after,
        )
        for person, after in told
    )


@transaction.atomic
def say_two_people(one: Person, other: Person, *, by: User, now: datetime) -> None:
    """HR looked at two entries: they are two people, and the portal does not ask again. Twice is once."""
    office = check_can_merge(by, one, other)
    first, second = sorted((one, other), key=lambda person: person.pk)
    _pair, is_new = TwoPeople.objects.get_or_create(
        first=first,
        second=second,
        defaults={"organisation_id": first.organisation_id, "said_by": by, "said_at": now},
    )
    if is_new:
        record("say-two-people", first, by=by, at=now, office=office, person=second.pk)


@transaction.atomic
def follow(*, now: datetime) -> int:
    """Whatever was written about a pointer while it was becoming one follows it; returns how many rows moved.

    An action that read the entry before it was merged may write after: looked for during the following week.
    """
    pointers = Person.objects.filter(merged_into__isnull=False, merged_at__gte=now - RECENT)
    moved = 0
    for pointer in pointers.select_related("merged_into").order_by("pk"):
        moved += sum(move_all(pointer, pointer.merged_into, now=now).values())
    return moved
