"""The numbers beside the navigation: what waits for the reader, and what he has not read."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import models
from django.db.models import Count, Min, Q, Value

from governance.accounts.models import User
from governance.directory.models import Person
from governance.directory.queries import person_of
from governance.duties.models import Duty
from governance.notifications.models import Notice


@dataclass(frozen=True)
class Badge:
    """Open duties (and those past their time, and since when the oldest waits), unread messages."""

    waiting: int = 0
    late: int = 0
    oldest: datetime | None = None
    unseen: int = 0


def badge_of(user: User, *, now: datetime, on: date) -> Badge:
    """All of it in one statement."""
    person = person_of(user)
    if person is None:
        return Badge()
    counts = waiting_counts(user, now=now, on=on).union(unseen_counts(person), all=True)
    found = {kind: (count, late, oldest) for kind, count, late, oldest in counts}
    waiting, late, oldest = found.get("duty", (0, 0, None))
    return Badge(waiting, late, oldest, found.get("notice", (0, 0, None))[0])


def waiting_counts(user: User, *, now: datetime, on: date) -> models.QuerySet:
    """One row: how many duties wait, how many are late, since when the oldest waits."""
    waiting = Duty.objects.waiting_for(user, on=on).order_by()
    return (
        waiting.values(source=Value("duty"))
        .annotate(count=Count("pk"), late=Count("pk", filter=Q(due_at__lt=now)), oldest=Min("opened_at"))
        .values_list("source", "count", "late", "oldest")
    )


def unseen_counts(person: Person) -> models.QuerySet:
    """One row of the same shape: how many messages are unread."""
    unseen = Notice.objects.filter(person=person, seen_at=None).order_by()
    return (
        unseen.values(source=Value("notice"))
        .annotate(count=Count("pk"), late=Value(0, output_field=models.IntegerField()), oldest=Min("created_at"))
        .values_list("source", "count", "late", "oldest")
    )
