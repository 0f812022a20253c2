"""How an event is digested and chained: pure functions."""

import hashlib
import json

from django.core.serializers.json import DjangoJSONEncoder

GENESIS = "0" * 64


def digest_of(content: list[object]) -> str:
    """SHA-256 (hex) over plain values, written the same way every time."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, cls=DjangoJSONEncoder)
    return hashlib.sha256(text.encode()).hexdigest()


def personal_digest(event: object) -> str:
    """Over what a person wrote and is told about, salted: without the salt nobody can guess it back."""
    return digest_of([event.salt, event.note, event.facts])


def content_digest(event: object, personal: str) -> str:
    """Over everything the event says, the personal part only by its digest."""
    return digest_of(
        [
            personal,
            event.pk,
            event.organisation_id,
            event.at.timestamp(),
            event.actor_id,
            event.office,
            event.verb,
            event.subject_type_id,
            event.subject_id,
            event.was,
            event.became,
            event.article,
        ]
    )


def is_anonymised(event: object) -> bool:
    """Whether the personal part was blanked, together with its salt, because a person had to be forgotten."""
    return not (event.salt or event.note or event.facts)


def chain_digest(previous: str, sequence: int, event_id: int, content: str) -> str:
    """SHA-256 (hex) that ties this link to the one before."""
    return hashlib.sha256(f"{previous}:{sequence}:{event_id}:{content}".encode()).hexdigest()
