"""Imports of people: those there were, and the preview of one, page by page."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from governance.accounts.models import User
from governance.paging import TabbedPage, tabbed_page

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


@dataclass(frozen=True)
class Preview(TabbedPage):
    """One page of one tab. `lines` of people carry their changes as (label, before, after)."""

    people_import: PeopleImport

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
        "organisation", "file", "complete", "job", "started_by", "confirmed_by", "reversed_by"
    )


def recent_imports(user: User, *, at_most: int = 20) -> list[PeopleImport]:
    """The latest imports, without what their previews show."""
    return list(imports_of(user).defer("listing")[:at_most])


def preview_of(people_import: PeopleImport, asked: Mapping[str, str]) -> Preview:
    """The tab and page asked for; no statement, all of it stands on the import."""
    url = reverse("people_import_preview", args=[people_import.uuid])
    page = tabbed_page(people_import.listing, TABS, asked, url=url, counts=people_import.counts)
    shown = replace(page, lines=[shown_line(page.tab, line) for line in page.lines])
    return Preview(**vars(shown), people_import=people_import)


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
