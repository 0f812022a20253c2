"""The sweep: what has waited long enough is told, once, to whom it concerns; what has waited too long lapses."""

import logging
import zlib
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import connection, transaction

from governance.accounts.models import Organisation
from governance.calendar.models import WorkCalendar
from governance.calendar.queries import REMEMBERED_SECONDS, read_working_times
from governance.calendar.rules import WorkingTime

from .climbing import climb_all
from .recomputing import dated_by, recompute
from .telling import tell_all

log = logging.getLogger(__name__)

# What ends by itself before anybody is reminded of it; registered by the apps above in their `ready()`.
Ending = Callable[..., int]
endings: list[Ending] = []

RECENTLY = timedelta(days=7)  # a sweep was run since
REMEMBERED = 5 * timedelta(seconds=REMEMBERED_SECONDS)  # clocks of several machines differ

LOCK = zlib.crc32(b"duties.sweep") & 0x7FFFFFFF


def register_ending(ending: Ending) -> None:
    """Let an app end what nobody decided: called with organisation_id, times and now; returns how many ended."""
    if ending not in endings:
        endings.append(ending)


def sweep(*, now: datetime) -> int:
    """Go over every organisation; returns how many messages were written. Safe to run again at any time.

    An organisation that cannot be swept is logged and stops no other; its error is raised at the end.
    """
    sent, failed = 0, None
    for organisation_id in Organisation.objects.order_by("pk").values_list("pk", flat=True):
        try:
            sent += sweep_organisation(organisation_id, now=now)
        except Exception as error:
            log.exception("sweep of organisation %s", organisation_id)
            failed = failed or error
    if failed is not None:
        raise failed
    return sent


def sweep_organisation(organisation_id: int, *, now: datetime) -> int:
    """End, climb, tell; outside all working hours nothing happens, and the next working hour makes up for it."""
    times = read_working_times(organisation_id)
    if not any(working.is_open(now) for working in times.values()):
        return 0
    recount_recent(organisation_id, times, now=now)
    for ending in endings:
        ending(organisation_id=organisation_id, times=times, now=now)
    return remind(organisation_id, times, now=now)


def recount_recent(organisation_id: int, times: dict[int | None, WorkingTime], *, now: datetime) -> None:
    """Duties opened just after a calendar was edited, by a process that still remembered the old one."""
    edited = WorkCalendar.objects.filter(organisation_id=organisation_id, changed_at__gt=now - RECENTLY)
    for calendar in edited:
        opened = (calendar.changed_at - REMEMBERED, calendar.changed_at + REMEMBERED)
        recompute(dated_by(calendar).filter(opened_at__range=opened), times[calendar.pk], now=now)


@transaction.atomic
def remind(organisation_id: int, times: dict[int | None, WorkingTime], *, now: datetime) -> int:
    """Everything or nothing, so that a crash leaves no trace; one at a time, so that two schedulers tell once."""
    if not alone(organisation_id):
        return 0
    climb_all(organisation_id, times, now=now)
    return tell_all(organisation_id, times, now=now)


def alone(organisation_id: int) -> bool:
    """Whether no other sweep of this organisation is under way; SQLite lets one write at a time anyway."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [LOCK, organisation_id % 0x7FFFFFFF])
        return cursor.fetchone()[0]
