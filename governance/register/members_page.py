"""Who should be in a group and who its admin says is in it: the odd ones first, the rest folded."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from governance.calendar.templatetags.when import day_words, organisation_zone
from governance.directory.models import EmploymentKind
from groups.models import Consent, Group
from groups.queries.expected import Place, expected_members, members_to_be
from groups.wording import Basis, basis_of, said
from members.models import Membership, RosterOrder
from members.queries import roster_rows

from .group_page import Head

MOST_LISTED = 1000


@dataclass(frozen=True)
class Member:
    """One line of a roster, in words. `keys` is what a search finds it by."""

    name: str
    place: str
    why: str
    said: str
    keys: str
    pk: int | None = None


@dataclass(frozen=True)
class MembersPage:
    """`missing` should be in the group and are not declared, `unexpected` are declared and should not be there.

    `declared_by` says once who declared the roster where it was one person on one day. `too_many`: more people are
    expected than a page can compare. `orders` are open roster orders.
    """

    rule: Basis
    labels: list[str]
    function_basis: str
    expected: int
    by_kind: list[tuple[str, int]]
    declared: int
    declared_by: str
    missing: list[Member] = field(default_factory=list)
    unexpected: list[Member] = field(default_factory=list)
    in_order: list[Member] = field(default_factory=list)
    too_many: bool = False
    orders: int = 0
    is_established: bool = False


def members_page(head: Head) -> MembersPage:
    """Three statements, whatever the size of the group: who should be in it, who is declared to be,
    what is ordered about it."""
    group, terms = head.group, head.terms
    expected = list(expected_rows(head)[: MOST_LISTED + 1])
    declared = list(roster_rows(group))
    sayings = Sayings(declared, head)
    here = {row.person_id: row for row in declared if row.person_id}
    awaited = {row.pk for row in expected}
    is_established = group.state == Group.State.ESTABLISHED
    too_many = len(expected) > MOST_LISTED
    present = [row for row in expected if row.pk in here]
    return MembersPage(
        rule=basis_of(terms.type.members),
        labels=[said(selector.label) for selector in terms.type.members.mandatory],
        function_basis=said(terms.type.by_function_as),
        expected=len(expected),
        by_kind=by_kind(expected) if head.holds_office else [],
        declared=len(declared),
        declared_by=sayings.common,
        missing=[] if too_many else [expected_member(row, "", head) for row in expected if row.pk not in here],
        unexpected=[] if too_many else [declared_member(row, sayings, head) for row in others(declared, awaited)],
        in_order=[expected_member(row, sayings.of(here[row.pk]), head) for row in present]
        if not too_many
        else [declared_member(row, sayings, head) for row in declared],
        too_many=too_many,
        orders=RosterOrder.objects.open().filter(group=group).count(),
        is_established=is_established,
    )


def others(declared: Iterable[tuple], awaited: set[int]) -> Iterable[tuple]:
    return (row for row in declared if row.person_id is None or row.person_id not in awaited)


def expected_rows(head: Head) -> models.QuerySet:
    """Who should be in the group, each saying whether by the rule or by a consent; sorted by 拼音."""
    group = head.group
    place = Place(group.company, group.department)
    rule = expected_members(head.terms.type, place, on=head.reader.on).values("pk")
    given = Consent.objects.filter(creation_request=group.creation_request_id, state=Consent.State.GIVEN)
    people = members_to_be(group, head.terms.type, on=head.reader.on).annotate(
        by_rule=whether(Q(pk__in=rule)),
        by_consent=whether(Q(pk__in=given.values("person_id"))),
        department_name=F("department__name"),
        company_name=F("company__name"),
        company_short_name=F("company__short_name"),
    )
    fields = ("pk", "name", "search", "employment_kind", "by_rule", "by_consent")
    places = ("department_name", "company_name", "company_short_name")
    return people.order_by("sort_key", "pk").values_list(*fields, *places, named=True)


def whether(condition: Q) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False))


def by_kind(expected: list[tuple]) -> list[tuple[str, int]]:
    """How many of each employment kind, in their usual order."""
    counted = Counter(row.employment_kind for row in expected)
    return [(str(kind.label), counted[kind.value]) for kind in EmploymentKind if counted[kind.value]]


def expected_member(row: tuple, declaration: str, head: Head) -> Member:
    return Member(
        name=row.name,
        place=row.department_name or row.company_short_name or row.company_name,
        why=reason(row, head),
        said=declaration,
        keys=row.search.replace("\n", " "),
        pk=row.pk if head.holds_office else None,
    )


def reason(row: tuple, head: Head) -> str:
    """Why somebody belongs to the group when it is not by the member rule alone."""
    if row.pk == head.group.admin_id:
        return pgettext("member", "group admin")
    if row.by_rule:
        return ""
    return pgettext("member", "by single consent") if row.by_consent else pgettext("member", "by function")


def declared_member(row: tuple, sayings: "Sayings", head: Head) -> Member:
    """Somebody declared: a person of the directory, or an external contact."""
    if row.person_id is None:
        place, why = row.external_company, pgettext("member", "external")
    else:
        place, why = row.department or row.company, ""
        if row.left_on is not None and row.left_on < head.reader.on:
            why = pgettext("member", "has left the company")
    return Member(
        name=row.name or row.external_name,
        place=place or "",
        why=why,
        said=sayings.of(row),
        keys=(row.search or "").replace("\n", " "),
        pk=row.person_id if head.holds_office else None,
    )


class Sayings:
    """Who declared each membership, when and on what evidence. Said once for all where it is the same for all."""

    def __init__(self, declared: list[tuple], head: Head) -> None:
        self.on = head.reader.on
        self.words: dict[tuple, str] = {}
        for row in declared:
            key = self.key(row)
            if key not in self.words:
                self.words[key] = self.in_words(row)
        self.common = next(iter(self.words.values())) if len(self.words) == 1 else ""

    def key(self, row: tuple) -> tuple:
        return row.evidence, row.declarer, local_day(row.declared_at)

    def in_words(self, row: tuple) -> str:
        """吴晓燕 勾选，11月16日."""
        return _("{name}: {evidence}, {day}").format(
            name=row.declarer,
            evidence=Membership.Evidence(row.evidence).label,
            day=day_words(local_day(row.declared_at), self.on),
        )

    def of(self, row: tuple) -> str:
        return "" if self.common else self.words[self.key(row)]


def local_day(at: datetime) -> object:
    return at.astimezone(organisation_zone()).date()
