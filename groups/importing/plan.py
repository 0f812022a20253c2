"""What a list of existing groups would register today, what it leaves to a person to choose, and what is wrong."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from governance.accounts.models import Organisation
from governance.directory.importing import cells
from governance.directory.importing.cells import CellFault
from governance.directory.importing.places import Places
from governance.directory.importing.sentences import listed
from governance.directory.models import Company, Person
from governance.directory.names import fold

from ..models import ExistingGroup, Group, GroupsImport, GroupType
from .headings import LABELS

ROLES = ("admin", "owner")
NOBODY = "nobody"
FOR_ALL = "type-all"
Choices = Mapping[str, str]


@dataclass
class Match:
    """Whom a cell means: the one person it can only mean, else those among whom somebody has to choose. `lost` says
    why it means nobody: an open point of the group, and no fault of the list."""

    words: str = ""
    person: Person | None = None
    candidates: list[Person] = field(default_factory=list)
    chosen: bool = False  # a choice was made, be it for nobody
    lost: str = ""

    @property
    def is_open(self) -> bool:
        return bool(self.candidates) and not self.chosen


@dataclass
class Line:
    """One group of the list. `needs_type`: the list names no type that the regulation knows, HR chooses, now or later.
    `name_open`: a group of another company bears the name already."""

    facts: dict[str, Any]
    company: Company
    type: GroupType | None
    needs_type: bool
    admin: Match
    owner: Match
    name_open: bool = False

    @property
    def row(self) -> int:
        return self.facts["row"]

    @property
    def created_on(self) -> date | None:
        return date.fromisoformat(self.facts["created_on"]) if self.facts["created_on"] else None

    @property
    def has_choices(self) -> bool:
        return self.needs_type or bool(self.admin.candidates) or bool(self.owner.candidates)

    @property
    def is_open(self) -> bool:
        return self.admin.is_open or self.owner.is_open

    @property
    def enters_register(self) -> bool:
        """Whether confirming registers it; else it waits among the open points for its type or its name."""
        return self.type is not None and not self.name_open


@dataclass
class Plan:
    """`new` is entered by confirming; `known` was entered before and stays as it is."""

    types: list[GroupType]
    new: list[Line] = field(default_factory=list)
    known: list[dict[str, Any]] = field(default_factory=list)
    faults: list[dict[str, Any]] = field(default_factory=list)
    fault_count: int = 0

    @property
    def to_choose(self) -> list[Line]:
        return [line for line in self.new if line.has_choices]

    @property
    def open_count(self) -> int:
        return sum(line.is_open for line in self.new)

    @property
    def without_admin(self) -> int:
        return sum(line.admin.person is None and not line.admin.candidates for line in self.new)

    @property
    def without_type(self) -> int:
        return sum(line.type is None for line in self.new)

    @property
    def names_open(self) -> int:
        return sum(line.name_open for line in self.new)

    def digest(self) -> str:
        """Names what was shown: the same digest, the same groups, people and open choices."""
        shown = [
            [
                line.facts,
                line.company.pk,
                line.name_open,
                None if line.needs_type else line.type.pk,
                [
                    sorted(person.pk for person in match.candidates) or (match.person and match.person.pk)
                    for match in (line.admin, line.owner)
                ],
            ]
            for line in self.new
        ]
        text = json.dumps([shown, self.known, self.fault_count], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


def make_plan(groups_import: GroupsImport, *, on: date, choices: Choices | None = None) -> Plan:
    """The list against today's register, directory and regulation: a fixed number of statements.

    `choices` are what a person chose on the page: `type-12`, `admin-12`, `owner-12` by row, `type-all` for the rows
    left without a type; keys of rows, or `nobody`.
    """
    organisation, choices = groups_import.organisation, choices or {}
    rows = groups_import.rows
    places = Places(organisation)
    types = list(GroupType.objects.filter(organisation=organisation, retired=False).select_related("regulation"))
    plan = Plan(types, faults=list(groups_import.faults), fault_count=groups_import.fault_count)
    known = Known(organisation, rows)
    people = People(organisation, rows, on=on)
    by_type = {fold(name): found for found in types for name in (found.name, found.name_en, found.code) if name}
    for row in rows:
        company = attempt(plan, row, lambda row=row: company_of(row["company"], places))
        if company is None or is_twice(plan, row, company, known):
            continue
        if known.is_there(row["name"], company):
            plan.known.append(row)
            continue
        said = by_type.get(fold(row["type"]))
        chosen = said or chosen_type(types, choices.get(f"type-{row['row']}") or choices.get(FOR_ALL, ""))
        matches = {role: people.match(row[role]) for role in ROLES}
        for role, match in matches.items():
            choose(match, choices.get(f"{role}-{row['row']}", ""))
        plan.new.append(Line(row, company, chosen, said is None, name_open=known.take(row, company), **matches))
    plan.faults.sort(key=lambda fault: fault["row"])
    return plan


class Known:
    """The names that are known: of the register, of earlier lists, and further up in this one.

    A name in the same company is the same group. In another company it is another group, which needs another name.
    """

    def __init__(self, organisation: Organisation, rows: Iterable[dict[str, Any]]) -> None:
        folded = {fold(row["name"]) for row in rows}
        here = {"organisation": organisation, "name_folded__in": folded}
        groups = Group.objects.open().filter(**here).order_by().values_list("name_folded", "company_id")
        listed = ExistingGroup.objects.filter(**here).order_by().values_list("name_folded", "company_id", "state")
        self.there = {(name, company) for name, company, _state in listed} | set(groups)
        waiting = {name for name, _company, state in listed if state == ExistingGroup.State.LISTED}
        self.taken = waiting | {name for name, _company in groups}
        self.rows: dict[tuple[str, int], int] = {}

    def is_there(self, name: str, company: Company) -> bool:
        return (fold(name), company.pk) in self.there

    def row_of(self, row: dict[str, Any], company: Company) -> int:
        """The first row of the list with that name and company."""
        return self.rows.setdefault((fold(row["name"]), company.pk), row["row"])

    def take(self, row: dict[str, Any], company: Company) -> bool:
        """Whether the name was taken before; it is from now on."""
        before = fold(row["name"]) in self.taken
        self.taken.add(fold(row["name"]))
        return before


def is_twice(plan: Plan, row: dict[str, Any], company: Company, known: Known) -> bool:
    """Whether the list has the group twice, which is a fault."""
    first = known.row_of(row, company)
    if first != row["row"]:
        complain(plan, row, "name", _("The same name stands in row %(row)s already.") % {"row": first})
    return first != row["row"]


def attempt(plan: Plan, row: dict[str, Any], find: Any) -> Any:
    """The company that is meant; a fault of the plan when there is none."""
    try:
        return find()
    except CellFault as fault:
        complain(plan, row, "company", fault.sentence)
        return None


def complain(plan: Plan, row: dict[str, Any], column: str, sentence: str) -> None:
    plan.fault_count += 1
    plan.faults.append({"row": row["row"], "column": str(LABELS[column]), "value": row[column], "sentence": sentence})


def company_of(name: str, places: Places) -> Company:
    """The company named, or the organisation's only one."""
    if not name and len(places.companies) == 1:
        return places.companies[0]
    if not name:
        raise CellFault(
            _("Nothing stands here. Write one of: %(companies)s.")
            % {"companies": listed(company.name for company in places.companies)}
        )
    return places.company(name)


def chosen_type(types: list[GroupType], key: str) -> GroupType | None:
    return next((found for found in types if str(found.pk) == key), None)


def choose(match: Match, key: str) -> None:
    """Take the choice over, if it is one of those offered."""
    picked = next((person for person in match.candidates if str(person.pk) == key), None)
    match.person, match.chosen = picked or match.person, picked is not None or key == NOBODY


class People:
    """The people a list may mean, by staff number and by name, read in one statement."""

    def __init__(self, organisation: Organisation, rows: Iterable[dict[str, Any]], *, on: date) -> None:
        self.on = on
        said = {row[role] for row in rows for role in ROLES} - {""}
        clean = said | {name for words in said if (name := as_name(words))}
        names = {form for name in clean for form in (name, name.upper(), name.lower(), name.title())}
        numbers = said | {words.upper() for words in said} | {words.lower() for words in said}
        self.by_number: dict[str, Person] = {}
        self.by_name: dict[str, list[Person]] = defaultdict(list)
        wanted = Q(name__in=names) | Q(number__in=numbers)
        people = Person.objects.of_organisation(organisation.pk).for_display().filter(wanted).order_by("pk")
        for person in people if said else ():
            self.by_number[person.number.casefold()] = person
            self.by_name[fold(person.name)].append(person)

    def match(self, words: str) -> Match:
        """By number, else by name. Two of one name are never told apart by themselves: they are candidates."""
        if not words:
            return Match()
        numbered = self.by_number.get(words.casefold())
        called = [numbered] if numbered is not None else self.by_name.get(fold(words), [])
        if not called:
            return Match(words, lost=_("Nobody of this name or staff number is known."))
        present = [person for person in called if person.is_present(on=self.on)]
        if not present:
            return Match(words, lost=_("%(name)s does not work here any more.") % {"name": called[0].name})
        return Match(words, person=present[0]) if len(present) == 1 else Match(words, candidates=present)


def as_name(words: str) -> str:
    try:
        return cells.personal_name(words)
    except CellFault:
        return ""
