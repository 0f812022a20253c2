"""Writing many messages at once, in the caller's transaction: a few statements for thousands of readers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from governance.directory.models import Person

from ..digests import KIND, Line, digest_key, digest_parameters
from ..models import Delivery, Notice


@dataclass(frozen=True)
class Reader:
    """To whom something is told; who has no address finds it in the inbox only."""

    person_id: int
    has_address: bool


def digest_for(
    reader: Reader, own: Sequence[Line], others: Sequence[Line], *, organisation_id: int, day: str, now: datetime
) -> Notice:
    """The digest of one reader and day (ISO), not yet written; it points at the desk."""
    return Notice(
        organisation_id=organisation_id,
        person_id=reader.person_id,
        kind=KIND,
        subject_type=ContentType.objects.get_for_model(Person),
        subject_id=reader.person_id,
        path=reverse("desk"),
        parameters=digest_parameters(own, others),
        key=digest_key(reader.person_id, day),
        created_at=now,
    )


def send_many(written: Iterable[tuple[Reader, Notice]]) -> None:
    """Put notices and their deliveries into the outbox: two statements. The notices get their primary keys.

    Raises IntegrityError when one was there before: the caller has looked, under its lock.
    """
    pairs = list(written)
    Notice.objects.bulk_create([notice for _reader, notice in pairs])
    Delivery.objects.bulk_create([mail_of(notice) for reader, notice in pairs if reader.has_address])


def mail_of(notice: Notice) -> Delivery:
    return Delivery(notice=notice, channel=Delivery.Channel.EMAIL, next_try_at=notice.created_at)


def line(kind: str, **parameters: Any) -> Line:
    """One line of a digest: worded like a notice of that kind."""
    return {"kind": kind, **parameters}
