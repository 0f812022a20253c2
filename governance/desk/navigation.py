"""The sections at the left of a desktop and the tabs at the bottom of a phone: only what is of use to the reader."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from .badge import Badge


@dataclass(frozen=True, eq=False)
class Place:
    """A page of the navigation. `paths` are further beginnings of addresses that belong to it."""

    url_name: str
    label: str | Promise
    icon: str
    office_holders_only: bool = False
    paths: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tab:
    """A place as a page shows it."""

    label: str | Promise
    url: str
    icon: str
    active: bool
    count: int = 0


@dataclass(frozen=True)
class Section:
    """Places under one word."""

    label: str | Promise
    items: list[Tab] = field(default_factory=list)


OF_GROUPS = ("/designations/", "/filings/")
DESK = Place("desk", pgettext_lazy("page", "Desk"), "archive")
REGISTER = Place("register", gettext_lazy("Register of groups"), "table", True, OF_GROUPS)
MY_GROUPS = Place("register", gettext_lazy("My groups"), "users", False, OF_GROUPS)
REQUESTS = Place("creation_requests", gettext_lazy("Creation requests"), "file-text", True)
PEOPLE = Place("people", gettext_lazy("People"), "id-badge-2", True)
OFFICES = Place("offices", gettext_lazy("Offices and their holders"), "certificate", True)
COMPANIES = Place("companies", gettext_lazy("Companies and departments"), "building", True)
CALENDARS = Place("calendars", gettext_lazy("Working calendars"), "calendar", True)
REGULATIONS = Place("regulations", gettext_lazy("Regulations"), "book-2")
OPERATIONS = Place("operations", gettext_lazy("How the portal runs"), "clock", True)
OPERATIONS_LOG = Place("operations_log", gettext_lazy("Operations log"), "history", True)
QUESTIONS = Place("questions", gettext_lazy("Open questions"), "help-circle", True)

GROUPS_TAB = Place("register", pgettext_lazy("tab", "Groups"), "users", False, OF_GROUPS)
START_TAB = Place("creation_request_types", pgettext_lazy("tab", "Start"), "circle-plus")
RULES_TAB = Place("regulations", pgettext_lazy("tab", "Rules"), "book-2")
MESSAGES_TAB = Place("inbox", pgettext_lazy("tab", "Messages"), "bell")
ME_TAB = Place("my_page", pgettext_lazy("tab", "Me"), "user")


def sections(
    path: str, badge: Badge, *, holds_office: bool, watches: bool = False, reads_log: bool = False
) -> list[Section]:
    """Daily work first, then what it stands on; how the portal runs and what happened in it for those who
    watch over it."""
    counts = {DESK: badge.waiting}
    daily = [DESK, REGISTER if holds_office else MY_GROUPS, REQUESTS]
    watching = [*([OPERATIONS] if watches else []), *([OPERATIONS_LOG] if reads_log else [])]
    basis = [PEOPLE, OFFICES, COMPANIES, CALENDARS, REGULATIONS, QUESTIONS, *watching]
    found = [
        Section("", shown(daily, path, counts, holds_office=holds_office)),
        Section(gettext_lazy("Basis"), shown(basis, path, counts, holds_office=holds_office)),
    ]
    return [section for section in found if section.items]


def tabs(path: str, badge: Badge, *, holds_office: bool) -> list[Tab]:
    """Five on a phone; who holds no office cannot ask for a group and finds the rules there instead."""
    counts = {DESK: badge.waiting, MESSAGES_TAB: badge.unseen}
    places = [DESK, GROUPS_TAB, START_TAB if holds_office else RULES_TAB, MESSAGES_TAB, ME_TAB]
    return shown(places, path, counts, holds_office=holds_office)


def shown(places: list[Place], path: str, counts: dict[Place, int], *, holds_office: bool) -> list[Tab]:
    """The places the reader has use for; the one whose address fits the page's best is the current one."""
    usable = [(place, reverse(place.url_name)) for place in places if holds_office or not place.office_holders_only]
    fits = {place: fit(place, url, path) for place, url in usable}
    best = max(fits.values(), default=0)
    return [
        Tab(place.label, url, place.icon, bool(best) and fits[place] == best, counts.get(place, 0))
        for place, url in usable
    ]


def fit(place: Place, url: str, path: str) -> int:
    """How much of the page's address is the place's; the desk is only itself."""
    return max((len(start) for start in (url, *place.paths) if belongs(path, start)), default=0)


def belongs(path: str, start: str) -> bool:
    return path == start or start != "/" and path.startswith(start)
