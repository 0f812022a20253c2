"""Who holds what today, and who stands behind a login."""

from collections.abc import Iterable
from datetime import date

from django.db import models

from governance.accounts.models import User

from ..models import Office, Person, Tenure


def person_of(user: User) -> Person | None:
    """The person behind a login, or None for a login without one."""
    return getattr(user, "person", None)


def offices_held(user: User, *, on: date) -> list[Office]:
    """The offices the user holds or acts for on that day. Remembered on the user object: one request, one reading."""
    remembered = user.__dict__.setdefault("_offices_held", {})
    if on not in remembered:
        person = person_of(user)
        found = Office.objects.held_by(person, on=on).select_related("company") if person else []
        remembered[on] = list(found)
    return remembered[on]


def holds(user: User, office: Office | None, *, on: date) -> bool:
    """Whether the user holds (or acts for) the office on that day: the only source of authority in the portal."""
    return office is not None and any(held.pk == office.pk for held in offices_held(user, on=on))


def holds_code(user: User, *codes: str, on: date) -> bool:
    """Whether the user holds an office with one of these codes, of whichever company."""
    return any(held.code in codes for held in offices_held(user, on=on))


def holders_of(office: Office, *, on: date) -> models.QuerySet[Person]:
    """Who holds the office on that day, holders before acting holders."""
    running = Tenure.objects.running(on=on).filter(office=office, person=models.OuterRef("pk"))
    return (
        Person.objects.filter(models.Exists(running))
        .annotate(acting=models.Subquery(running.order_by("acting").values("acting")[:1]))
        .for_display()
        .select_related("user")
        .order_by("acting", "sort_key", "pk")
    )


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
