"""What the schedule calls."""

from celery import shared_task
from django.utils import timezone

from . import actions


@shared_task(name="governance.files.tasks.purge", ignore_result=True)
def purge() -> None:
    """Every night: remove files that hang on nothing and leftovers of broken uploads."""
    now = timezone.now()
    actions.purge_orphans(now=now)
    actions.purge_temporary(now=now)
