"""Running a job: one worker has it, and what comes of it is said in a sentence."""

import logging
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from governance.files.actions import attach

from ..models import Job
from ..progress import JobLost, Progress
from ..registry import JobRefused, kind_of

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 3


def run(job_id: int, *, now: datetime) -> bool:
    """Claim the job and do its work in the language of who started it; says whether this worker had it.

    A refusal is final. An error puts the job back in the queue, after the third time it has failed. Raises nothing
    that the work raised.
    """
    job = claim(job_id, now=now)
    if job is None:
        return False
    progress = Progress(job)
    with translation.override(job.started_by.language):
        try:
            result = kind_of(job).run(job, progress) or {}
        except JobRefused as refused:
            end(job, Job.State.FAILED, progress, complaint=str(refused.sentence))
        except JobLost:
            log.warning("job %s went to another worker", job.pk)
        except Exception:
            log.exception("job %s (%s) failed, attempt %s", job.pk, job.kind, job.attempts)
            give_back(job, progress)
        else:
            end(job, Job.State.DONE, progress, result=result)
    return True


def claim(job_id: int, *, now: datetime) -> Job | None:
    """Take a queued job by compare-and-swap; None when somebody else has it or it has ended."""
    with transaction.atomic():
        job = Job.objects.select_related("started_by", "organisation", "input").filter(pk=job_id).first()
        if job is None or job.state != Job.State.QUEUED:
            return None
        taken = Job.objects.filter(pk=job.pk, state=Job.State.QUEUED, attempts=job.attempts)
        job.attempts += 1
        fields = {"state": Job.State.RUNNING, "attempts": job.attempts, "heartbeat_at": now}
        if not taken.update(**fields, done_count=0):
            return None
    job.state, job.heartbeat_at, job.done_count = Job.State.RUNNING, now, 0
    return job


def end(job: Job, state: str, progress: Progress, **fields: Any) -> bool:
    """Write how the job ended, unless another worker has it."""
    with transaction.atomic():
        mine = Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, attempts=job.attempts)
        if not mine.update(state=state, ended_at=progress.clock(), output_id=job.output_id, **fields):
            return False
        if job.output is not None:
            attach(job.output, job, "output")
    return True


def give_back(job: Job, progress: Progress) -> None:
    """After an error: into the queue again, or failed for good."""
    if job.attempts >= MOST_ATTEMPTS:
        end(job, Job.State.FAILED, progress, complaint=gave_up())
        return
    mine = Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, attempts=job.attempts)
    mine.update(state=Job.State.QUEUED, heartbeat_at=progress.clock())


def gave_up() -> str:
    return _(
        "This did not work, tried three times. What went wrong is in the log; tell whoever looks after the portal."
    )
