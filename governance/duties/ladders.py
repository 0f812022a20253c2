"""Who is reminded when: the ladders of DESIGN.md section 4, Clocks, as data. Pure, no database.

A rung lies so many working days after the duty was opened, or before or after the day it is due. What a rung tells
goes into the day's digest, or, where it says so, as a message of its own.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from governance.calendar.rules import WorkingTime

HOLDER = "holder"  # whoever has the duty today
# The others are named by what they are to the matter; whoever opens a duty says which office or person that is.
NUDGING = "nudging"  # reminds executives on others' behalf (the regulation's `nudges`)
ABOVE = "above"  # the office above the one that is late
DESIGNATING = "designating"
SUPERVISING = "supervising"
ADMIN = "admin"
HR = "hr"

OPENED, DUE = "opened", "due"
NEVER = date.max  # the ladder has nothing more to say


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
    "case": (AT_DUE_DAY, Rung(ABOVE, DUE, 2)),
}


@dataclass(frozen=True)
class Climb:
    """The rungs reached, each with the working day on which it was, and the day on which to look again."""

    reached: tuple[tuple[Rung, date], ...]
    next_on: date


def climb(
    ladder: str, *, opened_on: date, due_on: date | None, since: date, today: date, working: WorkingTime
) -> Climb:
    """What a ladder says on a working day about a duty that was last looked at on the day `since`.

    Of several rungs missed in between (a holiday of the server) each receiver hears only the latest of a kind: a missed
    day is caught up once, without a burst. What was reached when the duty was opened is not told: the notice of the
    duty said it.
    """
    latest: dict[tuple[str, bool], tuple[Rung, date]] = {}
    next_on = NEVER
    for rung in LADDERS.get(ladder, ()):
        anchor = opened_on if rung.since == OPENED else due_on
        if anchor is None:
            continue
        position = position_of(today, anchor, working)
        next_on = min(next_on, next_day(rung, position, today, working))
        on = last_day(rung, position, today, working)
        kind = (rung.to, rung.alone)
        if on is not None and on > since and (kind not in latest or on > latest[kind][1]):
            latest[kind] = (rung, on)
    return Climb(tuple(latest.values()), next_on)


def position_of(today: date, anchor: date, working: WorkingTime) -> int:
    """How many working days `today` lies after the anchor; negative before it."""
    if anchor <= today:
        return working.working_days_between(anchor, today)
    return -working.working_days_between(today, anchor)


def last_day(rung: Rung, position: int, today: date, working: WorkingTime) -> date | None:
    """The last day up to today on which the rung was reached; None before the first."""
    past = position - rung.day
    if past < 0:
        return None
    return working.working_day_before(today, past % rung.every if rung.every else past)


def next_day(rung: Rung, position: int, today: date, working: WorkingTime) -> date:
    """The first day after today on which the rung will be reached; NEVER when it was for the last time."""
    ahead = rung.day - position
    if ahead <= 0:
        if not rung.every:
            return NEVER
        ahead = rung.every - (-ahead % rung.every)
    return working.working_day_after(today, ahead)


def rung_called(ladder: str, code: str) -> Rung | None:
    """The rung of that name; None for one that a later release no longer has."""
    return next((rung for rung in LADDERS.get(ladder, ()) if rung.code == code), None)


def roles_of(ladders: Iterable[str]) -> set[str]:
    """Whom these ladders tell besides the holder."""
    return {rung.to for ladder in ladders for rung in LADDERS.get(ladder, ())} - {HOLDER}
