"""Reading jobs for their pages: one sees one's own."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from governance.accounts.models import User
from governance.files.queries import ShownFile, shown

from .models import Job
from .registry import kind_of

NOBODY_CAME = timedelta(minutes=1)
LISTED = 50
TONES = {Job.State.DONE: "ok", Job.State.FAILED: "late", Job.State.RUNNING: "next"}


@dataclass(frozen=True)
class ShownJob:
    """A job as its page and the list show it."""

    job: Job
    title: str | Promise
    tone: str
    sentence: str
    result_url: str
    result_label: str
    output: ShownFile | None

    @property
    def is_ended(self) -> bool:
        return self.job.ended_at is not None


def jobs_of(user: User) -> models.QuerySet[Job]:
    return Job.objects.filter(started_by=user).select_related("output")


def listed_jobs(user: User, *, now: datetime) -> list[ShownJob]:
    """The user's last fifty, newest first: one statement."""
    return [shown_job(job, now=now) for job in jobs_of(user)[:LISTED]]


def shown_job(job: Job, *, now: datetime) -> ShownJob:
    kind = kind_of(job)
    url, label = kind.link(job) if job.state == Job.State.DONE else ("", "")
    return ShownJob(
        job=job,
        title=kind.title,
        tone=TONES.get(job.state, "plain"),
        sentence=sentence_of(job, now=now),
        result_url=url,
        result_label=label or _("Look at the result"),
        output=shown(job.output) if job.output_id else None,
    )


def sentence_of(job: Job, *, now: datetime) -> str:
    """What is happening, said to the person who waits."""
    match job.state:
        case Job.State.DONE:
            return _("This is done.")
        case Job.State.FAILED:
            return job.complaint
        case Job.State.RUNNING if job.total_count:
            return _("{done} of {total} are done. You can leave this page; the work goes on.").format(
                done=job.done_count, total=job.total_count
            )
        case Job.State.RUNNING:
            return _("The work is under way. You can leave this page; it goes on.")
    if now - job.created_at > NOBODY_CAME:
        return _(
            "Nobody has taken this up for over a minute: the portal's background worker seems to be busy or down. "
            "Nothing is lost, the work starts as soon as it is back."
        )
    return _("This waits for its turn, usually a few seconds. You can leave this page.")
