"""What the schedule asks of the directory."""

from datetime import datetime

from .actions.merging import follow


def follow_merged(*, now: datetime) -> int:
    """Let what was written about merged entries meanwhile follow them; returns how many rows moved."""
    return follow(now=now)
