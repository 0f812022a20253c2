"""Reading rosters and their orders."""

from .rosters import groups_of, roster_of, roster_rows

__all__ = ["groups_of", "roster_of", "roster_rows"]
