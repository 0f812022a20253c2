"""Imports of people: those there were, and the preview of one, page by page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from governance.accounts.models import User

from ..importing.headings import label_of
from ..importing.listing import MOST_LINES
from ..models import EmploymentKind, PeopleImport

TABS: tuple[tuple[str, str | Promise], ...] = (
    ("errors", _("Faults")),
    ("added", _("New")),
    ("changed", _("Changed")),
    ("left", _("Leaving")),
    ("returned", _("Returning")),
    ("departments", _("New departments")),
)
PAGE = 50


@dataclass(frozen=True)
class Tab:
    label: str | Promise
    url: str
    active: bool
    count: int


@dataclass(frozen=True)
class Preview:
    """One page of one tab. `lines` of people carry their changes as (label, before, after)."""

    people_import: PeopleImport
    tabs: list[Tab]
    tab: str
    lines: list[Any]
    first: int
    total: int
    previous: str
    next: str

    @property
    def last(self) -> int:
        return self.first + len(self.lines) - 1

    @property
    def is_cut(self) -> bool:
        """Whether more people are concerned than are kept for showing."""
        return self.people_import.counts.get(self.tab, 0) > self.total

    @property
    def most_lines(self) -> int:
        return MOST_LINES

    @property
    def writes_nothing(self) -> bool:
        return not any(self.people_import.counts.get(kind, 0) for kind in ("added", "changed", "left", "returned"))


def imports_of(user: User) -> models.QuerySet[PeopleImport]:
    return PeopleImport.objects.filter(organisation_id=user.organisation_id).select_related(
        "organisation", "file", "complete", "job", "started_by", "confirmed_by"
    )


def recent_imports(user: User, *, at_most: int = 20) -> list[PeopleImport]:
    """The latest imports, without what their previews show."""
    return list(imports_of(user).defer("listing")[:at_most])


def preview_of(people_import: PeopleImport, asked: Mapping[str, str]) -> Preview:
    """The tab and page asked for; no statement, all of it stands on the import."""
    counts, listing = people_import.counts, people_import.listing
    there = [(code, label) for code, label in TABS if counts.get(code)]
    chosen = asked.get("tab", "")
    tab = chosen if chosen in dict(there) else (there[0][0] if there else "")
    lines = listing.get(tab, [])
    number = page_number(asked.get("page", ""), len(lines))
    url = reverse("people_import_preview", args=[people_import.uuid])
    start = (number - 1) * PAGE
    return Preview(
        people_import=people_import,
        tabs=[Tab(label, f"{url}?tab={code}", code == tab, counts[code]) for code, label in there],
        tab=tab,
        lines=[shown_line(tab, line) for line in lines[start : start + PAGE]],
        first=start + 1,
        total=len(lines),
        previous=f"{url}?tab={tab}&page={number - 1}" if number > 1 else "",
        next=f"{url}?tab={tab}&page={number + 1}" if start + PAGE < len(lines) else "",
    )


def page_number(asked: str, length: int) -> int:
    """A page that exists; nonsense is the first."""
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 1
    return max(1, min(number, -(-length // PAGE)))


def shown_line(tab: str, line: Any) -> Any:
    """The line with its codes in the reader's language."""
    if tab in ("errors", "departments"):
        return line
    fields = [(label_of(field), said(field, was), said(field, became)) for field, was, became in line["fields"]]
    return line | {"fields": fields, "employment_kind": said("employment_kind", line["employment_kind"])}


def said(field: str, value: str) -> str:
    if field == "employment_kind" and value in EmploymentKind.values:
        return str(EmploymentKind(value).label)
    return value
