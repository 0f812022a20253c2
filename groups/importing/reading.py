"""A list of existing groups read: every cell cleaned, every fault with its row, its column and what to do."""

import unicodedata
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from governance.directory.importing import cells
from governance.directory.importing.cells import CellFault
from governance.directory.importing.entries import MOST_ERRORS, chained, first_rows, refuse_doubled
from governance.directory.importing.headings import Columns, best, recognise
from governance.directory.importing.sentences import listed
from governance.directory.importing.tables import Row, Sheet, sheets_of
from governance.directory.names import fold
from governance.files.kinds import FileRefused
from governance.files.rules import CheckedFile

from .headings import FIELDS, LABELS

MOST_GROUPS = 2000  # of one file
MOST_MEMBERS = 100_000
LONGEST_NAME = 100


def group_name(value: Any) -> str:
    found = cells.words(value, most=LONGEST_NAME)
    if not found:
        raise CellFault(_("Nothing stands here, or a formula that was never calculated."))
    if not fold(found):
        raise CellFault(_("This is not a name."))
    if len(fold(found)) > LONGEST_NAME:
        raise cells.too_long(fold(found), LONGEST_NAME)
    return found


def member_count(value: Any) -> int | None:
    """How many members: digits, with or without 人 behind them."""
    found = unicodedata.normalize("NFKC", cells.optional(value, most=20)).removesuffix("人").strip()
    if not found:
        return None
    if not (found.isascii() and found.isdigit()) or int(found) > MOST_MEMBERS:
        raise CellFault(_("This is no number of members. Write digits alone, such as 86."))
    return int(found)


def created_on(value: Any) -> str:
    day = cells.day(value)
    return day.isoformat() if day else ""


CLEANERS: dict[str, Callable[[Any], Any]] = {
    "name": group_name,
    "type": lambda value: cells.optional(value, most=100),
    "company": lambda value: cells.optional(value, most=100),
    "owner": lambda value: cells.optional(value, most=50),
    "admin": lambda value: cells.optional(value, most=50),
    "members": member_count,
    "created_on": created_on,
    "purpose": lambda value: cells.optional(value, most=500),
}
EMPTY = {"members": None}


@dataclass
class Reading:
    """What a file says. `rows` are plain JSON, one per group, with the row number that Excel shows."""

    columns: Columns
    rows: list[dict[str, Any]] = field(default_factory=list)
    faults: list[dict[str, Any]] = field(default_factory=list)
    fault_count: int = 0
    row_count: int = 0

    def complain(self, row: int, column: str, value: Any, sentence: str) -> None:
        self.fault_count += 1
        if len(self.faults) < MOST_ERRORS:
            shown = "" if value is None else str(value).strip()[:80]
            heading = self.columns.named.get(column) or str(LABELS[column])
            self.faults.append({"row": row, "column": heading, "value": shown, "sentence": sentence})


def read(table: CheckedFile) -> Reading:
    """Every group of the file. Raises FileRefused when it is no list of groups, or too long a one."""
    with closing(sheets_of(table)) as sheets:
        columns, rows = found_table(sheets)
        reading = Reading(columns)
        for row, values in rows:
            reading.row_count += 1
            if reading.row_count > MOST_GROUPS:
                raise FileRefused(_("The file has more than 2,000 groups. Split it by company."))
            read_row(reading, row, values)
    if not reading.row_count:
        raise FileRefused(_("Below the headings the table is empty."))
    return reading


def found_table(sheets: Iterable[Sheet]) -> tuple[Columns, Iterable[Row]]:
    """The first sheet with a column for the group's name, and its rows below the headings."""
    nearest: Columns | None = None
    for sheet in sheets:
        head = first_rows(sheet)
        columns = best(recognise(row, values, FIELDS) for row, values in head)
        if columns is not None and not columns.missing(["name"]):
            refuse_doubled(columns)
            return columns, chained([(row, values) for row, values in head if row > columns.row], sheet)
        nearest = best(filter(None, (nearest, columns)))
    if nearest is None:
        raise FileRefused(_("The file holds no table."))
    raise FileRefused(
        _("The table has no column for: %(missing)s. Its headings are: %(found)s.")
        % {"missing": LABELS["name"], "found": listed([*nearest.named.values(), *nearest.ignored][:20])}
    )


def read_row(reading: Reading, row: int, values: list[Any]) -> None:
    """One row into a group, or into complaints."""
    before, facts = reading.fault_count, {"row": row}
    for column, clean in CLEANERS.items():
        index = reading.columns.at.get(column)
        value = values[index] if index is not None and index < len(values) else None
        try:
            facts[column] = EMPTY.get(column, "") if index is None and column != "name" else clean(value)
        except CellFault as fault:
            reading.complain(row, column, value, fault.sentence)
    if reading.fault_count == before:
        reading.rows.append(facts)
