"""A crash at any statement of a sweep leaves a state from which the next one says exactly what a clean run says."""

from contextlib import contextmanager
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction

from governance.audit.models import Event
from governance.duties.actions import sweep
from governance.duties.models import Duty, Reminder
from governance.notifications.models import Delivery, Notice
from groups.models import CreationRequest
from tests.factories import make_creation_request, make_designation, make_group_company

State = CreationRequest.State
SHANGHAI = ZoneInfo("Asia/Shanghai")
MORNING = datetime(2026, 3, 24, 9, 5, tzinfo=SHANGHAI)


class Killed(BaseException):
    """Not an Exception: nothing that handles errors may handle this, as nothing handles a kill."""


@contextmanager
def killed_at(nth):
    """Let the `nth` statement (from 1) end the process, so to speak. Yields the statements seen."""
    seen = []

    def count(execute, sql, params, many, context):
        seen.append(sql)
        if len(seen) == nth:
            raise Killed(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        yield seen


def build():
    """One request that lapses this morning, one that never does, a late designation and a late acceptance."""
    opened = datetime(2026, 3, 2, 9, 5, tzinfo=SHANGHAI)
    world = make_group_company()
    make_creation_request(world=world, group_type="marketing_platform", at=State.SUBMITTED, now=opened)
    make_creation_request(world=world, group_type="headquarters_group", at=State.SUBMITTED, now=opened)
    make_creation_request(world=world, group_type="planning_group", at=State.APPROVED, now=opened)
    make_designation(world=world, now=opened, group_type="executive_group")
    for holder in (world.president, world.presidents_office, world.hr_admin):
        type(holder.person).objects.filter(pk=holder.person.pk).update(email=f"{holder.username}@example.com")


def everything():
    """All that a sweep writes, without the keys that only say in which order it was written."""
    return {
        "notices": sorted(
            (row.person.name, row.kind, row.path, str(row.parameters))
            for row in Notice.objects.select_related("person")
        ),
        "deliveries": sorted(Delivery.objects.values_list("notice__person__name", "notice__kind", "state")),
        "reminders": sorted(Reminder.objects.values_list("duty__verb", "person__name", "rung", "notice__kind")),
        "duties": sorted(
            str(row) for row in Duty.objects.values_list("verb", "closed_at", "outcome")
        ),
        "events": sorted(Event.objects.values_list("verb", "at", "became")),
        "requests": sorted(CreationRequest.objects.values_list("name", "state")),
    }


@pytest.mark.django_db
def test_crash_at_every_statement_leaves_what_a_clean_run_leaves():
    """Every try lives in a transaction that is undone, so that the sweep's own are savepoints in it."""
    build()
    with undone():
        with killed_at(0) as statements:
            sweep(now=MORNING)
        clean = everything()
    assert {kind for _name, kind, *_rest in clean["notices"]} >= {"digest", "duty-overdue", "duty-resubmit"}
    assert len(statements) > 30
    for nth, statement in enumerate(statements, start=1):
        with undone():
            with pytest.raises(Killed), killed_at(nth):
                sweep(now=MORNING)
            sweep(now=MORNING)
            assert everything() == clean, f"killed at statement {nth}: {statement[:200]}"
            assert sweep(now=MORNING.replace(hour=10)) == 0


@contextmanager
def undone():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
