"""Reading the operations log: a subject's history, and whether the chain is whole."""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import models

from .models import Event, Seal
from .rules import GENESIS, chain_digest, content_digest


def history_of(*subjects: models.Model) -> models.QuerySet[Event]:
    """Every event on the subjects, newest first, with who did it."""
    wanted = models.Q(pk__in=[])
    for subject in subjects:
        wanted |= models.Q(subject_type=ContentType.objects.get_for_model(subject), subject_id=subject.pk)
    return Event.objects.filter(wanted).select_related("actor", "subject_type").order_by("-at", "-pk")


@dataclass(frozen=True)
class Flaw:
    """One place where the log was changed behind the portal's back."""

    event_id: int
    what: str  # edited, removed, inserted, reordered


BACKDATED = timedelta(hours=24)


def flaws() -> list[Flaw]:
    """Every edited, removed, inserted or reordered row that the chain betrays; empty when whole."""
    found: list[Flaw] = []
    events = {event.pk: event for event in Event.objects.all().iterator(chunk_size=2000)}
    previous, expected, newest = GENESIS, 0, None
    for seal in Seal.objects.order_by("sequence").iterator(chunk_size=2000):
        expected += 1
        event = events.pop(seal.event_id, None)
        if seal.sequence != expected or seal.digest != chain_digest(
            previous, seal.sequence, seal.event_id, seal.content_digest
        ):
            found.append(Flaw(seal.event_id, "reordered"))
        if event is None:
            found.append(Flaw(seal.event_id, "removed"))
        elif content_digest(event) != seal.content_digest:
            found.append(Flaw(seal.event_id, "edited"))
        previous, expected, newest = seal.digest, seal.sequence, seal
    for event in events.values():
        if newest is not None and event.pk < newest.event_id and event.at < newest.sealed_at - BACKDATED:
            found.append(Flaw(event.pk, "inserted"))
    return found
