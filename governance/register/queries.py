"""What the register reads: never more than a page of groups, whoever reads it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.core.cache import caches
from django.db import models
from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, Subquery, Value, When
from django.utils.translation import gettext as _

from governance.accounts.models import User
from governance.directory.models import Company
from governance.directory.queries import offices_held, person_of
from governance.paging import COUNTED, Page, count_up_to, page_of
from groups.models import ApprovalStep, CreatedName, Designation, Filing, Group, GroupType

from .conditions import NEW, odd
from .filters import Filters
from .rows import Line, Reader, in_language, line_of
from .waiting import waiting_by_group

REMEMBERED_SECONDS = 60
ORDER = ("sort_key", "pk")


@dataclass(frozen=True)
class Counts:
    """Groups the reader may see, how many are not established yet, how many need a look. More than `COUNTED` groups
    are not counted on."""

    total: int
    new: int
    odd: int

    @property
    def is_large(self) -> bool:
        return self.total > COUNTED


@dataclass(frozen=True)
class Choices:
    """What the filters offer: types and companies by their keys, how many project companies there are."""

    types: list[tuple[int, str]]
    companies: list[tuple[int, str]]
    headquarters: str
    projects: int


def reader_of(user: User, *, on: date, now: datetime) -> Reader:
    offices = offices_held(user, on=on)
    held = frozenset(office.pk for office in offices)
    return Reader(person_of(user), held, any(office.executive for office in offices), on, now)


def visible(user: User, *, on: date, ended: bool = False) -> models.QuerySet[Group]:
    """The groups of the register that the reader may see; with `ended` also those that have left it."""
    groups = Group.objects.visible_to(user, on=on)
    return groups if ended else groups.open()


def counts_of(user: User, filters: Filters, page: Page, *, on: date, now: datetime) -> tuple[Counts, int]:
    """The counts, and how many groups the filters let through (at most one more than `COUNTED`): one statement.

    A large register's counts are remembered for a minute: they stand in a sentence, nothing is decided by them. What
    its filters let through is counted apart, unless the page shows all of it.
    """
    if filters.shows_ended:
        counts, _whole = counts_of(user, Filters(), page, on=on, now=now)
        return counts, count_up_to(filters.applied(visible(user, on=on, ended=True), on=on, now=now).order_by())
    where, memory = f"register-counts:{user.pk}:{on}", caches["process"]
    groups = visible(user, on=on).order_by()
    counts = memory.get(where)
    if counts is None:
        counts, found = counts_of_some(groups, filters, on=on, now=now)
        if not counts.is_large:
            return counts, found
        whole = groups.aggregate(new=Count("pk", filter=NEW), odd=Count("pk", filter=odd(on=on, now=now)))
        counts = Counts(counts.total, whole["new"], whole["odd"])
        memory.set(where, counts, REMEMBERED_SECONDS)
    if not filters.chosen:
        return counts, counts.total
    if page.first == 1 and not page.next:
        return counts, len(page.rows)
    return counts, count_up_to(filters.applied(groups, on=on, now=now))


def counts_of_some(groups: models.QuerySet, filters: Filters, *, on: date, now: datetime) -> tuple[Counts, int]:
    """All counts over the first groups only: exact where the register is not large."""
    conditions = {"new": NEW, "odd": odd(on=on, now=now), "found": filters.condition(on=on, now=now)}
    flags = {f"is_{name}": flag(condition) for name, condition in conditions.items()}
    some = groups.annotate(**flags).values("pk", *flags)[: COUNTED + 1]
    sums = {name: Count("pk", filter=Q(**{f"is_{name}": 1})) for name in conditions}
    counted = some.aggregate(total=Count("pk"), **sums)
    return Counts(counted["total"], counted["new"], counted["odd"]), counted["found"]


def flag(condition: Q) -> Case | Value:
    return Case(When(condition, then=Value(1)), default=Value(0)) if condition else Value(1)


def choices_of(organisation_id: int) -> Choices:
    """Types and companies in one statement."""
    types = GroupType.objects.filter(organisation_id=organisation_id, retired=False).order_by()
    companies = Company.objects.filter(organisation_id=organisation_id).order_by()
    kind = {"kind": Value("type"), "place": F("position"), "what": Value("", output_field=CharField())}
    rows = types.annotate(**kind).values_list("kind", "place", "pk", "name", "name_en", "what")
    of_company = {"row": Value("company"), "place": Value(0), "called": F("name")}
    named = companies.annotate(**of_company).values_list("row", "place", "pk", "called", "short_name", "kind")
    found = sorted(rows.union(named, all=True))
    offered = [(pk, short or name, kind) for row, _, pk, name, short, kind in found if row == "company"]
    headquarters = [name for _, name, kind in offered if kind == Company.Kind.HEADQUARTERS]
    return Choices(
        types=[(pk, in_language(name, english)) for row, _, pk, name, english, _ in found if row == "type"],
        companies=[(pk, name) for pk, name, _ in offered],
        headquarters=headquarters[0] if len(headquarters) == 1 else "",
        projects=len(offered) - len(headquarters),
    )


def register_page(user: User, filters: Filters, asked: Mapping[str, str], *, on: date, now: datetime) -> Page:
    """A page of lines, sorted by 拼音: one statement for the groups, one for what waits about them."""
    groups = filters.applied(visible(user, on=on, ended=filters.shows_ended), on=on, now=now)
    page = page_of(groups, ORDER, asked, kept=filters.query, read=rows_of)
    return Page(lines_of(page.rows, reader_of(user, on=on, now=now)), page.first, page.previous, page.next)


def lines_of(rows: list[tuple], reader: Reader) -> list[Line]:
    waiting = waiting_by_group(row.pk for row in rows)
    return [line_of(row, waiting.get(row.pk), reader) for row in rows]


FIELDS = (
    "pk",
    "sort_key",
    "name",
    "state",
    "approved_at",
    "established_on",
    "member_count",
    "company_short_name",
    "company_name",
    "type_name",
    "type_name_en",
    "admin_name",
    "admin_left_on",
    "office",
    "office_en",
    "confirmed_at",
    "approver",
    "approver_en",
    "filing_number",
    "existing_state",
    "approving",
    "approving_en",
    "was_designated",
    "other_name",
)


def rows_of(groups: models.QuerySet[Group]) -> models.QuerySet:
    """The groups as plain rows with all that a line says. Given a page of them, the page is found in the table of
    groups alone, by its index, before anything is joined."""
    groups = Group.objects.filter(pk__in=groups.values("pk"))
    step = ApprovalStep.objects.filter(
        creation_request=OuterRef("creation_request"), outcome=ApprovalStep.State.APPROVED
    ).order_by("-round", "-position")
    filing = Filing.objects.filter(group=OuterRef("pk")).order_by("-filed_at", "-pk")
    name = CreatedName.objects.filter(group=OuterRef("pk"), state__in=CreatedName.OPEN)
    return groups.annotate(
        company_short_name=F("company__short_name"),
        company_name=F("company__name"),
        type_name=F("group_type__name"),
        type_name_en=F("group_type__name_en"),
        admin_name=F("admin__name"),
        admin_left_on=F("admin__left_on"),
        office=F("designating_office__name"),
        office_en=F("designating_office__name_en"),
        confirmed_at=F("establishment__confirmed_at"),
        approver=Subquery(step.values("office__name")[:1]),
        approver_en=Subquery(step.values("office__name_en")[:1]),
        filing_number=Subquery(filing.values("number")[:1]),
        existing_state=F("existing__state"),
        approving=F("existing__approving_office__name"),
        approving_en=F("existing__approving_office__name_en"),
        was_designated=Exists(Designation.objects.filter(group=OuterRef("pk"), state=Designation.State.ACCEPTED)),
        other_name=Subquery(name.values("name")[:1]),
    ).values_list(*FIELDS, named=True)


def summary_of(page: Page, found: int) -> str:
    """第 1–50 条，共 117 条; a list entered from its end is numbered from the count, where that is exact."""
    if not page.rows:
        return ""
    first = page.first or (found - len(page.rows) + 1 if found <= COUNTED else 0)
    total = f"{COUNTED}+" if found > COUNTED else str(found)
    if not first:
        return _("the last {n} of {total}").format(n=len(page.rows), total=total)
    return _("{first}–{last} of {total}").format(first=first, last=first + len(page.rows) - 1, total=total)
