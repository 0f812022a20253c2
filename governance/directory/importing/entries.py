"""From rows to people: every cell cleaned, every fault collected with its row, column and what to do."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from governance.files.kinds import FileRefused
from governance.files.rules import CheckedFile

from ..models import Company
from ..names import fold
from . import cells
from .cells import CellFault
from .headings import LOOKED_THROUGH, Columns, best, label_of, recognise
from .places import Parents, Places, Spot
from .sentences import listed
from .tables import Row, Sheet, sheets_of

MOST_ERRORS = 200  # shown; the rest is counted
CLEANERS: dict[str, Callable[[Any], Any]] = {
    "employment_kind": cells.employment_kind,
    "post": lambda value: cells.optional(value, most=50),
    "function": lambda value: cells.optional(value, most=50),
    "email": cells.email,
    "phone": cells.phone,
    "wecom_id": lambda value: cells.optional(value, most=64),
    "joined_on": cells.day,
    "left_on": cells.day,
}
PATH_SIGNS = re.compile(r"[/／>＞\\＼→]")


@dataclass(frozen=True)
class RowError:
    """One fault: the row as Excel shows it, the column's heading, what stands there, and what to do."""

    row: int
    column: str
    value: str
    sentence: str


@dataclass(slots=True)
class Entry:
    """One person as the file has them. `facts` holds only what the file has a column for."""

    row: int
    number: str
    company: Company
    facts: dict[str, Any]
    parts: tuple[str, ...] = ()
    above: str = ""
    places_department: bool = False  # whether the file has a column for it
    spot: Spot | None = None


@dataclass
class Reading:
    """What a file says."""

    columns: Columns
    sheet: str
    entries: list[Entry] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)
    error_count: int = 0
    row_count: int = 0
    numbers: set[str] = field(default_factory=set)

    def complain(self, row: int, column: str, value: Any, sentence: str) -> None:
        self.error_count += 1
        if len(self.errors) < MOST_ERRORS:
            shown = "" if value is None else str(value).strip()[:80]
            self.errors.append(RowError(row, self.columns.heading(column), shown, sentence))


def key_of(number: str) -> str:
    """By which staff numbers are told apart."""
    return number.casefold()


def read(table: CheckedFile, places: Places) -> Reading:
    """Everybody in the file. Raises FileRefused when it is no list of people."""
    with closing(sheets_of(table)) as sheets:
        columns, name, rows = found_table(sheets, places)
        reading = Reading(columns, name)
        only = places.companies[0] if len(places.companies) == 1 else None
        first_seen: dict[str, int] = {}
        for row, values in rows:
            read_row(reading, row, values, places, only, first_seen)
    if not reading.row_count:
        raise FileRefused(_("Below the headings the table is empty."))
    settle_departments(reading, places)
    return reading


def found_table(sheets: Iterable[Sheet], places: Places) -> tuple[Columns, str, Iterable[Row]]:
    """The first sheet with the headings of a list of people, and its rows below them."""
    mandatory = ("number", "name") if len(places.companies) == 1 else ("number", "name", "company")
    nearest: Columns | None = None
    for sheet in sheets:
        head = first_rows(sheet)
        columns = best(recognise(row, values) for row, values in head)
        if columns is not None and not columns.missing(mandatory):
            refuse_doubled(columns)
            below = [(row, values) for row, values in head if row > columns.row]
            return columns, sheet.name, chained(below, sheet)
        nearest = best(filter(None, (nearest, columns)))
    raise no_table(nearest, mandatory)


def first_rows(sheet: Sheet) -> list[Row]:
    head = []
    for row in sheet.rows:
        head.append(row)
        if len(head) >= LOOKED_THROUGH:
            break
    return head


def chained(head: list[Row], sheet: Sheet) -> Iterable[Row]:
    yield from head
    yield from sheet.rows


def refuse_doubled(columns: Columns) -> None:
    if columns.twice:
        raise FileRefused(
            _("Two columns hold the same: %(headings)s. Remove one or give it another heading.")
            % {"headings": listed(columns.twice)}
        )


def no_table(nearest: Columns | None, mandatory: Iterable[str]) -> FileRefused:
    """What a list of people lacks, as a sentence."""
    if nearest is None:
        return FileRefused(_("The file holds no table."))
    missing = listed(label_of(column) for column in nearest.missing(mandatory))
    found = listed([*nearest.named.values(), *nearest.ignored][:20])
    return FileRefused(
        _("The table has no column for: %(missing)s. Its headings are: %(found)s.")
        % {"missing": missing, "found": found}
    )


def read_row(
    reading: Reading, row: int, values: list[Any], places: Places, only: Company | None, first_seen: dict[str, int]
) -> None:
    """One row into an entry, or into complaints."""
    before = reading.error_count
    reading.row_count += 1

    def cell(column: str) -> Any:
        index = reading.columns.at.get(column)
        return values[index] if index is not None and index < len(values) else None

    def cleaned(column: str, clean: Callable[[Any], Any]) -> Any:
        try:
            return clean(cell(column))
        except CellFault as fault:
            reading.complain(row, column, cell(column), fault.sentence)
            return None

    number = cleaned("number", cells.staff_number)
    if number is not None:
        reading.numbers.add(key_of(number))
        if (first := first_seen.setdefault(key_of(number), row)) != row:
            reading.complain(
                row, "number", number, _("The same staff number stands in row %(row)s already.") % {"row": first}
            )
    facts: dict[str, Any] = {"name": cleaned("name", cells.personal_name)}
    company = only if only and "company" not in reading.columns.at else cleaned("company", company_in(places))
    for column, clean in CLEANERS.items():
        if column in reading.columns.at:
            facts[column] = cleaned(column, clean)
    if not facts.get("employment_kind"):
        facts.pop("employment_kind", None)
    parts = cleaned("department", path) or ()
    parts += cleaned("sub_department", path) or ()
    above = cleaned("parent_department", lambda value: cells.optional(value, most=100)) or ""
    if reading.error_count == before:
        places_department = not reading.columns.at.keys().isdisjoint(("department", "sub_department"))
        reading.entries.append(Entry(row, number, company, facts, parts, above, places_department))


def company_in(places: Places) -> Callable[[Any], Company]:
    def clean(value: Any) -> Company:
        name = cells.words(value, most=100)
        if not name:
            raise CellFault(_("Nothing stands here, or a formula that was never calculated."))
        return places.company(name)

    return clean


@cells.remembered
def path(value: Any) -> tuple[str, ...]:
    """营销部/策划组, or with other signs between."""
    found = cells.optional(value, most=400)
    parts = tuple(part.strip() for part in PATH_SIGNS.split(found) if part.strip())
    for part in parts:
        if len(part) > 100:
            raise cells.too_long(part, 100)
    return parts


def settle_departments(reading: Reading, places: Places) -> None:
    """Find or plan every entry's department: whole paths first, so that a name alone can mean one of them."""
    parents = parents_of(reading.entries)
    faulty: set[int] = set()
    for entry in sorted(reading.entries, key=lambda entry: (len(entry.parts) + bool(entry.above) < 2, entry.row)):
        try:
            chain = parents.chain(entry.company, entry.parts[0]) if entry.parts and parents.above else entry.parts[:1]
            if entry.above and entry.parts:
                chain = (*parents.chain(entry.company, entry.above), entry.parts[0])
            parts = places.without_company(entry.company, (*chain, *entry.parts[1:]))
            entry.spot = places.spot(entry.company, parts)
        except CellFault as fault:
            faulty.add(entry.row)
            reading.complain(entry.row, "department", "/".join(entry.parts), fault.sentence)
    reading.entries = [entry for entry in reading.entries if entry.row not in faulty]
    reading.errors.sort(key=lambda error: error.row)


def parents_of(entries: Iterable[Entry]) -> Parents:
    above: dict[tuple[int, str], dict[str, str]] = defaultdict(dict)
    for entry in entries:
        if entry.above and entry.parts:
            above[entry.company.pk, fold(entry.parts[0])][fold(entry.above)] = entry.above
    return Parents(dict(above))
