"""What happened to a request and its group, newest first, in the reader's words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.utils.translation import gettext as _

from governance.audit.models import Event
from governance.audit.queries import history_of
from governance.audit.verbs import who, worded
from governance.directory.models import Person
from governance.directory.rules import acted_for

from ..models import Comment

UNTOLD = ("draft", "edit")  # writing a request down is its submitter's own business
TONES = {"approve": "ok", "acknowledge": "ok", "establish": "ok", "accept": "ok", "consent": "ok"}


@dataclass(frozen=True)
class Line:
    """One event as `components/timeline.html` lists it."""

    text: str
    at: datetime | None = None
    at_text: str = ""
    place: str = ""
    article: str = ""
    note: str = ""
    opinion: str = ""
    tone: str = ""


def timeline(subjects: Iterable[models.Model]) -> list[Line]:
    """The lines of everything that happened to the subjects: two statements. What a comment says is read from the
    comment: the log keeps no words that its author took back."""
    subjects = list(subjects)
    comments = {subject.pk: subject for subject in subjects if isinstance(subject, Comment)}
    events = list(history_of(*subjects).exclude(verb__in=UNTOLD))
    names = names_in(events)
    return [line_of(event, names, comments) for event in events]


def people_in(event: Event) -> list[int]:
    """The people an event speaks of."""
    one = event.facts.get("person")
    return [*event.facts.get("person_ids", []), *([one] if one else [])]


def names_in(events: list[Event]) -> dict[int, str]:
    """Of everybody the events speak of, and of the holders for whom somebody acted."""
    others = ("absent", "recorded_for")
    wanted = {pk for event in events for pk in (*people_in(event), *map(event.facts.get, others))} - {None}
    return dict(Person.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}


def line_of(event: Event, names: dict[int, str], comments: Mapping[int, Comment]) -> Line:
    """An event in words: who did what, for which office, under which article, with which opinion."""
    comment = comments.get(event.subject_id) if event.verb == "comment" else None
    spoken_of = "、".join(names[pk] for pk in people_in(event) if pk in names)
    return Line(
        text=worded(event, person=spoken_of, people=spoken_of, **recorded_for(event, names)),
        at=event.at,
        place=acted_for(event.office, names.get(event.facts.get("absent"), "")),
        article=event.article,
        opinion=comment.text if comment else event.note,
        note=_("removed by its author") if comment and comment.state == Comment.State.REMOVED else "",
        tone=TONES.get(event.verb, ""),
    )


def recorded_for(event: Event, names: dict[int, str]) -> dict[str, str]:
    """陈国栋（许明哲 代录）: whose decision it is, and who recorded it."""
    approver = names.get(event.facts.get("recorded_for"))
    if approver is None:
        return {}
    return {"who": _("%(approver)s (recorded by %(name)s)") % {"approver": approver, "name": who(event)}}
