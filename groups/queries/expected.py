"""Who a group's members should be: the type's member rule over the directory, set-based (Art. 4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Exists, OuterRef, Q

from governance.directory.models import Company, Department, Person, TeamMember, Tenure

from ..models import Consent, Group
from ..terms import GroupTypeTerms, Selector


@dataclass(frozen=True)
class Place:
    """For which company (and department) a group is; what "the requested company" means in a member rule."""

    company: Company
    department: Department | None = None


def holding(codes: Iterable[str], place: Place, *, on: date) -> Exists:
    """Holds one of the offices today (a delegate does not): one of the organisation, or of the requested company."""
    running = Tenure.objects.running(on=on).own().filter(person=OuterRef("pk"), office__code__in=list(codes))
    return Exists(running.filter(Q(office__company=None) | Q(office__company=place.company)))


def matching_company(wanted: str, place: Place) -> Q:
    if wanted == "headquarters":
        return Q(company__kind=Company.Kind.HEADQUARTERS)
    if wanted == "requested":
        return Q(company=place.company)
    return Q(company__code=wanted)


def within(department: Department | None, sub_departments: bool) -> Q:
    """In the department, with or without those below it; nobody when there is no department."""
    if department is None:
        return Q(pk__in=[])
    return Q(department__path__startswith=department.path) if sub_departments else Q(department=department)


def matching(selector: Selector, place: Place, *, on: date) -> Q:
    """One selector as a condition: everything it names must hold, any value within one name will do."""
    if selector.appointed_admin:
        return Q(pk__in=[])
    wanted = Q()
    if selector.offices:
        wanted &= Q(holding(selector.offices, place, on=on))
    if selector.company:
        wanted &= matching_company(selector.company, place)
    if selector.department == "requested":
        wanted &= within(place.department, selector.sub_departments)
    elif selector.department:
        named = Department.objects.filter(organisation_id=place.company.organisation_id).filter(
            Q(name=selector.department) | Q(aliases__name=selector.department)
        )
        wanted &= reduce(or_, (within(root, selector.sub_departments) for root in named.distinct()), Q(pk__in=[]))
    if selector.posts:
        wanted &= Q(post__in=selector.posts)
    if selector.functions:
        wanted &= Q(function__in=selector.functions)
    if selector.employment_kinds:
        wanted &= Q(employment_kind__in=selector.employment_kinds)
    if selector.teams:
        wanted &= Q(Exists(TeamMember.objects.filter(person=OuterRef("pk"), team__code__in=selector.teams)))
    return wanted


def any_of(people: models.QuerySet[Person], *conditions: Q) -> models.QuerySet[Person]:
    """The people who meet one of the conditions, as a union of keys: each condition finds its own index, where one long
    OR would look at everybody."""
    first, *others = [Person.objects.filter(condition).order_by().values("pk") for condition in conditions]
    return people.filter(pk__in=first.union(*others))


def matching_any(selectors: Iterable[Selector], place: Place, *, on: date) -> models.QuerySet[Person]:
    """Present people whom at least one selector names; nobody when there is no selector."""
    people = Person.objects.of_organisation(place.company.organisation_id).present(on=on)
    return any_of(people, Q(pk__in=[]), *(matching(selector, place, on=on) for selector in selectors))


def expected_members(terms: GroupTypeTerms, place: Place, *, on: date) -> models.QuerySet[Person]:
    """Whom the member rule puts into the group, sorted by 拼音."""
    return matching_any(terms.members.mandatory, place, on=on)


def exceptional_candidates(terms: GroupTypeTerms, place: Place, *, on: date) -> models.QuerySet[Person]:
    """Who may join once consented to singly, and is not in the group by the rule anyway."""
    if terms.consent is None:
        return Person.objects.none()
    eligible = matching_any(terms.consent.eligible, place, on=on)
    return eligible.exclude(pk__in=expected_members(terms, place, on=on).values("pk"))


def members_by_function(terms: GroupTypeTerms, place: Place, *, on: date) -> models.QuerySet[Person]:
    """Supervisors (Art. 12) who are not in the member rule but belong there all the same; the admin comes with the
    designation."""
    codes = [code for selector in terms.by_function for code in selector.offices]
    people = Person.objects.of_organisation(place.company.organisation_id).present(on=on)
    return people.filter(holding(codes, place, on=on)).exclude(
        pk__in=expected_members(terms, place, on=on).values("pk")
    )


def members_to_be(group: Group, terms: GroupTypeTerms, *, on: date) -> models.QuerySet[Person]:
    """Who should be in an approved group: by the rule, by a consent that was given, by function, the admin."""
    place = Place(group.company, group.department)
    given = Consent.objects.filter(creation_request=group.creation_request_id, state=Consent.State.GIVEN)
    people = Person.objects.of_organisation(group.organisation_id).present(on=on)
    return any_of(
        people,
        Q(pk__in=expected_members(terms, place, on=on).values("pk")),
        Q(pk__in=members_by_function(terms, place, on=on).values("pk")),
        Q(pk__in=given.values("person_id")),
        Q(pk=group.admin_id or 0),
    )
