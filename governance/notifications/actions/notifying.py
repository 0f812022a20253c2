"""Writing notices into the outbox, in the action's own transaction: they go out after it, or not at all."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models

from governance.directory.models import Person

from ..models import Delivery, Notice


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

    Who has an e-mail address also gets it by mail, sent later by the delivery job. A constant number of statements.
    """
    subject_type = ContentType.objects.get_for_model(subject)
    people = {person.pk: person for person in people}
    keys = {f"{key}:{pk}": pk for pk in people}
    Notice.objects.bulk_create(
        [
            Notice(
                organisation_id=subject.organisation_id,
                person_id=pk,
                kind=kind,
                subject_type=subject_type,
                subject_id=subject.pk,
                path=path or subject.get_absolute_url(),
                parameters=parameters,
                key=own_key,
                created_at=now,
            )
            for own_key, pk in keys.items()
        ],
        ignore_conflicts=True,
    )
    notices = list(Notice.objects.filter(key__in=keys, created_at=now))
    Delivery.objects.bulk_create(
        [
            Delivery(notice=notice, channel=Delivery.Channel.EMAIL, next_try_at=now)
            for notice in notices
            if people[notice.person_id].email
        ],
        ignore_conflicts=True,
    )
    return notices
