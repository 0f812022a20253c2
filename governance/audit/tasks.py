"""What the schedule asks of the operations log."""

import logging
from datetime import datetime

from .actions import seal_events
from .queries import flaws

logger = logging.getLogger(__name__)
AT_A_TIME = 5000


def seal(*, now: datetime) -> int:
    """Seal every event that has no seal yet, in rounds of a bounded size; returns how many."""
    total = 0
    while sealed := seal_events(now=now, at_most=AT_A_TIME):
        total += sealed
    return total


def verify(*, now: datetime) -> int:
    """Read the whole chain and complain loudly about each flaw; returns how many there are."""
    count = 0
    for flaw in flaws(now=now):
        count += 1
        logger.error("The operations log was changed: event %s was %s.", flaw.event_id, flaw.what)
    return count
