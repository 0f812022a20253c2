"""统筹规划: which groups the regulation asks for and nobody has, which are there twice, which lack a purpose or an end
(Art. 2, unified management and overall planning). The number of statements does not depend on the number of groups."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from governance.accounts.models import User
from governance.directory.models import Company, Office
from governance.directory.names import fold
from governance.directory.queries import offices_held
from governance.regulations.queries import data_with_answers, version_in_force
from governance.workflow import NotAllowed, refusal
from groups.models import CreationRequest, Group, GroupType
from groups.permissions import check_can_request
from groups.queries.creation_types import slugs_of, types_of
from groups.queries.terms import Terms
from groups.terms import GroupTypeTerms, terms_of
from groups.visibility import overseen, oversees_all
from groups.wording import said

SHOWN = 100  # of a kind on the page; the workbook holds all
STATE = CreationRequest.State
UNDER_WAY = [STATE.DRAFT, STATE.SUBMITTED, STATE.SENT_BACK, STATE.LAPSED]
Scope = tuple[int, int | None]  # type and company; no company for a type of which the organisation has one


@dataclass(frozen=True)
class Missing:
    """A group that should exist and does not. `request` is one under way; `ask_url` where the reader asks for it."""

    type: str
    company: str
    article: str
    ours: str
    request: str
    request_url: str
    ask_url: str
    refusal: str


@dataclass(frozen=True)
class Twins:
    """Groups of one type for one and the same purpose by type, company, department and project."""

    type: str
    company: str
    groups: list[Group]


@dataclass(frozen=True)
class Lacking:
    """A group without a purpose, or whose last day has passed."""

    group: Group
    why: str


@dataclass(frozen=True)
class Planning:
    """Everything found. `asks` says whether the regulation says of any type that such groups should exist."""

    missing: list[Missing] = field(default_factory=list)
    twins: list[Twins] = field(default_factory=list)
    lacking: list[Lacking] = field(default_factory=list)
    asks: bool = False

    @property
    def nothing(self) -> bool:
        return not (self.missing or self.twins or self.lacking)


def check_can_plan(user: User, *, on: date) -> list[Office]:
    """The offices that oversee groups plan them: everywhere, or in their own company."""
    offices = [office for office in offices_held(user, on=on) if office.oversees]
    if not offices:
        raise NotAllowed(_("Planning is for the offices that supervise groups."))
    return offices


def planning(user: User, *, on: date) -> Planning:
    """What this reader oversees."""
    offices = check_can_plan(user, on=on)
    everywhere = oversees_all(offices)
    scope = Q() if everywhere else overseen(offices)
    groups = Group.objects.open().filter(scope, organisation_id=user.organisation_id)
    companies = Company.objects.filter(organisation_id=user.organisation_id)
    if not everywhere:
        companies = companies.filter(pk__in=[office.company_id for office in offices])
    types = {group_type.pk: group_type for group_type in types_of(user.organisation_id)}
    terms = terms_in_force_of(types.values(), on=on)
    names = {company.pk: company for company in companies}
    return Planning(
        missing=list(missing_groups(user, terms, types, names, groups, everywhere=everywhere)),
        twins=twins_among(groups, types, names),
        lacking=[Lacking(group, why(group, on=on)) for group in lacking_groups(groups, on=on)],
        asks=any(one.type.expected for one in terms.values()),
    )


def terms_in_force_of(types: object, *, on: date) -> dict[int, Terms]:
    """The terms of each type under its regulation's version in force: three statements per regulation."""
    by_regulation: dict[int, list[GroupType]] = defaultdict(list)
    for group_type in types:
        by_regulation[group_type.regulation_id].append(group_type)
    found: dict[int, Terms] = {}
    for of_one in by_regulation.values():
        version = version_in_force(of_one[0].regulation, on=on)
        if version is None:
            continue
        version.regulation = of_one[0].regulation
        data = data_with_answers(version)
        known = terms_of(data)
        found |= {one.pk: Terms(version, known[one.code], data) for one in of_one if one.code in known}
    return found


# --- what should exist ------------------------------------------------------------------------------------------------
def missing_groups(
    user: User,
    terms: dict[int, Terms],
    types: dict[int, GroupType],
    companies: dict[int, Company],
    groups: models.QuerySet[Group],
    *,
    everywhere: bool,
) -> Iterator[Missing]:
    """Every place where the regulation asks for a group and none is."""
    there = set(groups.order_by().values_list("group_type", "company").distinct())
    of_type = {group_type for group_type, _company in there}
    under_way = requests_under_way(user, terms)
    slugs = {found.pk: slug for slug, found in slugs_of(list(types.values())).items()}
    for pk, found in terms.items():
        expected = found.type.expected
        if expected is None or found.type.state != "open":
            continue
        why_not = refusal(check_can_request, user, found)
        if expected.each == "organisation":
            places: list[Company | None] = [None] if everywhere and pk not in of_type else []
        else:
            kind = Company.Kind.PROJECT if expected.each == "project_company" else Company.Kind.HEADQUARTERS
            of_kind = [company for company in companies.values() if company.kind == kind]
            places = [company for company in of_kind if (pk, company.pk) not in there]
        for company in places:
            request = under_way.get((pk, company.pk if company else None))
            yield missing_one(types[pk], found.type, company, request, slugs[pk], why_not)


def missing_one(
    group_type: GroupType,
    terms: GroupTypeTerms,
    company: Company | None,
    request: CreationRequest | None,
    slug: str,
    why_not: str,
) -> Missing:
    asking = f"?company={company.pk}" if company and "company" in terms.parameters else ""
    return Missing(
        type=str(group_type),
        company=str(company) if company else _("the whole organisation"),
        article=terms.expected.article or "",
        ours=said(terms.expected.interpreted_as),
        request=(request.number or request.get_state_display()) if request else "",
        request_url=request.get_absolute_url() if request else "",
        ask_url="" if why_not else reverse("creation_request_new", args=[slug]) + asking,
        refusal=why_not,
    )


def requests_under_way(user: User, terms: dict[int, Terms]) -> dict[Scope, CreationRequest]:
    """Requests the reader may see for what the regulation asks for; drafts only one's own."""
    person = getattr(user, "person", None)
    asked = CreationRequest.objects.filter(
        organisation_id=user.organisation_id,
        state__in=UNDER_WAY,
        group_type__in=[pk for pk, one in terms.items() if one.type.expected],
    ).filter(~Q(number="") | Q(submitter=person))
    found: dict[Scope, CreationRequest] = {}
    for request in asked.only("pk", "number", "state", "group_type", "company").order_by("-pk"):
        each = terms[request.group_type_id].type.expected.each
        found[request.group_type_id, None if each == "organisation" else request.company_id] = request
    return found


# --- what is there twice, and what lacks something --------------------------------------------------------------------
def twins_among(
    groups: models.QuerySet[Group], types: dict[int, GroupType], companies: dict[int, Company]
) -> list[Twins]:
    """Groups of one type with the same company, department and project (read without case, width and blanks). Two
    groups in use never bear the same name: the register refuses it."""
    by_place: dict[tuple, list[int]] = defaultdict(list)
    for row in groups.order_by().values_list("pk", "group_type", "company", "department", "project"):
        by_place[(*row[1:4], fold(row[4]))].append(row[0])
    several = [(place, pks) for place, pks in by_place.items() if len(pks) > 1]
    wanted = [pk for _place, pks in several for pk in pks]
    named = {group.pk: group for group in groups.filter(pk__in=wanted[:5000]).only("pk", "name", "sort_key")}
    return [
        Twins(
            type=str(types.get(place[0], "–")),
            company=str(companies.get(place[1], "–")),
            groups=sorted((named[pk] for pk in pks if pk in named), key=lambda group: group.sort_key),
        )
        for place, pks in several
    ]


def lacking_groups(groups: models.QuerySet[Group], *, on: date) -> models.QuerySet[Group]:
    """In the register's order."""
    lacking = groups.filter(Q(purpose="") | Q(ends_on__lt=on))
    return lacking.select_related("company", "group_type").order_by("sort_key", "pk")


def why(group: Group, *, on: date) -> str:
    if group.ends_on is not None and group.ends_on < on:
        return _("its last day was %(day)s") % {"day": group.ends_on.isoformat()}
    return _("no purpose is written down")
