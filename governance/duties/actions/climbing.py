"""Which rungs of their ladders the open duties have reached, and who is to be told: rows, not messages yet."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice

from django.db import models

from governance.calendar.rules import WorkingTime
from governance.directory.models import Tenure

from ..ladders import HOLDER, Climb, Rung, climb
from ..models import Duty, Reminder
from .pairs import set_each

BATCH = 25_000

Times = dict[int | None, WorkingTime]
FIELDS = (
    "pk",
    "ladder",
    "office_id",
    "person_id",
    "person__left_on",
    "barred_id",
    "fallback_office_id",
    "tells",
    "calendar_id",
    "opened_at",
    "due_at",
    "climbed_on",
)


@dataclass
class Holding:
    """Who holds which office today."""

    people: dict[int, list[int]]

    def of(self, office_id: int | None) -> set[int]:
        return set(self.people.get(office_id, ()))


@dataclass
class Climbing:
    """One sweep of one organisation; remembers what it worked out, since thousands of duties share their days."""

    times: Times
    holding: Holding
    now: datetime
    known: dict[tuple, Climb] = field(default_factory=dict)

    def climbed(self, duty: dict) -> Climb:
        """The duty's climb up to today by its own calendar."""
        working = self.times[duty["calendar_id"]]
        opened_on = working.local_day(duty["opened_at"])
        due_on = working.local_day(duty["due_at"]) if duty["due_at"] else None
        since = duty["climbed_on"] or opened_on
        asked = (duty["ladder"], duty["calendar_id"], opened_on, due_on, since)
        if asked not in self.known:
            self.known[asked] = climb(
                duty["ladder"],
                opened_on=opened_on,
                due_on=due_on,
                since=since,
                today=working.local_day(self.now),
                working=working,
            )
        return self.known[asked]

    def reminders(self, duty: dict, reached: Iterable[tuple[Rung, date]]) -> Iterator[Reminder]:
        """A row for everybody whom a rung tells."""
        for rung, on in reached:
            for person_id in sorted(self.told(duty, rung)):
                yield Reminder(duty_id=duty["pk"], person_id=person_id, rung=rung.code, reached_on=on)

    def told(self, duty: dict, rung: Rung) -> set[int]:
        """Whom the rung tells; who has the duty himself is reminded of it and hears nothing from the side."""
        holders = self.holders(duty)
        if rung.to == HOLDER:
            return holders
        kind, _colon, key = duty["tells"].get(rung.to, "").partition(":")
        if kind == "person":
            return {int(key)} - holders
        if kind == "office":
            return (self.holding.of(int(key)) or self.holding.of(duty["fallback_office_id"])) - holders
        return set()

    def holders(self, duty: dict) -> set[int]:
        """Who can take the duty up today; whoever holds the fallback office where nobody can."""
        if duty["person_id"] is not None:
            left_on = duty["person__left_on"]
            found = {duty["person_id"]} if left_on is None or left_on >= self.today(duty) else set()
        else:
            found = self.holding.of(duty["office_id"]) - {duty["barred_id"]}
        return found or self.holding.of(duty["fallback_office_id"]) - {duty["barred_id"]}

    def today(self, duty: dict) -> date:
        return self.times[duty["calendar_id"]].local_day(self.now)


def climb_all(organisation_id: int, times: Times, *, now: datetime) -> int:
    """Write a reminder for every rung reached since the last look; returns how many. Only where it is working time.

    One statement finds the duties whose day has come; what they have reached is worked out in memory and written in
    batches. The rows are unique by duty, person, rung and day.
    """
    today = times[None].local_day(now)
    climbing = Climbing(times, holding_on(organisation_id, today), now)
    looked_at = (
        Duty.objects.open()
        .exclude(ladder="")
        .filter(in_working_time("calendar", times, now), organisation_id=organisation_id)
        .filter(models.Q(next_rung_on=None) | models.Q(next_rung_on__lte=today))
        .order_by("pk")
    )
    rows, written = (dict(zip(FIELDS, row, strict=True)) for row in looked_at.values_list(*FIELDS).iterator(2000)), 0
    while batch := list(islice(rows, BATCH)):
        written += climb_batch(batch, climbing)
    return written


def climb_batch(batch: list[dict], climbing: Climbing) -> int:
    climbed = [(duty, climbing.climbed(duty)) for duty in batch]
    reminders = [one for duty, found in climbed for one in climbing.reminders(duty, found.reached)]
    for start in range(0, len(reminders), BATCH):
        Reminder.objects.bulk_create(reminders[start : start + BATCH], ignore_conflicts=True)
    days = [(duty["pk"], climbing.today(duty), found.next_on) for duty, found in climbed]
    set_each(Duty, ["climbed_on", "next_rung_on"], days)
    return len(reminders)


def holding_on(organisation_id: int, on: date) -> Holding:
    """Everybody's offices in one statement."""
    people: dict[int, list[int]] = defaultdict(list)
    running = Tenure.objects.running(on=on).filter(organisation_id=organisation_id).order_by()
    for office_id, person_id in running.values_list("office_id", "person_id"):
        people[office_id].append(person_id)
    return Holding(people)


def in_working_time(calendar: str, times: Times, now: datetime) -> models.Q:
    """The condition: the calendar under that name (none: the default one) is in its working hours now."""
    working = [pk for pk, time in times.items() if pk is not None and time.is_open(now)]
    condition = models.Q(**{f"{calendar}__in": working})
    return condition | models.Q(**{calendar: None}) if times[None].is_open(now) else condition
