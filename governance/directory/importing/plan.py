"""The difference between a file and the directory: who is new, changed, leaves, returns. Reads, never writes."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _

from governance.accounts.models import Organisation
from governance.files.rules import CheckedFile

from ..models import Company, EmploymentKind, Person
from ..rules import FIELDS, Facts, has_left
from .entries import Entry, Reading, key_of, read
from .places import NewDepartment, Places, Spot

KINDS = ("added", "changed", "left", "returned")
NOBODY = dict.fromkeys(FIELDS, "") | {
    "department_id": None,
    "joined_on": None,
    "left_on": None,
    "employment_kind": EmploymentKind.REGULAR.value,
}
NEEDS_COUNT_ABOVE = 5  # per cent of the people concerned


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody the directory has."""

    pk: int
    number: str
    facts: Facts
    merged_into: str | None = None  # the staff number of the entry it was merged into


@dataclass(frozen=True, slots=True)
class Difference:
    """What becomes of one person. `row` is None for who is absent from a complete list; `before` is None for who is
    new. In `after`, `department_id` may be a NewDepartment that gets its key when the plan is carried out.
    """

    kind: str
    row: int | None
    pk: int | None
    number: str
    before: Facts | None
    after: Facts

    def changed_fields(self) -> list[str]:
        return [field for field in FIELDS if self.before is None or self.before[field] != self.after[field]]


@dataclass
class Plan:
    """Everything that confirming would write."""

    reading: Reading
    places: Places
    on: date
    complete: Company | None = None
    differences: dict[str, list[Difference]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    unchanged: int = 0
    present: int = 0  # people present today in the companies that somebody leaves

    @property
    def is_faultless(self) -> bool:
        return self.reading.error_count == 0

    @property
    def writes_nothing(self) -> bool:
        return not any(self.differences.values())

    @property
    def leaving(self) -> int:
        return len(self.differences["left"])

    @property
    def needs_count(self) -> bool:
        """Above 5 % of the people concerned, whoever imports types the number of those leaving."""
        return self.leaving * 100 > self.present * NEEDS_COUNT_ABOVE

    @property
    def counts(self) -> dict[str, int]:
        return {kind: len(found) for kind, found in self.differences.items()} | {
            "unchanged": self.unchanged,
            "errors": self.reading.error_count,
            "departments": len(self.needed_departments()),
            "rows": self.reading.row_count,
        }

    def all(self) -> Iterator[Difference]:
        for kind in KINDS:
            yield from self.differences[kind]

    def needed_departments(self) -> list[NewDepartment]:
        """Planned departments, those above before those below."""
        return sorted(self.places.new, key=lambda department: department.depth)

    def plain(self, spot_or_fact: Any) -> Any:
        """A fact as JSON says it, the same on every day for the same directory."""
        return self.places.path_of(spot_or_fact) if isinstance(spot_or_fact, NewDepartment) else spot_or_fact

    def digest(self) -> str:
        """SHA-256 (hex) over everything that would be written: equal plans have equal digests."""
        digest = hashlib.sha256()
        for difference in self.all():
            facts = [self.plain(difference.after[field]) for field in FIELDS]
            before = None if difference.before is None else [difference.before[field] for field in FIELDS]
            line = [difference.kind, difference.pk, difference.number, before, facts]
            digest.update(json.dumps(line, cls=DjangoJSONEncoder, ensure_ascii=False).encode())
        for department in self.needed_departments():
            digest.update(f"{department.company_id} {self.places.path_of(department)}\n".encode())
        return digest.hexdigest()


def make_plan(table: CheckedFile, organisation: Organisation, *, on: date, complete: Company | None = None) -> Plan:
    """Read the file and compare it with the directory (four statements). Raises FileRefused."""
    places = Places(organisation)
    plan = Plan(read(table, places), places, on, complete)
    known = known_people(organisation)
    compare(plan, known)
    if complete is not None:
        add_absent(plan, known, complete)
    plan.present = present_where_somebody_leaves(plan, known)
    return plan


def known_people(organisation: Organisation) -> dict[str, Known]:
    """Everybody the directory has, by the key of the staff number."""
    people = Person.objects.filter(organisation=organisation).order_by("pk")
    rows = people.values_list("pk", "number", "merged_into__number", *FIELDS)
    return {
        key_of(number): Known(pk, number, dict(zip(FIELDS, facts, strict=True)), into)
        for pk, number, into, *facts in rows.iterator(chunk_size=5000)
    }


def compare(plan: Plan, known: dict[str, Known]) -> None:
    """Sort every entry of the file into new, changed, leaving, returning, unchanged."""
    without_zeros = {key.lstrip("0"): person.number for key, person in known.items() if key.startswith("0")}
    for entry in plan.reading.entries:
        person = known.get(key_of(entry.number))
        if person is None and (lost := lost_zeros(entry, without_zeros)):
            plan.reading.complain(entry.row, "number", entry.number, lost)
            continue
        if person is not None and person.merged_into:
            plan.reading.complain(entry.row, "number", entry.number, was_merged(person))
            continue
        before = person.facts if person else None
        after = facts_after(before, entry, on=plan.on)
        if after["joined_on"] and after["left_on"] and after["left_on"] < after["joined_on"]:
            sentence = _("The leave date lies before the joining date %(day)s.") % {
                "day": after["joined_on"].isoformat()
            }
            plan.reading.complain(entry.row, "left_on", after["left_on"], sentence)
        elif after == before:
            plan.unchanged += 1
        else:
            kind = kind_of(before, after, on=plan.on)
            number = person.number if person else entry.number
            difference = Difference(kind, entry.row, person.pk if person else None, number, before, after)
            plan.differences[kind].append(difference)
    plan.reading.errors.sort(key=lambda error: error.row)


def was_merged(person: Known) -> str:
    """A row of somebody whose second entry was merged: the list still has the number that is no longer used."""
    return _(
        "The entry with this number was merged into %(number)s. Write %(number)s instead, or take the row out."
    ) % {"number": person.merged_into}


def lost_zeros(entry: Entry, without_zeros: dict[str, str]) -> str:
    """A sentence when Excel seems to have eaten the zeros in front of a known number."""
    full = without_zeros.get(key_of(entry.number))
    if full is None or not entry.number.isdigit():
        return ""
    return _("Known is %(number)s: Excel removed the zeros in front. Format the column as text.") % {"number": full}


def facts_after(before: Facts | None, entry: Entry, *, on: date) -> dict[str, Any]:
    """What the person will be: the file's columns over what is known. Who has left and is listed again, returns."""
    after = dict(before or NOBODY) | entry.facts
    if "left_on" not in entry.facts and before is not None and has_left(before, on=on):
        after["left_on"] = None
    moved = before is not None and before["company_id"] != entry.company.pk
    after["company_id"] = entry.company.pk
    if entry.places_department or moved:
        after["department_id"] = key_of_spot(entry.spot)
    return after


def key_of_spot(spot: Spot | None) -> Any:
    return spot if spot is None or isinstance(spot, NewDepartment) else spot.pk


def kind_of(before: Facts | None, after: Facts, *, on: date) -> str:
    if before is None:
        return "added"
    if after["left_on"] is not None and after["left_on"] != before["left_on"]:
        return "left"
    if after["left_on"] is None and has_left(before, on=on):
        return "returned"
    return "changed"


def add_absent(plan: Plan, known: dict[str, Known], complete: Company) -> None:
    """Whoever is present in the company and absent from its complete list leaves as of today."""
    for key, person in known.items():
        facts = person.facts
        if facts["company_id"] != complete.pk or key in plan.reading.numbers or not is_present(facts, on=plan.on):
            continue
        if facts["left_on"] == plan.on:
            continue
        after = dict(facts) | {"left_on": plan.on}
        plan.differences["left"].append(Difference("left", None, person.pk, person.number, facts, after))


def is_present(facts: Facts, *, on: date) -> bool:
    return (facts["joined_on"] is None or facts["joined_on"] <= on) and not has_left(facts, on=on)


def present_where_somebody_leaves(plan: Plan, known: dict[str, Known]) -> int:
    """How many people the companies have today from which somebody leaves."""
    companies = {difference.before["company_id"] for difference in plan.differences["left"]}
    return sum(
        person.facts["company_id"] in companies and is_present(person.facts, on=plan.on) for person in known.values()
    )
