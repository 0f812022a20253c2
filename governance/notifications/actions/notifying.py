"""Writing notices into the outbox, in the action's own transaction: they go out after it, or not at all."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models

from governance.directory.models import Person
from governance.workflow import part_of_action

from ..models import Notice
from .digesting import MAILS, as_stored, queue_mails_of

BATCH = 1000
COLUMNS = [column for column in Notice._meta.concrete_fields if column.attname not in ("id", "seen_at")]
ROW = f"({', '.join(['%s'] * len(COLUMNS))})"
# Notices and their mails in one statement; SQLite knows no INSERT within one and takes two.
AT_ONCE = f"""
    WITH notice AS (
        INSERT INTO {Notice._meta.db_table} ({", ".join(column.column for column in COLUMNS)}) VALUES {{rows}}
        ON CONFLICT DO NOTHING RETURNING id, person_id
    )
    {MAILS} ON CONFLICT DO NOTHING"""


@dataclass(frozen=True)
class Telling:
    """What people are told. `key` and the person make it one, so that a rerun tells nobody twice; `parameters` are
    plain JSON for the wording of the `kind`."""

    people: Iterable[Person]
    kind: str
    subject: models.Model
    key: str
    path: str = ""
    parameters: dict[str, Any] = field(default_factory=dict)


def notify(
    people: Iterable[Person],
    kind: str,
    subject: models.Model,
    *,
    now: datetime,
    key: str,
    path: str = "",
    **parameters: Any,
) -> None:
    """Tell each person once. Who has an e-mail address also gets it by mail, sent later by the delivery job."""
    notify_all([Telling(people, kind, subject, key, path, parameters)], now=now)


@part_of_action
def notify_all(tellings: Iterable[Telling], *, now: datetime) -> None:
    """Several things told in the same breath: one statement per thousand messages, two on SQLite."""
    write_all((pair for telling in tellings for pair in notices_of(telling, now)), now=now)


def notices_of(telling: Telling, now: datetime) -> Iterator[tuple[Notice, Person]]:
    """One for each person."""
    common = {
        "organisation_id": telling.subject.organisation_id,
        "kind": telling.kind,
        "subject_type": ContentType.objects.get_for_model(telling.subject),
        "subject_id": telling.subject.pk,
        "path": telling.path or telling.subject.get_absolute_url(),
        "parameters": telling.parameters,
        "created_at": now,
    }
    for person in {person.pk: person for person in telling.people}.values():
        yield Notice(**common, person=person, key=f"{telling.key}:{person.pk}"), person


@part_of_action
def notify_each(
    told: Iterable[tuple[Person, models.Model, dict[str, Any]]], kind: str, *, now: datetime, key: str, path: str
) -> None:
    """Tell people of one organisation each of a subject of his own, with its parameters; `key` and the subject make
    the notice unique. As many statements as `notify_all()`."""
    waiting = (
        (
            Notice(
                organisation_id=person.organisation_id,
                person=person,
                kind=kind,
                subject_type=ContentType.objects.get_for_model(subject),
                subject_id=subject.pk,
                path=path,
                parameters=parameters,
                key=f"{key}:{subject.pk}",
                created_at=now,
            ),
            person,
        )
        for person, subject, parameters in told
    )
    write_all(waiting, now=now)


def write_all(waiting: Iterator[tuple[Notice, Person]], *, now: datetime) -> None:
    """In batches of a thousand."""
    while batch := list(islice(waiting, BATCH)):
        write(batch, now=now)


def write(batch: Sequence[tuple[Notice, Person]], *, now: datetime) -> None:
    """The notices of one batch and their mails; those that were there before are left alone."""
    if connection.vendor == "postgresql":
        values = [
            column.get_db_prep_save(getattr(notice, column.attname), connection)
            for notice, _person in batch
            for column in COLUMNS
        ]
        with connection.cursor() as cursor:
            rows = ", ".join([ROW] * len(batch))
            cursor.execute(AT_ONCE.format(rows=rows), [*values, as_stored(now)])
        return
    Notice.objects.bulk_create([notice for notice, _person in batch], ignore_conflicts=True)
    if keys := [notice.key for notice, person in batch if person.email]:
        queue_mails_of(keys, now=now)
