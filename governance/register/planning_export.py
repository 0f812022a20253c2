"""The planning view as a workbook: everything found, a sheet for each kind."""

from collections.abc import Iterable
from pathlib import Path

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from governance.calendar.queries import working_time
from governance.calendar.templatetags.when import clause_words
from governance.jobs.models import Job
from governance.jobs.progress import Progress
from governance.jobs.registry import JobRefused
from governance.workflow import NotAllowed

from .planning import Planning, planning
from .workbooks import Cell, keep_written, write_cell

KIND = "planning-export"
TITLE = gettext_lazy("Planning of groups as a workbook")
WIDTH = 28


def run(job: Job, progress: Progress) -> dict[str, int]:
    """What the person who asked oversees now."""
    now = progress.clock()
    on = working_time(job.organisation_id).local_day(now)
    try:
        found = planning(job.started_by, on=on)
    except NotAllowed as refused:
        raise JobRefused(str(refused.reason))
    name = f"{_('Planning of groups')} {on:%Y-%m-%d}.xlsx"
    return {"lines": keep_written(job, name, lambda path: write_workbook(path, found), now=now)}


def write_workbook(path: Path, found: Planning) -> int:
    """Three sheets; returns how many lines."""
    group, company, kind = _("Name of the group"), _("Company"), pgettext("register", "Type")
    sheets: list[tuple[str, list[str], Iterable[list[Cell]]]] = [
        (
            pgettext("planning", "Missing"),
            [kind, company, _("Article"), _("Our reading"), _("Request under way")],
            ([one.type, one.company, clause_words(one.article), one.ours, one.request] for one in found.missing),
        ),
        (
            pgettext("planning", "There twice"),
            [kind, company, group],
            ([twins.type, twins.company, one.name] for twins in found.twins for one in twins.groups),
        ),
        (
            pgettext("planning", "Purpose or end"),
            [group, company, kind, _("What is lacking")],
            ([one.group.name, str(one.group.company), str(one.group.group_type), one.why] for one in found.lacking),
        ),
    ]
    written = 0
    with xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_formulas": False}) as workbook:
        formats = {
            "heading": workbook.add_format({"bold": True, "bottom": 1}),
            "day": workbook.add_format({"num_format": "yyyy-mm-dd"}),
            "literal": workbook.add_format({"quote_prefix": True}),
        }
        for title, headings, lines in sheets:
            sheet = workbook.add_worksheet(title)
            sheet.set_column(0, len(headings) - 1, WIDTH)
            for column, heading in enumerate(headings):
                sheet.write_string(0, column, heading, formats["heading"])
            sheet.freeze_panes(1, 0)
            for row, line in enumerate(lines, start=1):
                for column, value in enumerate(line):
                    write_cell(sheet, row, column, value, formats)
                written += 1
    return written
