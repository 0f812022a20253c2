"""Starting long work: a row first, a message to a worker after; the row alone is enough."""

import logging
from datetime import datetime
from typing import Any

from celery import current_app
from django.db import transaction

from governance.accounts.models import User
from governance.files.actions import attach
from governance.files.models import StoredFile

from ..models import Job

log = logging.getLogger(__name__)

TASK = "governance.jobs.tasks.run_job_row"


@transaction.atomic
def start(
    kind: str,
    *,
    by: User,
    now: datetime,
    arguments: dict[str, Any] | None = None,
    input: StoredFile | None = None,
) -> Job:
    """Write the job and, once the transaction has gone through, ask a worker to take it.

    Whoever calls this has checked that `by` may. `arguments` are plain JSON. Without a broker the person notices
    nothing: the next tick finds the row.
    """
    job = Job.objects.create(
        organisation_id=by.organisation_id,
        kind=kind,
        arguments=arguments or {},
        input=input,
        started_by=by,
        created_at=now,
    )
    if input is not None:
        attach(input, job, "input")
    transaction.on_commit(lambda: send(job.pk), robust=True)
    return job


def send(job_id: int) -> bool:
    """Ask a worker to run the job; says whether the broker took the message."""
    try:
        current_app.signature(TASK, args=[job_id]).apply_async(retry=False)
    except Exception as error:
        log.warning("job %s not sent (%s); the next tick finds it", job_id, type(error).__name__)
        return False
    return True
