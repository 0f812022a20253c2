"""What the schedule calls."""

from datetime import datetime

from . import actions


def purge(*, now: datetime) -> int:
    """Remove files that hang on nothing and leftovers of broken uploads; returns how many."""
    return actions.purge_orphans(now=now) + actions.purge_temporary(now=now)
