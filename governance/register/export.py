"""The register as a workbook: the lines one may see and asked for, made in the background."""

import tempfile
from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice
from pathlib import Path

import xlsxwriter
from django.core.files.base import File
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from xlsxwriter.worksheet import Worksheet

from governance.calendar.queries import working_time
from governance.calendar.templatetags.when import organisation_zone
from governance.files.actions import store
from governance.files.kinds import Kind
from governance.jobs.models import Job
from governance.jobs.progress import Progress
from governance.jobs.registry import JobRefused

from .filters import Filters
from .queries import ORDER, lines_of, reader_of, rows_of, visible
from .rows import in_language

KIND = "register-export"
TITLE = gettext_lazy("The register as a workbook")
CHUNK = 2000
WIDTHS = (34, 18, 18, 12, 12, 14, 22, 8, 24, 24, 16)
FORMULA = ("=", "+", "-", "@", "\t", "\r")

Cell = str | int | date | None


def run(job: Job, progress: Progress) -> dict[str, int]:
    """Write what the person who asked may see now, with the filters asked for; who has left gets nothing."""
    now = progress.clock()
    on = working_time(job.organisation_id).local_day(now)
    person = getattr(job.started_by, "person", None)
    if person is not None and not person.is_present(on=on):
        raise JobRefused(_("Who has left the company gets no lists any more."))
    filters = Filters.read(job.arguments)
    groups = filters.applied(visible(job.started_by, on=on, ended=filters.shows_ended), on=on, now=now)
    total = groups.order_by().count()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "register.xlsx"
        written = write_workbook(path, cells_of(groups, job, on=on, now=now), progress, total)
        with path.open("rb") as handle:
            name = f"{_('Register of groups')} {on:%Y-%m-%d}.xlsx"
            job.output = store(
                File(handle, name=name),
                organisation=job.organisation,
                by=job.started_by,
                now=now,
                allowed=frozenset({Kind.XLSX}),
            )
    return {"groups": written}


def headings() -> list[str]:
    return [
        pgettext("register", "Name of the group"),
        pgettext("register", "Company"),
        pgettext("register", "Type"),
        pgettext("register", "Approved on"),
        pgettext("register", "Approved by"),
        pgettext("register", "Admin"),
        pgettext("register", "Designation"),
        pgettext("register", "Members"),
        pgettext("register", "Roster"),
        pgettext("register", "State"),
        pgettext("register", "Number of the filing"),
    ]


def cells_of(groups: models.QuerySet, job: Job, *, on: date, now: datetime) -> Iterator[list[Cell]]:
    """The lines in the register's order, read in chunks: two statements each, whatever the number of groups."""
    reader = reader_of(job.started_by, on=on, now=now)
    rows = rows_of(groups).order_by(*ORDER).iterator(chunk_size=CHUNK)
    while chunk := list(islice(rows, CHUNK)):
        for row, line in zip(chunk, lines_of(chunk, reader), strict=True):
            yield [
                row.name,
                row.company_name,
                line.type,
                row.approved_at.astimezone(organisation_zone()).date() if row.approved_at else None,
                in_language(row.approver or "", row.approver_en or ""),
                line.admin,
                line.admin_note,
                row.member_count,
                line.roster,
                line.state,
                row.filing_number or "",
            ]


def write_workbook(path: Path, lines: Iterator[list[Cell]], progress: Progress, total: int) -> int:
    """One sheet, row by row, so that memory stays flat; returns how many lines."""
    written = 0
    with xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_formulas": False}) as workbook:
        formats = {
            "heading": workbook.add_format({"bold": True, "bottom": 1}),
            "day": workbook.add_format({"num_format": "yyyy-mm-dd"}),
            "literal": workbook.add_format({"quote_prefix": True}),
        }
        sheet = workbook.add_worksheet(pgettext("sheet", "Register"))
        for column, (heading, width) in enumerate(zip(headings(), WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, heading, formats["heading"])
        sheet.freeze_panes(1, 1)
        for written, line in enumerate(lines, start=1):
            for column, value in enumerate(line):
                write_cell(sheet, written, column, value, formats)
            progress(written, total)
    return written


def write_cell(sheet: Worksheet, row: int, column: int, value: Cell, formats: dict) -> None:
    """Text is written as text: what looks like a formula stays words, in this sheet and when it is saved as another."""
    if isinstance(value, date):
        sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), formats["day"])
    elif isinstance(value, int):
        sheet.write_number(row, column, value)
    elif value:
        sheet.write_string(row, column, value, formats["literal"] if value.startswith(FORMULA) else None)
