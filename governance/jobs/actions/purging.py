"""Clearing away: what was read in or written out is personal data and is not kept for ever."""

from datetime import datetime, timedelta

from django.db import transaction

from governance.files.actions import detach, remove

from ..models import Job

FILES_KEPT = timedelta(days=30)


def purge_finished(*, now: datetime) -> int:
    """Remove the files of jobs that ended 30 days ago; the row stays. Returns how many jobs lost their files."""
    old = Job.objects.filter(ended_at__lt=now - FILES_KEPT).exclude(input=None, output=None)
    purged = 0
    for job in old.select_related("input", "output").iterator(200):
        with transaction.atomic():
            Job.objects.filter(pk=job.pk).update(input=None, output=None)
            for stored in filter(None, (job.input, job.output)):
                detach(stored, job)
                if not stored.attachments.exists():
                    remove(stored, now=now)
        purged += 1
    return purged
