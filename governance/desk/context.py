"""What every page shows around its content: navigation, counts, who is signed in."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from governance.calendar.queries import working_time
from governance.commands.permissions import READERS, WATCHERS
from governance.directory.models import Person
from governance.directory.permissions import everywhere
from governance.directory.queries import offices_held, person_of

from .badge import Badge, badge_of
from .navigation import Section, Tab, sections, tabs


@dataclass(frozen=True)
class Me:
    """Who is signed in, as the corner of the page says it."""

    name: str
    initial: str
    place: str


@dataclass(frozen=True)
class Shell:
    """The frame of a page (templates/base.html)."""

    nav: list[Section]
    tabs: list[Tab]
    me: Me | None
    unread: int


NOBODY = Shell([], [], None, 0)


def shell(request: HttpRequest) -> dict[str, object]:
    """The context processor. Nothing is read until a page uses it: a fragment costs no statement."""
    return {"shell": SimpleLazyObject(lambda: shell_of(request))}


def shell_of(request: HttpRequest) -> Shell:
    """The frame for this request's reader; empty before signing in. Offices and counts are two statements."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return NOBODY
    badge, offices = badge_for(request), offices_held(user, on=today(request))
    watches, reads_log = bool(everywhere(offices, WATCHERS)), bool(everywhere(offices, (*READERS, *WATCHERS)))
    return Shell(
        nav=sections(request.path, badge, holds_office=bool(offices), watches=watches, reads_log=reads_log),
        tabs=tabs(request.path, badge, holds_office=bool(offices)),
        me=me(person_of(user), user.name),
        unread=badge.unseen,
    )


def today(request: HttpRequest) -> date:
    """The reader's organisation's calendar day."""
    return working_time(request.user.organisation_id).local_day(timezone.now())


def badge_for(request: HttpRequest) -> Badge:
    """The reader's counts, read once a request."""
    if not hasattr(request, "_badge"):
        request._badge = badge_of(request.user, now=timezone.now(), on=today(request))
    return request._badge


def me(person: Person | None, name: str) -> Me:
    """A login without a person is called by its own name."""
    if person is None:
        return Me(name, name[:1], "")
    return Me(person.name, person.name[:1], str(person.department or person.company))
