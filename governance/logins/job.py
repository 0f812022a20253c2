"""Inviting many as long work: batch after batch, each kept; begun again after a crash it goes on where it stopped."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.directory.models import Invitation
from governance.jobs.models import Job
from governance.jobs.progress import Progress
from governance.jobs.registry import JobRefused
from governance.workflow import NotAllowed

from .actions.inviting import AT_ONCE, invite_batch
from .queries.without_login import asked_for

MOST_REFUSED = 500  # named one by one; more are counted


def run(job: Job, progress: Progress) -> dict[str, Any]:
    """Make the links that are still to be made. The result says how many there are, and who got none and why."""
    now = progress.clock()
    pks = asked_for(job, now=now, on=timezone.localdate(now))
    refused: list[dict[str, Any]] = []
    progress(0, len(pks))
    for start in range(0, len(pks), AT_ONCE):
        batch = pks[start : start + AT_ONCE]
        try:
            refused += invite_batch(job, batch, now=progress.clock(), hold=progress.hold)
        except NotAllowed as barred:
            raise JobRefused(str(barred.reason))
        progress(start + len(batch), len(pks))
    made = Invitation.objects.filter(job=job).count()
    return {"made": made, "refused": refused[:MOST_REFUSED], "refused_count": len(refused)}


def link(job: Job) -> tuple[str, str]:
    return reverse("invitation_round", args=[job.uuid]), _("To the invitations")
