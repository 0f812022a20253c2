"""When a duty is due and when it lapses: pure, over a calendar held in memory."""

from dataclasses import dataclass
from datetime import datetime

from governance.calendar.rules import WorkingTime


@dataclass(frozen=True)
class Dates:
    """`provisional`: the due date rests on a year nobody has entered yet (暂定)."""

    due_at: datetime | None = None
    provisional: bool = False
    lapses_at: datetime | None = None


def dates_of(working: WorkingTime, opened_at: datetime, days: int | None, lapse_days: int | None) -> Dates:
    """The dates of a duty, so many working days after its opening; None for what it does not have."""
    due = working.due(opened_at, days) if days is not None else None
    return Dates(
        due_at=due.at if due else None,
        provisional=due.provisional if due else False,
        lapses_at=working.due(opened_at, lapse_days).at if lapse_days is not None else None,
    )
