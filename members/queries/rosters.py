"""Reading rosters."""

from django.db import models
from django.db.models import F
from django.db.models.functions import Coalesce, NullIf

from governance.directory.models import Person
from groups.models import Group

from ..models import Membership


def roster_of(group: Group) -> models.QuerySet[Membership]:
    """Who is declared to be in the group, sorted by 拼音; external contacts last."""
    return (
        Membership.objects.current()
        .filter(group=group)
        .select_related("person__department", "person__company", "external")
        .order_by(F("person__sort_key").asc(nulls_last=True), "pk")
    )


def roster_rows(group: Group) -> models.QuerySet:
    """The same as plain rows, with who declared each membership: a roster of 500 is one light statement."""
    company = Coalesce(NullIf("person__company__short_name", models.Value("")), "person__company__name")
    rows = Membership.objects.current().filter(group=group).order_by(F("person__sort_key").asc(nulls_last=True), "pk")
    return rows.annotate(
        name=F("person__name"),
        search=F("person__search"),
        left_on=F("person__left_on"),
        department=F("person__department__name"),
        company=company,
        external_name=F("external__name"),
        external_company=F("external__company_name"),
        declarer=F("declared_by__name"),
    ).values_list(
        "person_id",
        "name",
        "search",
        "left_on",
        "department",
        "company",
        "external_name",
        "external_company",
        "evidence",
        "declarer",
        "declared_at",
        named=True,
    )


def groups_of(person: Person) -> models.QuerySet[Group]:
    """The open groups the person is declared to be in."""
    current = Membership.objects.current().filter(person=person)
    return Group.objects.open().filter(pk__in=current.values("group_id"))
