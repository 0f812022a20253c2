"""The operations log as a workbook: the events one may read and asked for, made in the background."""

from collections.abc import Iterator
from datetime import date
from itertools import islice

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from governance.accounts.models import User
from governance.calendar.queries import working_time
from governance.calendar.templatetags.when import clause_words, organisation_zone
from governance.jobs.models import Job
from governance.jobs.progress import Progress
from governance.jobs.registry import JobRefused
from governance.register.workbooks import Cell, Sheet, check_still_here, keep_workbook

from .filters import Filters, narrowed
from .queries import ORDER, events_for, lines_of

KIND = "operations-log-export"
TITLE = gettext_lazy("The operations log as a workbook")
CHUNK = 2000
WIDTHS = (17, 14, 22, 60, 16, 40, 14)
MOST = 1_000_000  # a sheet holds 1,048,576 rows


def run(job: Job, progress: Progress) -> dict[str, int]:
    """Write what the person who asked may read now, with the filters asked for; who has left gets nothing."""
    now = progress.clock()
    on = working_time(job.organisation_id).local_day(now)
    check_still_here(job, on=on)
    condition = narrowed(Filters.read(job.arguments), job.organisation_id).condition
    events = events_for(job.started_by, on=on).filter(condition)
    total = events.order_by().count()
    if total > MOST:
        raise JobRefused(_("A sheet holds a million lines, and this is more. Choose a shorter time."))
    sheet = Sheet(pgettext("sheet", "Operations log"), headings(), WIDTHS)
    name = f"{_('Operations log')} {on:%Y-%m-%d}.xlsx"
    written = keep_workbook(job, name, sheet, cells_of(events, job.started_by, on=on), progress, total, now=now)
    return {"events": written}


def headings() -> list[str]:
    return [
        pgettext("operations log", "Time"),
        pgettext("operations log", "Who"),
        pgettext("operations log", "For the office"),
        pgettext("operations log", "What happened"),
        pgettext("operations log", "Kind"),
        pgettext("operations log", "About"),
        pgettext("operations log", "Article"),
    ]


def cells_of(events: models.QuerySet, user: User, *, on: date) -> Iterator[list[Cell]]:
    """The lines newest first, in chunks: three further statements each, whatever they are about."""
    rows = events.select_related("actor", "subject_type").order_by(*ORDER).iterator(chunk_size=CHUNK)
    while chunk := list(islice(rows, CHUNK)):
        for line in lines_of(chunk, user, on=on):
            at = line.at.astimezone(organisation_zone())
            article = clause_words(line.article) if line.article else ""
            yield [at, line.who, line.office, line.text, str(line.subject.kind), line.subject.name, article]
