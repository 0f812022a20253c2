"""Writing notices into the outbox, in the action's own transaction: they go out after it, or not at all."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction

from governance.directory.models import Person

from ..models import Delivery, Notice

BATCH = 1000


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
    waiting = iter({person.pk: person for person in people}.values())
    notices: list[Notice] = []
    while batch := list(islice(waiting, BATCH)):
        notices += tell(batch, key, common)
    return notices


def tell(people: Sequence[Person], key: str, common: dict[str, Any]) -> list[Notice]:
    """The notices of one batch and their deliveries; those that were there before are left alone."""
    by_key = {f"{key}:{person.pk}": person for person in people}
    Notice.objects.bulk_create(
        [Notice(**common, person=person, key=own_key) for own_key, person in by_key.items()], ignore_conflicts=True
    )
    notices = list(Notice.objects.filter(key__in=by_key, created_at=common["created_at"]))
    Delivery.objects.bulk_create(
        [
            Delivery(notice=notice, channel=Delivery.Channel.EMAIL, next_try_at=notice.created_at)
            for notice in notices
            if by_key[notice.key].email
        ],
        ignore_conflicts=True,
    )
    return notices
