"""What the schedule calls."""

from celery import shared_task
from django.utils import timezone

from . import actions

BATCH = 200
MOST_BATCHES = 10


@shared_task(name="governance.notifications.tasks.deliver", ignore_result=True)
def deliver() -> None:
    """Every half minute: send what lies in the outbox. What is left after ten batches goes out the next time."""
    for _batch in range(MOST_BATCHES):
        if actions.deliver(now=timezone.now(), at_most=BATCH) < BATCH:
            break
