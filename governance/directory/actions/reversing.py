"""Reversing an import of people: as a whole, but for what was touched since; everything of it or nothing."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.accounts.models import Organisation, User
from governance.workflow import move, raise_wrong_state

from ..importing.reversal import (
    LEAVING,
    REMOVED,
    RESTORED,
    Reversal,
    Step,
    facts_restored,
    make_reversal,
)
from ..models import Change, PeopleImport, Person
from ..permissions import check_can_import_people
from ..queries import person_of
from ..rules import changes_of, facts_of
from .carrying_out import CHANGES_AT_ONCE, PEOPLE_AT_ONCE, WRITTEN
from .importing import PlanChanged, do_nothing, hand_to_job
from .people import set_keys

State = PeopleImport.State
LIGHT = 2000  # people; more are reversed as a job


def reversal_of(people_import: PeopleImport, *, by: User, now: datetime, lock: bool = False) -> Reversal:
    """What reversing would do as of this moment. Raises NotAllowed, WrongState, and ValidationError for an import whose
    former values were not kept."""
    check_can_import_people(by)
    if people_import.state != State.CONFIRMED:
        raise_wrong_state(people_import)
    if not people_import.changes.exists():
        raise ValidationError(_("What was there before this import was not kept, or it changed nothing."))
    return make_reversal(people_import, on=timezone.localdate(now), own=person_of(by), lock=lock)


def confirm(people_import: PeopleImport, *, digest: str, typed: int | None = None, by: User, now: datetime) -> None:
    """Reverse as it was shown: at once, or as a job when many people are concerned. Raises PlanChanged when something
    happened since, WrongState when it was reversed already, ValidationError when the number typed is another."""
    reversal = reversal_of(people_import, by=by, now=now)
    if people_import.is_under_way:
        raise ValidationError(_("The portal is at work on this import already."))
    if reversal.needs_count and typed != reversal.concerned:
        raise ValidationError(_("More than 5 % are concerned: type how many, as the page says, to confirm."))
    if reversal.digest() != digest:
        raise PlanChanged
    if reversal.concerned <= LIGHT:
        apply(people_import, digest=digest, by=by, now=now)
    else:
        hand_to_job(people_import, "reverse", by=by, now=now, digest=digest)


@transaction.atomic
def apply(
    people_import: PeopleImport, *, digest: str, by: User, now: datetime, hold: Callable[[], None] = do_nothing
) -> dict[str, int]:
    """Compute it once more, with the people locked, and write it if it is still the one with that digest; returns of
    how many people became what."""
    office = check_can_import_people(by)
    Organisation.objects.select_for_update(no_key=True).get(pk=people_import.organisation_id)
    reversal = reversal_of(people_import, by=by, now=now, lock=True)
    if reversal.digest() != digest:
        raise PlanChanged
    on = timezone.localdate(now)
    write_back(reversal.steps[RESTORED], facts_restored, on=on, now=now)
    write_back(reversal.steps[LEAVING], lambda step: facts_of_leaver(step, on=on), on=on, now=now)
    remove(reversal.steps[REMOVED])
    changes = {"reversed_by": by, "reversed_at": now, "reversal": reversal.counts}
    move(people_import, State.REVERSED, by=by, at=now, office=office, changes=changes, **reversal.counts)
    hold()
    return reversal.counts


def facts_of_leaver(step: Step, *, on: date) -> dict[str, Any]:
    """Left yesterday at the latest, so that the portal is closed to them at once, whatever day they joined."""
    facts, yesterday = facts_of(step.person), on - timedelta(days=1)
    left = min(facts["left_on"] or yesterday, yesterday)
    return facts | {"left_on": left, "joined_on": facts["joined_on"] and min(facts["joined_on"], left)}


def write_back(steps: list[Step], facts_for: Callable[[Step], dict[str, Any]], *, on: date, now: datetime) -> None:
    """Write the people as they shall be, and tell the feed what differs: a few statements for each thousand."""
    rows: list[Change] = []
    for step in steps:
        before, after = facts_of(step.person), facts_for(step)
        rows += [
            Change(
                organisation_id=step.person.organisation_id,
                person=step.person,
                kind=kind,
                effective_on=effective,
                at=now,
                before=was,
                after=became,
            )
            for kind, effective, was, became in changes_of(before, after, on=on)
        ]
        for name, value in after.items():
            setattr(step.person, name, value)
        set_keys(step.person)
    Person.objects.bulk_create(
        [step.person for step in steps],
        batch_size=PEOPLE_AT_ONCE,
        update_conflicts=True,
        unique_fields=["organisation", "number"],
        update_fields=[*WRITTEN, "sort_key", "search"],
    )
    Change.objects.bulk_create(rows, batch_size=CHANGES_AT_ONCE)


def remove(steps: list[Step]) -> None:
    """People whom nothing names go, with what the feed says of them: nobody can have acted on it."""
    keys = [step.person.pk for step in steps]
    for start in range(0, len(keys), PEOPLE_AT_ONCE):
        some = keys[start : start + PEOPLE_AT_ONCE]
        Change.objects.filter(person__in=some).delete()
        Person.objects.filter(pk__in=some).delete()
