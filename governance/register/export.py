"""The register as a workbook: the lines one may see and asked for, made in the background."""

from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from governance.calendar.queries import working_time
from governance.calendar.templatetags.when import organisation_zone
from governance.jobs.models import Job
from governance.jobs.progress import Progress

from .filters import Filters
from .queries import ORDER, lines_of, reader_of, rows_of, visible
from .rows import in_language
from .workbooks import Cell, Sheet, check_still_here, keep_workbook

KIND = "register-export"
TITLE = gettext_lazy("The register as a workbook")
CHUNK = 2000
WIDTHS = (34, 18, 18, 12, 12, 14, 22, 8, 24, 24, 16)


def run(job: Job, progress: Progress) -> dict[str, int]:
    """Write what the person who asked may see now, with the filters asked for; who has left gets nothing."""
    now = progress.clock()
    on = working_time(job.organisation_id).local_day(now)
    check_still_here(job, on=on)
    filters = Filters.read(job.arguments)
    groups = filters.applied(visible(job.started_by, on=on, ended=filters.shows_ended), on=on, now=now)
    sheet = Sheet(pgettext("sheet", "Register"), headings(), WIDTHS)
    name = f"{_('Register of groups')} {on:%Y-%m-%d}.xlsx"
    cells, total = cells_of(groups, job, on=on, now=now), groups.order_by().count()
    written = keep_workbook(job, name, sheet, cells, progress, total, now=now)
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
