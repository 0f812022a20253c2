"""Who holds what today, and who stands behind a login."""

from collections.abc import Iterable
from datetime import date

from django.db import models

from governance.accounts.models import User

from ..models import Office, Person, Tenure

OWN_FIRST = (models.F("stands_for").asc(nulls_first=True), "acting")


def person_of(user: User) -> Person | None:
    """The person behind a login, or None for a login without one."""
    return getattr(user, "person", None)


def offices_held(user: User, *, on: date) -> list[Office]:
    """The offices the user may act for on that day: his own before those he acts for as a delegate, which name the
    absent holder (`absent`). Remembered on the user object: one request, one reading."""
    remembered = user.__dict__.setdefault("_offices_held", {})
    if on not in remembered:
        person = person_of(user)
        remembered[on] = offices_of(person, on=on) if person else []
    return remembered[on]


def offices_of(person: Person, *, on: date) -> list[Office]:
    running = Tenure.objects.running(on=on).filter(person=person)
    found: dict[int, Office] = {}
    for tenure in running.select_related("office__company", "stands_for__person").order_by(*OWN_FIRST, "office", "pk"):
        if tenure.office_id not in found:
            found[tenure.office_id] = tenure.office
            tenure.office.absent = tenure.stands_for.person if tenure.stands_for_id else None
    return list(found.values())


def held(user: User, office: Office | None, *, on: date) -> Office | None:
    """The office as the user holds it on that day (`absent`: as a delegate), or None: the only source of authority in
    the portal."""
    return next((one for one in offices_held(user, on=on) if office is not None and one.pk == office.pk), None)


def holds(user: User, office: Office | None, *, on: date) -> bool:
    """Whether the user holds the office on that day, or acts for it."""
    return held(user, office, on=on) is not None


def holds_code(user: User, *codes: str, on: date) -> bool:
    """Whether the user holds an office with one of these codes, of whichever company."""
    return any(held.code in codes for held in offices_held(user, on=on))


def holders_of(office: Office, *, on: date) -> models.QuerySet[Person]:
    """Who can act for the office on that day: holders, acting holders, then delegates (`absent_name`: for whom)."""
    running = Tenure.objects.running(on=on).filter(office=office, person=models.OuterRef("pk")).order_by(*OWN_FIRST)
    return (
        Person.objects.filter(models.Exists(running))
        .annotate(
            acting=models.Subquery(running.values("acting")[:1]),
            absent_name=models.Subquery(running.values("stands_for__person__name")[:1]),
            is_delegate=models.Case(models.When(absent_name=None, then=False), default=True),
        )
        .for_display()
        .select_related("user")
        .order_by("is_delegate", "acting", "sort_key", "pk")
    )


def own_holders_of(office: Office, *, on: date) -> models.QuerySet[Person]:
    """Holders and acting holders without delegates: for what goes with the post, not with a decision."""
    return holders_of(office, on=on).filter(is_delegate=False)


def users_holding(offices: Iterable[Office], *, on: date) -> models.QuerySet[Person]:
    """Everybody who holds one of the offices on that day."""
    running = Tenure.objects.running(on=on).filter(office__in=list(offices))
    return Person.objects.filter(pk__in=running.values("person_id")).for_display()


def find_office(organisation_id: int, code: str, company_id: int | None = None) -> Office | None:
    """The office with that code: the company's own if there is one, else the organisation's."""
    return (
        Office.objects.filter(organisation_id=organisation_id, code=code)
        .filter(models.Q(company_id=company_id) | models.Q(company=None))
        .select_related("company")
        .order_by(models.F("company").asc(nulls_last=True))
        .first()
    )
