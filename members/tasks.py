"""What the schedule calls."""

from datetime import datetime

from .actions import reconciling


def reconcile_rosters(*, now: datetime) -> int:
    """Changes of the directory become roster orders; returns how many were opened or cancelled."""
    return reconciling.reconcile_rosters(now=now)
