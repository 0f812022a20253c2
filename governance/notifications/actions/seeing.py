"""Marking as seen: always by a POST, because chat apps open links for previews."""

from datetime import datetime

from governance.directory.models import Person

from ..models import Notice


def open_notice(notice: Notice, *, now: datetime) -> None:
    """The person opened it from the inbox; the first time counts."""
    Notice.objects.filter(pk=notice.pk, seen_at=None).update(seen_at=now)


def see_all(person: Person, *, up_to: int, now: datetime) -> int:
    """Everything unseen up to the notice with that key (the newest the person was shown); returns how many."""
    return Notice.objects.filter(person=person, seen_at=None, pk__lte=up_to).update(seen_at=now)


def see_kind(person: Person, kind: str, *, now: datetime) -> None:
    """What was told of one kind has been dealt with."""
    Notice.objects.filter(person=person, kind=kind, seen_at=None).update(seen_at=now)
