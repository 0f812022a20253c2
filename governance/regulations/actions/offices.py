"""The offices and teams that regulations name are made sure of in the directory."""

from datetime import datetime
from typing import Any

from django.db import transaction

from governance.accounts.models import Organisation, User
from governance.calendar.queries import working_time
from governance.directory.actions import ensure_office
from governance.directory.models import Company, Office, Team

from ..queries import data_with_answers, versions_counting
from ..rules import overseeing_offices

KEEPER = "portal_keeper"


@transaction.atomic
def ensure_offices(organisation: Organisation, *, by: User | None, now: datetime) -> None:
    """Every office of the organisation's regulations exists: one for the organisation, or one in each project company;
    so do their teams. Who interprets or supervises under one of them oversees. A version that waits for its day counts
    beside the one in force, so that its offices have holders when it comes.

    To be called again when a company is added. An office is called as the first
    regulation calls it; one that only an answer names keeps its name.
    """
    on = working_time(organisation.pk).local_day(now)
    regulations = [data_with_answers(version) for version in versions_counting(organisation.pk, on=on)]
    overseeing = {code for data in regulations for code in overseeing_offices(data)}
    named = {entry["code"]: entry for data in reversed(regulations) for entry in data["offices"]}
    for code, entry in named.items():
        ensure_one(organisation, entry, code in overseeing, by=by, now=now)
    for team in [team for data in regulations for team in data["teams"]]:
        names = {"name": team["name"]["zh"]}
        Team.objects.get_or_create(organisation=organisation, code=team["code"], defaults=names)
    others = Office.objects.filter(organisation=organisation, code__in=overseeing - named.keys(), oversees=False)
    for office in others.select_related("company"):
        ensure_office(
            organisation,
            office.code,
            name=office.name,
            kind=office.kind,
            company=office.company,
            oversees=True,
            by=by,
            now=now,
        )


def ensure_keeper(organisation: Organisation, *, by: User | None, now: datetime) -> Office:
    """The portal's keeper, who answers what a regulation asks of nobody until its offices are known."""
    return ensure_office(
        organisation, KEEPER, name="门户管理员", name_en="Portal keeper", kind=Office.Kind.BODY, by=by, now=now
    )


def ensure_one(
    organisation: Organisation, entry: dict[str, Any], oversees: bool, *, by: User | None, now: datetime
) -> None:
    """One office of a file, in every company where it stands."""
    companies: list[Company | None] = [None]
    if entry["scope"] == "company":
        companies = list(Company.objects.filter(organisation=organisation, kind=Company.Kind.PROJECT))
    for company in companies:
        ensure_office(
            organisation,
            entry["code"],
            name=entry["name"]["zh"],
            name_en=entry["name"]["en"],
            kind=entry["kind"],
            executive=entry["executive"],
            oversees=oversees,
            company=company,
            by=by,
            now=now,
        )
