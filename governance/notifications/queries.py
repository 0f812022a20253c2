"""Reading the inbox and what was circulated."""

from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.utils.dateparse import parse_datetime

from governance.directory.models import Person

from .models import Circulation, Notice
from .wordings import text_of

PAGE = 50


@dataclass(frozen=True)
class ShownNotice:
    """A notice in the reader's language."""

    pk: int
    title: str
    body: str
    created_at: datetime
    is_unseen: bool


@dataclass(frozen=True)
class InboxPage:
    """Fifty notices, newest first; `older` and `newer` are cursors, empty at the ends."""

    notices: list[ShownNotice]
    newest: int
    older: str
    newer: str


def unseen_count(person: Person | None) -> int:
    return Notice.objects.filter(person=person, seen_at=None).count() if person else 0


def inbox_page(person: Person | None, *, before: str = "", after: str = "") -> InboxPage:
    """The page before (older than) or after (newer than) a cursor, else the first one: one statement."""
    notices = Notice.objects.filter(person=person) if person else Notice.objects.none()
    if at := cursor(after):
        rows = list(notices.filter(beyond("gt", at)).order_by("created_at", "pk")[: PAGE + 1])
        more_newer, rows = len(rows) > PAGE, rows[:PAGE][::-1]
        more_older = True
    else:
        at = cursor(before)
        rows = list((notices.filter(beyond("lt", at)) if at else notices)[: PAGE + 1])
        more_older, rows = len(rows) > PAGE, rows[:PAGE]
        more_newer = at is not None
    return InboxPage(
        notices=[shown(notice) for notice in rows],
        newest=max((notice.pk for notice in rows), default=0),
        older=place(rows[-1]) if rows and more_older else "",
        newer=place(rows[0]) if rows and more_newer else "",
    )


def beyond(direction: str, at: tuple[datetime, int]) -> models.Q:
    moment, pk = at
    return models.Q((f"created_at__{direction}", moment)) | models.Q(("created_at", moment), (f"pk__{direction}", pk))


def place(notice: Notice) -> str:
    return f"{notice.created_at.isoformat()}_{notice.pk}"


def cursor(text: str) -> tuple[datetime, int] | None:
    """What `place()` wrote, read back; None for nothing and for nonsense."""
    moment, _sign, pk = text.replace(" ", "+").rpartition("_")
    try:
        parsed = parse_datetime(moment)
    except ValueError:
        return None
    return (parsed, int(pk)) if parsed and parsed.tzinfo and pk.isdecimal() and len(pk) < 19 else None


def shown(notice: Notice) -> ShownNotice:
    title, body = text_of(notice)
    return ShownNotice(notice.pk, title, body, notice.created_at, notice.seen_at is None)


def circulated_to(person: Person | None) -> models.QuerySet[Circulation]:
    """What the person was shown, newest first, with who showed it."""
    found = Circulation.objects.filter(person=person) if person else Circulation.objects.none()
    return found.select_related("circulated_by")
