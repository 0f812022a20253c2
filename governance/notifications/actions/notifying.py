"""Writing notices into the outbox, in the action's own transaction: they go out after it, or not at all."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction

from governance.directory.models import Person

from ..models import Delivery, Notice

BATCH = 1000
T = TypeVar("T")


@transaction.atomic
def notify(
    people: Iterable[Person],
    kind: str,
    subject: models.Model,
    *,
    now: datetime,
    key: str,
    path: str = "",
    **parameters: Any,
) -> list[Notice]:
    """Tell each person once: `key` and the person make the notice unique, so that a rerun tells nobody twice.

    Who has an e-mail address also gets it by mail, sent later by the delivery job. Three statements per thousand.
    """
    common = {
        "organisation_id": subject.organisation_id,
        "kind": kind,
        "subject_type": ContentType.objects.get_for_model(subject),
        "subject_id": subject.pk,
        "path": path or subject.get_absolute_url(),
        "parameters": parameters,
        "created_at": now,
    }
    once = {person.pk: person for person in people}.values()
    notices: list[Notice] = []
    for batch in in_batches(once):
        notices += tell([Notice(**common, person=person, key=f"{key}:{person.pk}") for person in batch])
    return notices


@transaction.atomic
def notify_each(
    told: Iterable[tuple[Person, models.Model, dict[str, Any]]], kind: str, *, now: datetime, key: str, path: str
) -> list[Notice]:
    """Tell people of one organisation each of a subject of his own, with its parameters; `key` and the subject make
    the notice unique. Three statements per thousand."""
    notices: list[Notice] = []
    for batch in in_batches(told):
        notices += tell(
            [
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
                )
                for person, subject, parameters in batch
            ]
        )
    return notices


def in_batches(rows: Iterable[T]) -> Iterator[list[T]]:
    waiting = iter(rows)
    while batch := list(islice(waiting, BATCH)):
        yield batch


def tell(unwritten: Sequence[Notice]) -> list[Notice]:
    """The notices of one batch and one moment, and their deliveries; those that were there before are left alone."""
    by_key = {notice.key: notice for notice in unwritten}
    Notice.objects.bulk_create(unwritten, ignore_conflicts=True)
    notices = list(Notice.objects.filter(key__in=by_key, created_at=unwritten[0].created_at))
    Delivery.objects.bulk_create(
        [
            Delivery(notice=notice, channel=Delivery.Channel.EMAIL, next_try_at=notice.created_at)
            for notice in notices
            if by_key[notice.key].person.email
        ],
        ignore_conflicts=True,
    )
    return notices
