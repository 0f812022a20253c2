"""The preview of reversing an import, page by page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from governance.paging import TabbedPage, tabbed_page

from ..importing.headings import label_of
from ..importing.reversal import ALONE, LEAVING, REMOVED, RESTORED, WHY, Reversal, Step
from ..models import Company, Department, EmploymentKind, PeopleImport, Person

TABS: tuple[tuple[str, str | Promise], ...] = (
    (RESTORED, _("Restored")),
    (REMOVED, _("Removed")),
    (LEAVING, _("Marked as left")),
    (ALONE, _("Left alone")),
)


@dataclass(frozen=True)
class Line:
    """One person: what he is and what he would be again, or why he stays as he is."""

    person: Person
    fields: list[tuple[str, str, str]]
    why: str | Promise


@dataclass(frozen=True)
class Preview:
    """One page of one tab; the lines of it in words."""

    people_import: PeopleImport
    reversal: Reversal
    page: TabbedPage
    lines: list[Line]
    digest: str


def preview_of(people_import: PeopleImport, reversal: Reversal, asked: Mapping[str, str]) -> Preview:
    """The tab and page asked for: two further statements."""
    url = reverse("people_import_reverse", args=[people_import.uuid])
    page = tabbed_page(reversal.steps, TABS, asked, url=url)
    names = names_of(people_import.organisation_id)
    lines = [line_of(step, names) for step in page.lines]
    return Preview(people_import, reversal, page, lines, reversal.digest())


def names_of(organisation_id: int) -> dict[tuple[str, int], str]:
    """Companies and departments by field and key."""
    companies = Company.objects.filter(organisation=organisation_id).values_list("pk", "name")
    departments = Department.objects.filter(organisation=organisation_id).values_list("pk", "name")
    found = {("company_id", pk): name for pk, name in companies}
    return found | {("department_id", pk): name for pk, name in departments}


def line_of(step: Step, names: Mapping[tuple[str, int], str]) -> Line:
    fields = [
        (label_of(name), said(name, getattr(step.person, name), names), said(name, value, names))
        for name, value in step.before.items()
        if getattr(step.person, name) != value
    ]
    return Line(step.person, fields, WHY.get(step.why, ""))


def said(name: str, value: Any, names: Mapping[tuple[str, int], str]) -> str:
    if name in ("company_id", "department_id"):
        return names.get((name, value), "")
    if name == "employment_kind" and value in EmploymentKind.values:
        return str(EmploymentKind(value).label)
    return "" if value is None else str(value)
