"""Lists of existing groups: those uploaded, the preview of one, and what is still open on its groups."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from governance.accounts.models import User
from governance.paging import Page, TabbedPage, page_of, tabbed_page

from ..importing.plan import Choices, Plan, make_plan
from ..models import ExistingGroup, GroupsImport
from .existing_page import open_points

TABS: tuple[tuple[str, str | Promise], ...] = (
    ("faults", gettext_lazy("Faults")),
    ("to_choose", pgettext_lazy("existing groups", "To choose")),
    ("new", pgettext_lazy("existing groups", "New")),
    ("known", pgettext_lazy("existing groups", "In the register already")),
)


@dataclass(frozen=True)
class Preview(TabbedPage):
    """One page of one tab of a list not yet confirmed."""

    plan: Plan
    digest: str

    @property
    def may_confirm(self) -> bool:
        return bool(self.plan.new) and not self.plan.fault_count


@dataclass(frozen=True)
class TakenOver:
    """A group of a confirmed list, with what is open on it as sentences."""

    existing: ExistingGroup
    open_points: list[str]


def imports_of(user: User) -> models.QuerySet[GroupsImport]:
    return GroupsImport.objects.filter(organisation_id=user.organisation_id).select_related(
        "organisation", "started_by", "confirmed_by"
    )


def recent_imports(user: User, *, at_most: int = 20) -> list[GroupsImport]:
    """The latest lists, without what was read of them."""
    return list(imports_of(user).defer("rows", "faults", "ignored")[:at_most])


def preview_of(
    groups_import: GroupsImport, asked: Mapping[str, str], *, on: date, choices: Choices | None = None
) -> Preview:
    """The tab and page asked for. What is to be chosen stands on one page, so that one form holds all of it."""
    plan = make_plan(groups_import, on=on, choices=choices)
    lists = {"faults": plan.faults, "to_choose": plan.to_choose, "new": plan.new, "known": plan.known}
    asked = {**asked, "tab": "to_choose"} if choices else asked
    page = tabbed_page(lists, TABS, asked, url=groups_import.get_absolute_url(), whole={"to_choose"})
    return Preview(**vars(page), plan=plan, digest=plan.digest())


def taken_over_page(groups_import: GroupsImport, asked: Mapping[str, str], *, on: date) -> Page:
    """The groups of a confirmed list, fifty a page, each with its open points."""
    rows = groups_import.groups.select_related("company", "group_type", "admin", "group__admin")
    page = page_of(rows, ("row",), asked)
    return replace(page, rows=[TakenOver(existing, open_points(existing, on=on)) for existing in page.rows])
