"""What the schedule calls."""

from datetime import datetime

from . import actions
from .actions import taking_over


def sweep(*, now: datetime) -> int:
    """Remind, escalate, let lapse; returns how many messages were written."""
    return actions.sweep(now=now)


def tell_beginners(*, now: datetime) -> int:
    """Who begins to hold an office today hears what waits for it; returns how many begin."""
    return taking_over.tell_beginners(now=now)
