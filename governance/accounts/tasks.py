"""What the schedule calls."""

from datetime import datetime

from . import actions


def purge(*, now: datetime) -> int:
    """Forget old sign-ins; returns how many."""
    return actions.purge_sign_ins(now=now)
