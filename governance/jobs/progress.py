"""How far a running job is: saved now and then, which also shows that its worker lives."""

import time
from collections.abc import Callable
from datetime import datetime

from django.utils import timezone

from .models import Job

SAVED_EVERY = 1.0  # seconds


class JobLost(Exception):
    """The worker was taken for dead and another has the job now: this one must stop and write nothing."""


class Progress:
    """Given to a job's `run`: call it with how many are done of how many, at least once a minute."""

    def __init__(self, job: Job, *, clock: Callable[[], datetime] = timezone.now) -> None:
        self.job = job
        self.clock = clock
        self.saved_at = float("-inf")

    def __call__(self, done: int, total: int) -> None:
        """Save the counts, at most once a second and at the end. Raises JobLost when another worker has the job."""
        if done < total and time.monotonic() - self.saved_at < SAVED_EVERY:
            return
        self.save(done_count=done, total_count=total)

    def hold(self) -> None:
        """Call as the last statement of the job's own transaction: raises JobLost, which undoes it, when the job has
        gone to another worker meanwhile."""
        self.save()

    def save(self, **counts: int) -> None:
        mine = Job.objects.filter(pk=self.job.pk, state=Job.State.RUNNING, attempts=self.job.attempts)
        if not mine.update(heartbeat_at=self.clock(), **counts):
            raise JobLost(self.job.pk)
        self.saved_at = time.monotonic()
