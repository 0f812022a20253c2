"""Who belongs into which group, for some people at once: a change to a few concerns many groups (Art. 4)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from governance.directory.models import Person
from groups.models import Consent, Group
from groups.queries.expected import Place, any_of, expected_members, members_by_function
from groups.queries.terms import terms_under

from ..models import Membership

Pair = tuple[int, int]  # group, person


@dataclass(frozen=True)
class Facts:
    """For the people looked at: into which groups they belong, and in which they are declared to be."""

    belong: frozenset[Pair]
    declared: frozenset[Pair]


def governed_groups(organisation_id: int) -> list[Group]:
    """The groups in use whose roster was declared: of others nobody knows who is in them."""
    declared = Membership.objects.filter(group__organisation_id=organisation_id).values("group_id")
    groups = Group.objects.filter(organisation_id=organisation_id, state=Group.State.ESTABLISHED, pk__in=declared)
    return list(
        groups.select_related(
            "company__calendar", "department", "group_type", "version__regulation", "admin"
        ).select_related("designating_office")
    )


def facts_about(people: Collection[int], groups: Iterable[Group], *, on: date) -> Facts:
    """Four statements for every kind of place (version, type, company, department), none for a single group."""
    groups = list(groups)
    belong = by_rule(people, groups, on=on) | by_consent(people, groups, on=on) | admins(people, groups)
    rows = Membership.objects.current().filter(person__in=people, group__in=groups)
    return Facts(frozenset(belong), frozenset(rows.values_list("group_id", "person_id")))


def by_rule(people: Collection[int], groups: list[Group], *, on: date) -> set[Pair]:
    """By the type's member rule and by function, the people present that day."""
    places: dict[tuple, list[Group]] = {}
    for group in groups:
        places.setdefault((group.version_id, group.group_type_id, group.company_id, group.department_id), []).append(
            group
        )
    found: set[Pair] = set()
    for alike in places.values():
        group = alike[0]
        terms = terms_under(group.version, group.group_type.code)
        if terms is None:
            continue
        place = Place(group.company, group.department)
        named = any_of(
            Person.objects.of_organisation(group.organisation_id).present(on=on).filter(pk__in=people),
            Q(pk__in=expected_members(terms.type, place, on=on).values("pk")),
            Q(pk__in=members_by_function(terms.type, place, on=on).values("pk")),
        )
        members = list(named.order_by().values_list("pk", flat=True))
        found |= {(each.pk, person) for each in alike for person in members}
    return found


def by_consent(people: Collection[int], groups: list[Group], *, on: date) -> set[Pair]:
    """Those agreed to singly, as long as they are there."""
    of_request = {group.creation_request_id: group.pk for group in groups if group.creation_request_id}
    given = Consent.objects.filter(
        creation_request__in=of_request,
        person__in=Person.objects.present(on=on).filter(pk__in=people),
        state=Consent.State.GIVEN,
    )
    return {(of_request[request], person) for request, person in given.values_list("creation_request_id", "person_id")}


def admins(people: Collection[int], groups: list[Group]) -> set[Pair]:
    return {(group.pk, group.admin_id) for group in groups if group.admin_id in people}
