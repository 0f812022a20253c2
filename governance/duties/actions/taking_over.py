"""What waits for an office is its holder's at once; who begins hears it in one message, not one a duty."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any

from django.db import models
from django.urls import reverse

from governance.calendar.queries import working_time
from governance.directory.models import Person, Tenure
from governance.notifications.actions import notify
from governance.notifications.digests import MOST_LINES

from ..models import Duty
from ..queries import BY_DUE

CAUGHT_UP = timedelta(days=7)  # a morning that was missed is made up for


def tell_new_holder(tenure: Tenure, *, now: datetime) -> None:
    """Whoever begins today, or began before it was entered, hears what is open; who begins later, on that morning."""
    on = working_time(tenure.organisation_id).local_day(now)
    if (tenure.starts_on is None or tenure.starts_on <= on) and (tenure.ends_on is None or tenure.ends_on >= on):
        tell_open(tenure, Duty.objects.open().filter(opened_at__lte=now), now=now)


def tell_beginners(*, now: datetime) -> int:
    """Those whose first day has come; returns how many were looked at. Told once, however often it runs."""
    days = {}
    began = Tenure.objects.own().filter(starts_on__range=(now.date() - CAUGHT_UP, now.date() + timedelta(days=1)))
    beginners = began.select_related("office__company", "person__user").order_by("pk")
    told = 0
    for tenure in beginners:
        working = days.setdefault(tenure.organisation_id, working_time(tenure.organisation_id))
        on = working.local_day(now)
        if not Tenure.objects.running(on=on).filter(pk=tenure.pk).exists():
            continue
        morning = datetime.combine(tenure.starts_on, time.min, tzinfo=working.zone)
        tell_open(tenure, Duty.objects.open().filter(opened_at__lt=morning), now=now)
        told += 1
    return told


def tell_open(tenure: Tenure, duties: models.QuerySet[Duty], *, now: datetime) -> None:
    """One message with what waits for the tenure's office; none where nothing does."""
    waiting = duties.filter(office=tenure.office, person=None).exclude(barred=tenure.person).order_by(*BY_DUE)
    office = {"office": tenure.office.official_name, "office_en": tenure.office.name_en}
    tell_taken_over(tenure.person, waiting, tenure, key=f"takes-over:{tenure.pk}", now=now, **office)


def tell_taken_over(
    person: Person, duties: Iterable[Duty], subject: models.Model, *, key: str, now: datetime, **said: Any
) -> None:
    """One message to the person listing the duties, due soonest first."""
    listed = list(duties)
    if not listed:
        return
    lines = [line_of(duty) for duty in listed[:MOST_LINES]]
    path = reverse("desk")
    notify([person], "takes-over", subject, now=now, key=key, path=path, count=len(listed), lines=lines, **said)


def line_of(duty: Duty) -> dict[str, str]:
    """A duty as a line of a message: its kind's words are made when it is read."""
    return {
        "kind": f"duty-{duty.verb}",
        "title": duty.title,
        "due": duty.due_at.isoformat() if duty.due_at else "",
    }
