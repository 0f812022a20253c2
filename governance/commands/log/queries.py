"""Reading the operations log: who sees what of it, a page of it, its lines in words."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q

from governance.accounts.models import User
from governance.audit.models import Event
from governance.audit.verbs import who, worded
from governance.directory.permissions import KEEPERS, everywhere
from governance.directory.queries import offices_held
from governance.paging import Page, page_of
from groups.models import CreationRequest
from groups.queries.history import UNTOLD, names_in, people_in

from ..permissions import READERS
from .filters import Filters, narrowed
from .subjects import KINDS, Kind, Subject, subject_of, subjects_of

ORDER = ("-at", "-pk")
ALL, OF_HR, OWN = "all", "hr", "own"
APPS_OF_HR = ("accounts", "calendar", "directory", "groups", "members")


@dataclass(frozen=True)
class Line:
    """One event as the page and the sheet show it. What people wrote (opinions, reasons) is left to the pages of the
    things themselves."""

    at: datetime
    who: str
    office: str
    text: str
    article: str
    subject: Subject


@dataclass(frozen=True)
class LogPage:
    """A page of lines; `too_many` says that a search found more than it goes into."""

    page: Page
    too_many: bool


def reach_of(user: User, *, on: date) -> str:
    """How much of the log the user reads: all of it, what concerns directory and groups, or his own doings."""
    offices = offices_held(user, on=on)
    if everywhere(offices, READERS):
        return ALL
    return OF_HR if everywhere(offices, KEEPERS) else OWN


def events_for(user: User, *, on: date) -> models.QuerySet[Event]:
    """The events the user may read. What somebody writes down before submitting it is seen by nobody else."""
    events, reach = Event.objects.filter(organisation=user.organisation_id), reach_of(user, on=on)
    if reach == OWN:
        return events.filter(actor=user)
    drafting = Q(verb__in=UNTOLD, subject_type=ContentType.objects.get_for_model(CreationRequest))
    events = events.filter(~drafting | Q(actor=user))
    return events if reach == ALL else events.filter(Q(subject_type__in=types_of_hr()) | Q(actor=user))


def types_of_hr() -> list[int]:
    """The things HR & Administration keeps, as the operations log knows them."""
    found = [model for app in APPS_OF_HR for model in apps.get_app_config(app).get_models()]
    return sorted(kind.pk for kind in ContentType.objects.get_for_models(*found).values())


def kinds_for(user: User, *, on: date) -> list[Kind]:
    """The kinds the reader can choose among."""
    if reach_of(user, on=on) != OF_HR:
        return list(KINDS)
    return [kind for kind in KINDS if kind.model._meta.app_label in APPS_OF_HR]


def log_page(user: User, filters: Filters, asked: Mapping[str, str], *, on: date) -> LogPage:
    """Fifty lines, newest first: four statements, and those of the filters."""
    found = narrowed(filters, user.organisation_id)
    events = events_for(user, on=on).filter(found.condition).select_related("actor", "subject_type")
    page = page_of(events, ORDER, asked, kept=filters.query)
    return LogPage(replace(page, rows=lines_of(page.rows, user, on=on)), found.too_many)


def lines_of(events: list[Event], user: User, *, on: date) -> list[Line]:
    """The events in words: three statements."""
    keys = {(event.subject_type_id, event.subject_id) for event in events}
    names, subjects = names_in(events), subjects_of(keys, user, on=on)
    return [line_of(event, names, subject_of(event, subjects)) for event in events]


def line_of(event: Event, names: dict[int, str], subject: Subject) -> Line:
    spoken_of = "、".join(names[pk] for pk in people_in(event) if pk in names)
    text = worded(event, person=spoken_of, people=spoken_of)
    return Line(event.at, who(event), event.office, text, event.article, subject)
