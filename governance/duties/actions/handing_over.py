"""The third line of every action: this subject's duty is done, the next one waits for somebody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models

from governance.accounts.models import User
from governance.calendar.queries import working_time
from governance.directory.models import Office, Person
from governance.notifications.actions import Telling, notify_all
from governance.workflow import part_of_action

from ..models import Duty, Nudge
from ..queries import people_having
from ..rules import dates_of


@dataclass(frozen=True)
class Clock:
    """How long a step may take (working days), under which article, and which ladder reminds.

    After `lapse_days` it lapses; None for never. `tells` are the offices and persons whom the ladder tells besides the
    holder, by what they are to the matter (`ladders.py`).
    """

    days: int
    article: str = ""
    ladder: str = ""
    lapse_days: int | None = None
    tells: Mapping[str, Office | Person | None] = field(default_factory=dict)


NO_CLOCK = Clock(days=0)


@part_of_action
def close(subject: models.Model, *, by: User | None, now: datetime, outcome: str = "") -> int:
    """Close the subject's open duty, if it has one, and with it the nudges about it that are still on their way: one
    statement. Returns how many duties were closed."""
    own = Duty.objects.open().of_subject(subject).order_by()
    nudges = Nudge.objects.filter(duty__in=Duty.objects.of_subject(subject).order_by(), passed_on_at=None)
    passing_on = Duty.objects.open().filter(
        subject_type=ContentType.objects.get_for_model(Nudge), subject_id__in=nudges.order_by().values("pk")
    )
    both = Duty.objects.open().filter(pk__in=own.values("pk").union(passing_on.order_by().values("pk")))
    of_subject = models.When(
        subject_type=ContentType.objects.get_for_model(subject), subject_id=subject.pk, then=models.Value(outcome)
    )
    return both.update(
        closed_at=now, closed_by=by, outcome=models.Case(of_subject, default=models.Value("superseded"))
    )


@part_of_action
def hand_over(
    subject: models.Model,
    verb: str,
    *,
    to: Office | Person,
    now: datetime,
    by: User | None = None,
    clock: Clock | None = None,
    calendar_id: int | None = None,
    fallback: Office | None = None,
    barred: Person | None = None,
    first: bool = False,
    outcome: str = "",
    path: str = "",
    article: str = "",
    facts: dict[str, Any] | None = None,
    besides: Sequence[Telling] = (),
    quietly: bool = False,
) -> Duty:
    """Close the subject's open duty and open the next one, due by the company's calendar; tell whoever has it now.

    `fallback` is the office (the interpreting one) that sees the duty while `to` has no holder; `barred` is the person
    who may not take it because it is his own submission; `path` is the page where the step is taken; `article`
    is named for a step without a clock. `first`: the subject has had no duty before, so there is none to close;
    `besides` is what others are told in the same breath. `quietly`: the caller tells it himself.
    """
    if not first:
        close(subject, by=by, now=now, outcome=outcome)
    kept = clock or NO_CLOCK
    days = clock.days if clock else None
    working = working_time(subject.organisation_id, calendar_id)
    dates = dates_of(working, now, days, kept.lapse_days)
    duty = Duty.objects.create(
        organisation_id=subject.organisation_id,
        subject_type=ContentType.objects.get_for_model(subject),
        subject_id=subject.pk,
        verb=verb,
        office=to if isinstance(to, Office) else None,
        person=to if isinstance(to, Person) else None,
        fallback_office=fallback,
        barred=barred,
        calendar_id=calendar_id,
        title=str(subject)[:150],
        path=path or subject.get_absolute_url(),
        facts=facts or {},
        article=article or kept.article,
        ladder=kept.ladder,
        tells={role: named(who) for role, who in kept.tells.items() if who is not None},
        opened_at=now,
        opened_on=working.local_day(now),
        days=days,
        due_at=dates.due_at,
        provisional=dates.provisional,
        lapse_days=kept.lapse_days,
        lapses_at=dates.lapses_at,
    )
    if not quietly:
        tell(duty, besides, now=now)
    return duty


def named(who: Office | Person) -> str:
    """An office or a person as it stands in `Duty.tells`."""
    return f"{'office' if isinstance(who, Office) else 'person'}:{who.pk}"


def tell(duty: Duty, besides: Sequence[Telling], *, now: datetime) -> None:
    """Notices to whoever has the duty today; to the fallback office when nobody has it; and what is told besides."""
    said = {
        "title": duty.title,
        "due": duty.due_at.isoformat() if duty.due_at else "",
        "provisional": duty.provisional,
    }
    people = people_having(duty, now=now)
    telling = Telling(people, f"duty-{duty.verb}", duty, f"duty:{duty.pk}", duty.path, said)
    notify_all([telling, *besides], now=now)
