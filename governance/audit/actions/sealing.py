"""Laying seals over events, in one job, so that writers never wait for each other."""

from datetime import datetime

from django.db import IntegrityError, transaction

from ..models import Seal
from ..queries import head, unsealed
from ..rules import GENESIS, chain_digest, content_digest, personal_digest


def seal_events(*, now: datetime, at_most: int = 5000) -> int:
    """Seal up to `at_most` events that have none, oldest id first; returns how many.

    Two sealing jobs at once collide on the sequence: the second writes nothing and says 0.
    """
    last = head()
    previous, sequence = (last.digest, last.sequence) if last else (GENESIS, 0)
    seals = []
    for event in unsealed()[:at_most]:
        sequence += 1
        personal = personal_digest(event)
        content = content_digest(event, personal)
        previous = chain_digest(previous, sequence, event.pk, content)
        seals.append(
            Seal(
                sequence=sequence,
                event_id=event.pk,
                personal_digest=personal,
                content_digest=content,
                digest=previous,
                sealed_at=now,
            )
        )
    try:
        with transaction.atomic():
            Seal.objects.bulk_create(seals, batch_size=1000)
    except IntegrityError:
        return 0
    return len(seals)
