"""What reversing an import would do, person by person: restored, removed, marked as left, or left alone, with why."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..merging import references
from ..models import Change, PeopleImport, Person
from ..rules import DATES, FIELDS, facts_of
from .plan import NEEDS_COUNT_ABOVE

RESTORED, REMOVED, LEAVING, ALONE = "restored", "removed", "leaving", "alone"
KINDS = (RESTORED, REMOVED, LEAVING, ALONE)
WHY: dict[str, str | Promise] = {
    "touched": _("changed since the import; stays as it is"),
    "merged": _("merged since the import; stays as it is"),
    "own": _("your own entry: a colleague reverses it, if it must be"),
    "used": _("named in the portal by now (a group, an office, a login …): kept, and marked as left"),
}
AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Step:
    """What becomes of one person. `before` are the fields as they were before the import, `why` a word of WHY."""

    kind: str
    person: Person
    before: Mapping[str, Any] = field(default_factory=dict)
    why: str = ""


@dataclass
class Reversal:
    """Everything that reversing would write, and what it would leave alone."""

    steps: dict[str, list[Step]]
    present: int  # people of the organisation present today

    @property
    def counts(self) -> dict[str, int]:
        return {kind: len(found) for kind, found in self.steps.items()}

    @property
    def concerned(self) -> int:
        """How many people become something else."""
        return sum(len(self.steps[kind]) for kind in (RESTORED, REMOVED, LEAVING))

    @property
    def needs_count(self) -> bool:
        """Above 5 % of the people present, whoever reverses types the number concerned."""
        return self.concerned * 100 > self.present * NEEDS_COUNT_ABOVE

    def all(self) -> Iterator[Step]:
        for kind in KINDS:
            yield from self.steps[kind]

    def digest(self) -> str:
        """SHA-256 (hex): equal reversals have equal digests."""
        digest = hashlib.sha256()
        for step in self.all():
            line = [step.kind, step.person.pk, step.before, step.why]
            digest.update(json.dumps(line, cls=DjangoJSONEncoder, sort_keys=True).encode())
        return digest.hexdigest()


def make_reversal(people_import: PeopleImport, *, on: date, own: Person | None, lock: bool = False) -> Reversal:
    """Read what the import changed and what happened to the same people since: a constant number of statements, and
    one for each thousand people. `own` is whoever asks; `lock` keeps others from changing these people meanwhile."""
    before, added = values_before(people_import)
    touched = touched_since(people_import)
    used = used_among(added)
    steps: dict[str, list[Step]] = {kind: [] for kind in KINDS}
    for person in people_of(sorted({*before, *added}), lock=lock):
        step = step_for(person, before.get(person.pk, {}), person.pk in added, touched, used, own)
        steps[step.kind].append(step)
    present = Person.objects.of_organisation(people_import.organisation_id).present(on=on).count()
    return Reversal(steps, present)


def values_before(people_import: PeopleImport) -> tuple[dict[int, dict[str, Any]], set[int]]:
    """Of each known person the changed fields as they were; and who was new."""
    before: dict[int, dict[str, Any]] = defaultdict(dict)
    added: set[int] = set()
    rows = people_import.changes.order_by("pk").values_list("person_id", "kind", "before")
    for pk, kind, was in rows.iterator(chunk_size=5000):
        if kind == Change.Kind.JOINED and not was:
            added.add(pk)
        else:
            before[pk] |= {name: read(name, value) for name, value in was.items()}
    return {pk: was for pk, was in before.items() if pk not in added}, added


def read(name: str, value: Any) -> Any:
    """A fact as the feed keeps it (days as text)."""
    return date.fromisoformat(value) if name in DATES and value else value


def touched_since(people_import: PeopleImport) -> set[int]:
    """Whom the feed speaks of after the import: changed, moved, given an office, merged."""
    since = Change.objects.filter(person__in=people_import.changes.values("person"))
    last = people_import.changes.order_by("-pk").values_list("pk", flat=True).first()
    return set(since.filter(pk__gt=last or 0).values_list("person_id", flat=True))


def used_among(added: set[int]) -> set[int]:
    """Of the new people, those whom anything in the portal names: a statement for each place that names people."""
    keys, used = sorted(added), set()
    for start in range(0, len(keys), AT_ONCE * 10):
        some = keys[start : start + AT_ONCE * 10]
        used |= set(Person.objects.filter(pk__in=some).exclude(user=None).values_list("pk", flat=True))
        for reference in references.values():
            if reference.model is not Change:
                named = reference.model._base_manager.filter(**{f"{reference.name}__in": some}).order_by()
                used |= set(named.values_list(reference.name, flat=True))
    return used


def people_of(keys: list[int], *, lock: bool) -> Iterator[Person]:
    """The people with company and department, a thousand at a time."""
    people = Person.objects.for_display().order_by("pk")
    if lock:
        people = people.select_for_update(of=("self",), no_key=True)
    for start in range(0, len(keys), AT_ONCE):
        yield from people.filter(pk__in=keys[start : start + AT_ONCE])


def step_for(
    person: Person, before: dict, is_new: bool, touched: set[int], used: set[int], own: Person | None
) -> Step:
    if person.merged_into_id is not None:
        return Step(ALONE, person, why="merged")
    if own is not None and person.pk == own.pk:
        return Step(ALONE, person, why="own")
    if is_new and person.pk in used:
        return Step(LEAVING, person, why="used")
    if person.pk in touched:
        return Step(ALONE, person, why="touched")
    return Step(REMOVED, person) if is_new else Step(RESTORED, person, before)


def facts_restored(step: Step) -> dict[str, Any]:
    """What the person will be once more."""
    return {name: value for name, value in (facts_of(step.person) | dict(step.before)).items() if name in FIELDS}
