"""What the schedule calls."""

from datetime import datetime

from . import actions


def sweep(*, now: datetime) -> int:
    """Remind, escalate, let lapse; returns how many messages were written."""
    return actions.sweep(now=now)
