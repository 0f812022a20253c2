"""What the schedule calls."""

from datetime import datetime

from . import actions


def turn(*, now: datetime) -> int:
    """Let versions whose day has come take over; returns how many regulations were looked at."""
    return actions.turn(now=now)
