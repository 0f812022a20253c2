"""Who may see groups and creation requests: what `groups` knows itself, and what upper apps add by a provider."""

from collections.abc import Callable

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone

from governance.accounts.models import User
from governance.calendar.queries import working_time
from governance.directory.models import Office, Person
from governance.directory.queries import offices_held, person_of
from governance.files import permissions as files
from governance.notifications.models import Circulation

Provider = Callable[[Person], models.Q]
providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Let an upper app add to the groups a person may see (members: those he belongs to)."""
    providers.append(provider)


def overseen(offices: list[Office]) -> models.Q:
    """What lies in the scope of an overseeing office: everything, or its own company."""
    overseeing = [office for office in offices if office.oversees]
    if any(office.company_id is None for office in overseeing):
        return models.Q(pk__isnull=False)
    return models.Q(company__in=[office.company_id for office in overseeing])


def circulated(model: type[models.Model], person: Person) -> models.Q:
    """What was circulated (抄送) to the person."""
    rows = Circulation.objects.filter(person=person, subject_type=ContentType.objects.get_for_model(model))
    return models.Q(pk__in=rows.values("subject_id"))


def groups_visible_to(groups: models.QuerySet, user: User, *, on: object) -> models.QuerySet:
    """Groups that the user oversees, approves, designates for, takes the filing of, looks after, asked for, was shown,
    or belongs to."""
    offices, person = offices_held(user, on=on), person_of(user)
    mine = groups.filter(organisation_id=user.organisation_id)
    if person is None:
        return mine.none()
    held = [office.pk for office in offices]
    steps = models.Q(creation_request__steps__office__in=held) | models.Q(designations__office__in=held)
    steps |= models.Q(filings__office__in=held)
    wanted = overseen(offices) | models.Q(designating_office__in=held) | circulated(groups.model, person)
    wanted |= models.Q(admin=person) | models.Q(owner=person) | models.Q(creation_request__submitter=person)
    for provider in providers:
        wanted |= provider(person)
    related = groups.model.objects.filter(steps | models.Q(designations__person=person)).order_by().values("pk")
    return mine.filter(wanted | models.Q(pk__in=related))


def requests_visible_to(requests: models.QuerySet, user: User, *, on: object) -> models.QuerySet:
    """Requests of the user's organisation: his own; once submitted, those he oversees, decides on, or was shown."""
    offices, person = offices_held(user, on=on), person_of(user)
    mine = requests.filter(organisation_id=user.organisation_id)
    if person is None:
        return mine.none()
    held = [office.pk for office in offices]
    deciding = requests.model.objects.filter(steps__office__in=held).order_by().values("pk")
    shown = models.Q(pk__in=deciding) | overseen(offices) | circulated(requests.model, person)
    shown |= models.Q(group__designating_office__in=held)
    return mine.filter(models.Q(submitter=person) | ~models.Q(number="") & shown)


def register_files() -> None:
    """Whoever may see a request or a group may open its files, those of its filings too; called once, when the app is
    ready."""
    from .models import CreationRequest, Filing, Group

    for model in (CreationRequest, Group):
        files.register(model, may_see)
    files.register(Filing, lambda user, filing: may_see(user, filing.group))


def may_see(user: User, subject: models.Model) -> bool:
    """Whether the subject is among those the user may see today."""
    on = working_time(user.organisation_id).local_day(timezone.now())
    return type(subject).objects.visible_to(user, on=on).filter(pk=subject.pk).exists()
