"""Reading the operations log: a subject's history, and whether the chain is whole."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice

from django.contrib.contenttypes.models import ContentType
from django.db import models

from .models import Event, Seal
from .rules import GENESIS, chain_digest, content_digest, is_anonymised, personal_digest


def history_of(*subjects: models.Model) -> models.QuerySet[Event]:
    """Every event on the subjects, newest first, with who did it."""
    wanted = models.Q(pk__in=[])
    for subject in subjects:
        wanted |= models.Q(subject_type=ContentType.objects.get_for_model(subject), subject_id=subject.pk)
    return Event.objects.filter(wanted).select_related("actor", "subject_type").order_by("-at", "-pk")


# A transaction may commit after events with higher ids were sealed, but not a day after.
LATEST = timedelta(hours=24)
CHUNK = 2000


@dataclass(frozen=True)
class Flaw:
    """One place where the log was changed behind the portal's back."""

    event_id: int
    what: str  # edited, removed, inserted, reordered


@dataclass
class Passed:
    """When the sealing passed each event id: one entry for each run that went higher."""

    highest: list[int] = field(default_factory=list)
    sealed_at: list[datetime] = field(default_factory=list)

    def note(self, seal: Seal) -> None:
        if self.highest and seal.event_id <= self.highest[-1]:
            return
        if self.sealed_at and self.sealed_at[-1] == seal.sealed_at:
            self.highest[-1] = seal.event_id
        else:
            self.highest.append(seal.event_id)
            self.sealed_at.append(seal.sealed_at)

    def came_too_late(self, event_id: int, at: datetime) -> bool:
        """Whether ids above this one had been sealed for a day when it turned up."""
        place = bisect_right(self.highest, event_id)
        return place < len(self.highest) and at - self.sealed_at[place] > LATEST


def flaws(*, now: datetime) -> Iterator[Flaw]:
    """Every edited, removed, inserted or reordered row that the chain betrays; nothing when it is whole.

    What nobody can see: an event changed before it was sealed, and the newest seals cut off together with their
    events; `head()` is for writing down elsewhere.
    """
    passed, previous, expected = Passed(), GENESIS, 1
    for seals in chunked(Seal.objects.order_by("sequence").iterator(chunk_size=CHUNK)):
        events = Event.objects.in_bulk([seal.event_id for seal in seals])
        for seal in seals:
            link = chain_digest(previous, seal.sequence, seal.event_id, seal.content_digest)
            if seal.sequence != expected or seal.digest != link:
                yield Flaw(seal.event_id, "reordered")
            event = events.get(seal.event_id)
            if event is None:
                yield Flaw(seal.event_id, "removed")
            elif not says_what_was_sealed(event, seal):
                yield Flaw(seal.event_id, "edited")
            if passed.came_too_late(seal.event_id, seal.sealed_at):
                yield Flaw(seal.event_id, "inserted")
            passed.note(seal)
            previous, expected = seal.digest, seal.sequence + 1
    for event_id in unsealed().values_list("pk", flat=True).iterator(chunk_size=CHUNK):
        if passed.came_too_late(event_id, now):
            yield Flaw(event_id, "inserted")


def says_what_was_sealed(event: Event, seal: Seal) -> bool:
    """Whether the event still reads as when it was sealed, its personal part perhaps forgotten."""
    personal = seal.personal_digest if is_anonymised(event) else personal_digest(event)
    return content_digest(event, personal) == seal.content_digest


def unsealed() -> models.QuerySet[Event]:
    """Events without a seal, oldest id first."""
    sealed = Seal.objects.filter(event_id=models.OuterRef("pk"))
    return Event.objects.filter(~models.Exists(sealed)).order_by("pk")


def head() -> Seal | None:
    """The newest seal: whoever wrote its digest down elsewhere sees when the end of the log was cut off."""
    return Seal.objects.order_by("-sequence").first()


def chunked(seals: Iterator[Seal]) -> Iterator[list[Seal]]:
    while chunk := list(islice(seals, CHUNK)):
        yield chunk
