"""Offices with whoever holds them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db import models

from governance.accounts.models import User

from ..models import Company, Office, Tenure
from .holding import OWN_FIRST


@dataclass
class HeldOffice:
    """An office with today's tenures: holders, acting holders, delegates; vacant when there are none."""

    office: Office
    tenures: list[Tenure] = field(default_factory=list)

    @property
    def is_vacant(self) -> bool:
        return not self.tenures

    @property
    def is_acting_only(self) -> bool:
        return bool(self.tenures) and all(tenure.acting for tenure in self.holding)

    @property
    def holding(self) -> list[Tenure]:
        """Holders and acting holders, without delegates."""
        return [tenure for tenure in self.tenures if tenure.stands_for_id is None]


@dataclass
class OfficesOfCompany:
    """One company's offices; `company` is None for those of the whole organisation."""

    company: Company | None
    offices: list[HeldOffice]


def offices_visible_to(user: User) -> models.QuerySet[Office]:
    return Office.objects.filter(organisation_id=user.organisation_id).select_related("company", "department")


def running_tenures(offices: Iterable[Office], *, on: date) -> dict[int, list[Tenure]]:
    """Today's tenures by office, in one statement."""
    found: dict[int, list[Tenure]] = defaultdict(list)
    running = Tenure.objects.running(on=on).filter(office__in=[office.pk for office in offices])
    for tenure in running.select_related("person__department", "person__company", "stands_for__person").order_by(
        *OWN_FIRST, "person__sort_key", "pk"
    ):
        found[tenure.office_id].append(tenure)
    return found


def offices_by_company(user: User, *, on: date) -> list[OfficesOfCompany]:
    """The organisation's own offices first, then company by company: two statements."""
    offices = list(offices_visible_to(user).order_by(models.F("company").asc(nulls_first=True), "kind", "pk"))
    tenures = running_tenures(offices, on=on)
    groups: dict[int | None, OfficesOfCompany] = {}
    for office in offices:
        group = groups.setdefault(office.company_id, OfficesOfCompany(office.company, []))
        group.offices.append(HeldOffice(office, tenures.get(office.pk, [])))
    return list(groups.values())


def history_of_office(office: Office) -> list[Tenure]:
    """Every tenure of the office, the newest first."""
    return list(
        office.tenures.select_related("person__department", "person__company", "stands_for__person").order_by(
            models.F("ends_on").desc(nulls_first=True), models.F("starts_on").desc(nulls_last=True), "pk"
        )[:200]
    )
