"""Adding events. Nothing else writes the operations log."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models

from governance.accounts.models import User

from ..models import Event


def event_of(
    verb: str,
    subject: models.Model,
    *,
    by: User | None,
    at: datetime,
    office: object = "",
    was: str = "",
    became: str = "",
    article: str = "",
    note: str = "",
    **facts: Any,
) -> Event:
    """One event, not yet written. `by` is None for what the clock did; `facts` must be plain JSON.

    An office in whose stead `by` records what its holder decided names that holder (`recorded_for`): the event keeps
    his key; so does the absent holder (`absent`) for whom a delegate acts.
    """
    if told := getattr(office, "recorded_for", None):
        facts["recorded_for"] = told.pk
    if absent := getattr(office, "absent", None):
        facts["absent"] = absent.pk
    return Event(
        organisation_id=subject.organisation_id,
        at=at,
        actor=by,
        office=str(getattr(office, "official_name", office) or ""),
        verb=verb,
        subject_type=ContentType.objects.get_for_model(subject),
        subject_id=subject.pk,
        was=was,
        became=became,
        article=article,
        note=note,
        facts=facts,
    )


def record(verb: str, subject: models.Model, *, by: User | None, at: datetime, **fields: Any) -> Event:
    """Write one event in the caller's transaction."""
    event = event_of(verb, subject, by=by, at=at, **fields)
    event.save(force_insert=True)
    return event


def record_many(events: Iterable[Event], *, batch_size: int = 1000) -> None:
    """Write many events in few statements."""
    Event.objects.bulk_create(events, batch_size=batch_size)
