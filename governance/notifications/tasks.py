"""What the schedule calls."""

from datetime import datetime

from . import actions

BATCH = 200
MOST_BATCHES = 10


def deliver(*, now: datetime) -> int:
    """Send what lies in the outbox; returns how many rows were taken in hand. The next run takes what is left."""
    taken = 0
    for _batch in range(MOST_BATCHES):
        in_batch = actions.deliver(now=now, at_most=BATCH)
        taken += in_batch
        if in_batch < BATCH:
            break
    return taken
