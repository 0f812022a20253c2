"""A list as a workbook, made in the background: row by row, so that memory stays flat, and without formulas."""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import xlsxwriter
from django.core.files.base import File
from django.utils.translation import gettext as _
from xlsxwriter.worksheet import Worksheet

from governance.files.actions import store
from governance.files.kinds import Kind
from governance.jobs.models import Job
from governance.jobs.progress import Progress
from governance.jobs.registry import JobRefused

FORMULA = ("=", "+", "-", "@", "\t", "\r")

Cell = str | int | date | datetime | None


@dataclass(frozen=True)
class Sheet:
    """The one sheet of the workbook: its name, and for each column the heading and the width in characters."""

    name: str
    headings: list[str]
    widths: tuple[int, ...]


def check_still_here(job: Job, *, on: date) -> None:
    """Who has left since asking gets no list any more. Raises JobRefused."""
    person = getattr(job.started_by, "person", None)
    if person is not None and not person.is_present(on=on):
        raise JobRefused(_("Who has left the company gets no lists any more."))


def keep_workbook(
    job: Job, name: str, sheet: Sheet, lines: Iterator[list[Cell]], progress: Progress, total: int, *, now: datetime
) -> int:
    """Write the workbook and keep it as the job's output; returns how many lines it has."""
    return keep_written(job, name, lambda path: write_workbook(path, sheet, lines, progress, total), now=now)


def keep_written(job: Job, name: str, write: Callable[[Path], int], *, now: datetime) -> int:
    """Let `write` fill a workbook at the path it is given, and keep that; returns what `write` returns."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.xlsx"
        written = write(path)
        with path.open("rb") as handle:
            job.output = store(
                File(handle, name=name),
                organisation=job.organisation,
                by=job.started_by,
                now=now,
                allowed=frozenset({Kind.XLSX}),
            )
    return written


def write_workbook(path: Path, sheet: Sheet, lines: Iterator[list[Cell]], progress: Progress, total: int) -> int:
    """The headings, which stay in sight, and the lines; returns how many."""
    written = 0
    with xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_formulas": False}) as workbook:
        formats = {
            "heading": workbook.add_format({"bold": True, "bottom": 1}),
            "day": workbook.add_format({"num_format": "yyyy-mm-dd"}),
            "moment": workbook.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
            "literal": workbook.add_format({"quote_prefix": True}),
        }
        page = workbook.add_worksheet(sheet.name)
        for column, (heading, width) in enumerate(zip(sheet.headings, sheet.widths, strict=True)):
            page.set_column(column, column, width)
            page.write_string(0, column, heading, formats["heading"])
        page.freeze_panes(1, 1)
        for written, line in enumerate(lines, start=1):
            for column, value in enumerate(line):
                write_cell(page, written, column, value, formats)
            progress(written, total)
    return written


def write_cell(page: Worksheet, row: int, column: int, value: Cell, formats: dict) -> None:
    """Text is written as text: what looks like a formula stays words, in this sheet and when it is saved as another."""
    if isinstance(value, datetime):
        page.write_datetime(row, column, value.replace(tzinfo=None), formats["moment"])
    elif isinstance(value, date):
        page.write_datetime(row, column, datetime(value.year, value.month, value.day), formats["day"])
    elif isinstance(value, int):
        page.write_number(row, column, value)
    elif value:
        page.write_string(row, column, value, formats["literal"] if value.startswith(FORMULA) else None)
