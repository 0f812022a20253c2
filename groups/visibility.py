"""Who may see a group: what `groups` knows itself, and what upper apps add by registering a provider."""

from collections.abc import Callable, Iterable

from django.db import models

from governance.accounts.models import User
from governance.directory.models import Office, Person

Provider = Callable[[Person], models.Q]
providers: list[Provider] = []

# Offices that see every group of their scope: the organisation's own all of it, a company's own that company.
OVERSEEING = ("presidents_office", "hr_admin", "project_gm_office", "auditor", "portal_keeper", "president")


def register(provider: Provider) -> None:
    """Let an upper app add to what a person may see (members: the groups he belongs to)."""
    providers.append(provider)


def overseen(offices: Iterable[Office]) -> models.Q:
    """Groups that lie in the scope of one of the overseeing offices."""
    wanted = models.Q(pk__in=[])
    for office in offices:
        if office.code in OVERSEEING:
            wanted |= models.Q(company_id=office.company_id) if office.company_id else models.Q()
            if not office.company_id:
                return models.Q(pk__isnull=False)
    return wanted


def groups_visible_to(groups: models.QuerySet, user: User, offices: list[Office], person: Person | None) -> models.QuerySet:
    """Groups of the user's organisation that he oversees, approves, looks after, asked for, or belongs to."""
    mine = groups.filter(organisation_id=user.organisation_id)
    wanted = overseen(offices)
    held = [office.pk for office in offices]
    wanted |= models.Q(creation_request__steps__office__in=held) | models.Q(designations__office__in=held)
    if person is not None:
        wanted |= (
            models.Q(admin=person)
            | models.Q(owner=person)
            | models.Q(creation_request__submitter=person)
            | models.Q(designations__person=person)
        )
        for provider in providers:
            wanted |= provider(person)
    return mine.filter(pk__in=groups.model.objects.filter(organisation_id=user.organisation_id).filter(wanted).values("pk"))
