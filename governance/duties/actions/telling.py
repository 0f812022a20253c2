"""From reminders to messages: one digest a day for each reader, and what a rung tells by itself, in working time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models.functions import Cast, Concat

from governance.notifications.actions.digesting import Reader, digest_for, line, send_many
from governance.notifications.digests import Line, digest_key
from governance.notifications.models import Notice

from ..ladders import HOLDER, rung_called
from ..models import Duty, Reminder
from .climbing import Times, in_working_time
from .pairs import set_each

LINES_AT_ONCE = 25_000
OVERDUE = "duty-overdue"  # how others hear of a duty that is not theirs

FIELDS = {
    "pk": "pk",
    "person": "person_id",
    "email": "person__email",
    "language": "person__user__language",
    "rung": "rung",
    "duty": "duty_id",
    "ladder": "duty__ladder",
    "verb": "duty__verb",
    "title": "duty__title",
    "path": "duty__path",
    "due": "duty__due_at",
    "since": "duty__opened_at",
    "office": "duty__office__name",
    "office_en": "duty__office__name_en",
    "company": "duty__office__company__short_name",
    "company_name": "duty__office__company__name",
    "holder": "duty__person__name",
}


@dataclass
class Outbox:
    """Messages of one batch, each with the reminders that it tells."""

    organisation_id: int
    on: date
    now: datetime
    messages: list[tuple[Reader, Notice, list[int]]] = field(default_factory=list)
    lines: int = 0

    def add(self, reader: Reader, notice: Notice, reminders: list[int]) -> None:
        self.messages.append((reader, notice, reminders))
        self.lines += len(reminders)

    def flush(self) -> int:
        """Write what has gathered: three statements. Returns how many messages."""
        written, self.messages, self.lines = self.messages, [], 0
        if written:
            send_many([(reader, notice) for reader, notice, _reminders in written])
            told = [(pk, notice.pk) for _reader, notice, reminders in written for pk in reminders]
            set_each(Reminder, ["notice"], told)
        return len(written)


def tell_all(organisation_id: int, times: Times, *, now: datetime) -> int:
    """Tell what has been reached and is still open, to readers in their working time; returns how many messages.

    Who has had today's digest hears the rest tomorrow. What was done before anybody was told is forgotten.
    """
    untold = Reminder.objects.filter(notice=None, duty__organisation_id=organisation_id)
    untold.exclude(duty__closed_at=None).delete()
    on = times[None].local_day(now)
    outbox, sent = Outbox(organisation_id, on, now), 0
    for person_id, rows in groupby(to_tell(untold, times, on=on, now=now), key=lambda row: row["person"]):
        put(outbox, person_id, list(rows))
        if outbox.lines >= LINES_AT_ONCE:
            sent += outbox.flush()
    return sent + outbox.flush()


def to_tell(untold: models.QuerySet[Reminder], times: Times, *, on: date, now: datetime) -> Iterator[dict]:
    """The reminders that can be told now, reader by reader, due soonest first: one statement."""
    before_the_person = models.Value(digest_key("", on.isoformat()))
    had = Notice.objects.filter(key=Concat(before_the_person, Cast(models.OuterRef("person"), models.CharField())))
    found = (
        untold.filter(in_working_time("person__company__calendar", times, now), duty__closed_at=None)
        .filter(models.Q(person__left_on=None) | models.Q(person__left_on__gte=on))
        .annotate(had_digest=models.Exists(had))
        .order_by("person", models.F("duty__due_at").asc(nulls_last=True), "duty", "-reached_on", "pk")
    )
    names = [*FIELDS, "had_digest"]
    for row in found.values_list(*FIELDS.values(), "had_digest").iterator(2000):
        yield dict(zip(names, row, strict=True))


def put(outbox: Outbox, person_id: int, rows: list[dict]) -> None:
    """One reader's messages into the outbox."""
    reader = Reader(person_id, bool(rows[0]["email"]))
    alone = [row for row in rows if is_alone(row)]
    gathered = [row for row in rows if not is_alone(row) and not row["had_digest"]]
    for row in latest_of_each(alone):
        told = [one["pk"] for one in alone if one["duty"] == row["duty"]]
        outbox.add(reader, notice_of(row, outbox), told)
    if gathered:
        shown = latest_of_each(gathered)
        own = [line_of(row) for row in shown if is_own(row)]
        others = [line_of(row) for row in shown if not is_own(row)]
        digest = digest_for(
            reader,
            own,
            others,
            organisation_id=outbox.organisation_id,
            day=outbox.on.isoformat(),
            now=outbox.now,
        )
        outbox.add(reader, digest, [row["pk"] for row in gathered])


def latest_of_each(rows: Iterable[dict]) -> list[dict]:
    """Each duty once, by the latest rung it reached."""
    found: dict[int, dict] = {}
    for row in rows:
        found.setdefault(row["duty"], row)
    return list(found.values())


def is_alone(row: dict) -> bool:
    rung = rung_called(row["ladder"], row["rung"])
    return rung is not None and rung.alone


def is_own(row: dict) -> bool:
    """Whether the reader has the duty himself; else he is told about another."""
    rung = rung_called(row["ladder"], row["rung"])
    return rung is None or rung.to == HOLDER


def kind_of_notice(row: dict) -> str:
    return f"duty-{row['verb']}" if is_own(row) else OVERDUE


def parameters_of(row: dict) -> dict[str, str]:
    """What the wording needs: of one's own duty what and until when, of another's also who has had it since when."""
    said = {"title": row["title"], "due": row["due"].isoformat() if row["due"] else "", "path": row["path"]}
    if not is_own(row):
        said |= {"who": who_has(row), "since": row["since"].isoformat()}
    return said


def who_has(row: dict) -> str:
    """The office as the reader calls it, or the person."""
    if row["office"] is None:
        return row["holder"]
    english = (row["language"] or "zh").startswith("en") and row["office_en"]
    company = row["company"] or row["company_name"] or ""
    return f"{company} {row['office_en'] if english else row['office']}".strip()


def line_of(row: dict) -> Line:
    return line(kind_of_notice(row), **parameters_of(row))


def notice_of(row: dict, outbox: Outbox) -> Notice:
    """A message of its own, about the duty."""
    return Notice(
        organisation_id=outbox.organisation_id,
        person_id=row["person"],
        kind=kind_of_notice(row),
        subject_type=ContentType.objects.get_for_model(Duty),
        subject_id=row["duty"],
        path=row["path"],
        parameters=parameters_of(row),
        key=f"reminder:{row['pk']}",
        created_at=outbox.now,
    )
