"""Reading the inbox and what was circulated."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db import models

from governance.directory.models import Person
from governance.paging import page_of

from .models import Circulation, Notice
from .wordings import text_of


@dataclass(frozen=True)
class ShownNotice:
    """A notice in the reader's language."""

    pk: int
    title: str
    body: str
    created_at: datetime
    is_unseen: bool


@dataclass(frozen=True)
class Inbox:
    """Fifty notices, newest first; `older` and `newer` are the query strings of the pages beside it."""

    notices: list[ShownNotice]
    newest: int
    older: str
    newer: str


def unseen_count(person: Person | None) -> int:
    return Notice.objects.filter(person=person, seen_at=None).count() if person else 0


def inbox_of(person: Person | None, asked: Mapping[str, str]) -> Inbox:
    """The page of the inbox that the query string asks for: one statement."""
    notices = Notice.objects.filter(person=person) if person else Notice.objects.none()
    page = page_of(notices, ("-created_at", "-pk"), asked)
    return Inbox(
        notices=[shown(notice) for notice in page.rows],
        newest=max((notice.pk for notice in page.rows), default=0),
        older=page.next,
        newer=page.previous,
    )


def shown(notice: Notice) -> ShownNotice:
    title, body = text_of(notice, brief=True)
    return ShownNotice(notice.pk, title, body, notice.created_at, notice.seen_at is None)


def circulations_of(subject: models.Model) -> list[Circulation]:
    """To whom the subject was shown, in order: one statement."""
    kind = ContentType.objects.get_for_model(subject)
    shown = Circulation.objects.filter(subject_type=kind, subject_id=subject.pk).order_by("circulated_at", "pk")
    return list(shown.select_related("person__department", "person__company", "office__company", "circulated_by"))


def circulated_to(person: Person | None) -> models.QuerySet[Circulation]:
    """What the person was shown, newest first, with who showed it."""
    found = Circulation.objects.filter(person=person) if person else Circulation.objects.none()
    return found.select_related("circulated_by")
