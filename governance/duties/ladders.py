"""Who is reminded when: the ladders of DESIGN.md section 4, Clocks, as data. Pure, no database.

A rung lies so many working days after the duty was opened, or before or after the day it is due. What a rung tells
goes into the day's digest, or, where it says so, as a message of its own.
"""

from dataclasses import dataclass
from datetime import date

from governance.calendar.rules import ONE_DAY, WorkingTime

HOLDER = "holder"  # whoever has the duty today
# The others are named by what they are to the matter; whoever opens a duty says which office or person that is.
NUDGING = "nudging"  # reminds executives on others' behalf (the regulation's `nudges`)
ABOVE = "above"  # the office above the one that is late
DESIGNATING = "designating"
SUPERVISING = "supervising"
ADMIN = "admin"
HR = "hr"

OPENED, DUE = "opened", "due"
MOVED = "holder-moved"  # no rung: the due date moved, because a calendar was edited


@dataclass(frozen=True)
class Rung:
    """`day`: working days after `since` (the opening or the due day; negative: before it), then every `every` days.

    `alone`: told in a message of its own, not in the digest.
    """

    to: str
    since: str
    day: int
    every: int = 0
    alone: bool = False

    @property
    def code(self) -> str:
        """Its name in the reminders: holder-opened-1, above-due-2, holder-due-before-3."""
        return f"{self.to}-{self.since}-{'before-' if self.day < 0 else ''}{abs(self.day)}"


AT_DUE_DAY = Rung(HOLDER, DUE, 0)
FROM_DUE_DAY = Rung(HOLDER, DUE, 0, every=1)

LADDERS: dict[str, tuple[Rung, ...]] = {
    "approval": (
        Rung(HOLDER, OPENED, 1),
        Rung(HOLDER, OPENED, 2),
        Rung(NUDGING, OPENED, 3, every=3, alone=True),
    ),
    "designation": (FROM_DUE_DAY, Rung(ABOVE, DUE, 2)),
    "acceptance": (FROM_DUE_DAY, Rung(DESIGNATING, DUE, 2)),
    "establishment": (FROM_DUE_DAY, Rung(DESIGNATING, DUE, 2)),
    "filing": (Rung(HOLDER, DUE, 1, every=1),),
    "opinion": (AT_DUE_DAY,),
    "passing_on": (AT_DUE_DAY,),
    "instruction": (Rung(HOLDER, DUE, 0, every=5), Rung(NUDGING, DUE, 5, every=5)),
    "answer": (FROM_DUE_DAY, Rung(ABOVE, DUE, 2)),
    "reset": (FROM_DUE_DAY,),
    "leaver": (AT_DUE_DAY, Rung(DESIGNATING, DUE, 1), Rung(HR, DUE, 2)),
    "admission": (AT_DUE_DAY, Rung(ADMIN, DUE, 1)),
    "nickname": (AT_DUE_DAY, Rung(ADMIN, DUE, 1)),
    "review": (
        Rung(HOLDER, DUE, -7),
        Rung(HOLDER, DUE, -3),
        Rung(HOLDER, DUE, -1),
        Rung(HOLDER, DUE, 0),
        Rung(HOLDER, DUE, 2, every=2),
        Rung(DESIGNATING, DUE, 5),
        Rung(SUPERVISING, DUE, 10),
    ),
    "existing": (Rung(HOLDER, OPENED, 5), Rung(HOLDER, DUE, 0, every=5), Rung(NUDGING, DUE, 2, every=5)),
    "amnesty": (Rung(HOLDER, DUE, -10), Rung(HOLDER, DUE, -5), Rung(HOLDER, DUE, -1), Rung(HOLDER, DUE, 0)),
    "case": (AT_DUE_DAY, Rung(ABOVE, DUE, 2)),
}


def reached(
    ladder: str, *, opened_on: date, due_on: date | None, today: date, working: WorkingTime
) -> list[tuple[Rung, date]]:
    """The rungs of a ladder that stand reached on a working day, each with the day on which it was.

    Of the rungs of one kind (same receiver, same manner) only the latest stands: what was missed in between (the
    server was down) is made up for once, without a burst. What was reached when the duty was opened is not told: the
    notice of the duty said it.
    """
    latest: dict[tuple[str, bool], tuple[Rung, date]] = {}
    for rung in LADDERS.get(ladder, ()):
        anchor = opened_on if rung.since == OPENED else due_on
        on = last_day(rung, anchor, today, working) if anchor is not None else None
        kind = (rung.to, rung.alone)
        if on is not None and on > opened_on and (kind not in latest or on > latest[kind][1]):
            latest[kind] = (rung, on)
    return list(latest.values())


def position_of(today: date, anchor: date, working: WorkingTime) -> int:
    """How many working days `today` lies after the anchor; negative before it."""
    if anchor <= today:
        return working.working_days_between(anchor, today)
    return -working.working_days_between(today, anchor)


def last_day(rung: Rung, anchor: date, today: date, working: WorkingTime) -> date | None:
    """The last day up to today on which the rung was reached; None before the first."""
    past = position_of(today, anchor, working) - rung.day
    if past < 0:
        return None
    return working.working_day_before(today, past % rung.every if rung.every else past)


def told_since(rung: Rung, on: date, opened_on: date, working: WorkingTime) -> date:
    """From which day on a telling counts as the one of `on`: an edited calendar moves the days of the rungs, and nobody
    is told twice because of it. What is told once is told once; what comes again is told once a turn."""
    return working.working_day_before(on, rung.every) + ONE_DAY if rung.every else opened_on


def rung_called(ladder: str, code: str) -> Rung | None:
    """The rung of that name; None for one that a later release no longer has."""
    return next((rung for rung in LADDERS.get(ladder, ()) if rung.code == code), None)
