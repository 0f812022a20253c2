"""How an event is digested and chained: pure functions."""

import hashlib
import json

from django.core.serializers.json import DjangoJSONEncoder

GENESIS = "0" * 64


def content_digest(event: object) -> str:
    """SHA-256 (hex) over the salt and everything the event says."""
    content = [
        event.salt,
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
        event.note,
        event.facts,
    ]
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, cls=DjangoJSONEncoder)
    return hashlib.sha256(text.encode()).hexdigest()


def chain_digest(previous: str, sequence: int, event_id: int, content: str) -> str:
    """SHA-256 (hex) that ties this link to the one before."""
    return hashlib.sha256(f"{previous}:{sequence}:{event_id}:{content}".encode()).hexdigest()
