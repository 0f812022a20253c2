"""Who may see groups and creation requests: what `groups` knows itself, and what upper apps add by a provider."""

from collections.abc import Callable, Iterable

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone

from governance.accounts.models import User
from governance.calendar.queries import working_time
from governance.directory.models import Office, Person
from governance.directory.queries import offices_held, person_of
from governance.duties.models import Duty
from governance.files import permissions as files
from governance.notifications.models import Circulation

Provider = Callable[[Person], models.Q]
providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Let an upper app add to the groups a person may see (members: those he belongs to)."""
    providers.append(provider)


def oversees_all(offices: list[Office]) -> bool:
    """Whether one of the offices oversees the whole organisation."""
    return any(office.oversees and office.company_id is None for office in offices)


def overseen(offices: list[Office]) -> models.Q:
    """What lies in the scope of an office that oversees its own company."""
    return models.Q(company__in=[office.company_id for office in offices if office.oversees and office.company_id])


def any_of(model: type[models.Model], conditions: Iterable[models.Q]) -> models.Q:
    """Rows that meet one of the conditions, as a union of their keys: each condition finds its own index, where one
    long OR would read the whole table."""
    first, *others = [model.objects.filter(condition).order_by().values("pk") for condition in conditions]
    return models.Q(pk__in=first.union(*others))


def circulated(model: type[models.Model], person: Person, offices: list[Office]) -> models.Q:
    """What was circulated (抄送) to the person, or to an office the person holds now."""
    rows = Circulation.objects.filter(subject_type=ContentType.objects.get_for_model(model))
    shown = rows.filter(models.Q(person=person) | models.Q(office__in=[office.pk for office in offices]))
    return models.Q(pk__in=shown.values("subject_id"))


def waiting_with(model: type[models.Model], person: Person, path: str = "pk") -> models.Q:
    """What lies with the person himself as an open duty, on the model or on what `path` leads to."""
    duties = Duty.objects.open().filter(person=person, subject_type=ContentType.objects.get_for_model(model))
    return models.Q(**{f"{path}__in": duties.order_by().values("subject_id")})


def groups_visible_to(groups: models.QuerySet, user: User, *, on: object) -> models.QuerySet:
    """Groups that the user oversees, approves, designates for, takes the filing of, looks after, asked for, was shown,
    has a step of, took over from a list of existing groups, or belongs to."""
    offices, person = offices_held(user, on=on), person_of(user)
    mine = groups.filter(organisation_id=user.organisation_id)
    if person is None:
        return mine.none()
    if oversees_all(offices):
        return mine
    held = [office.pk for office in offices]
    own = models.Q(admin=person), models.Q(owner=person), models.Q(creation_request__submitter=person)
    acted = models.Q(creation_request__steps__office__in=held), models.Q(filings__office__in=held)
    designated = models.Q(designating_office__in=held), models.Q(designations__office__in=held)
    shown = models.Q(designations__person=person), circulated(groups.model, person, offices), overseen(offices)
    taken_over = models.Q(existing__imported__office__in=held), models.Q(existing__approving_office__in=held)
    filings = groups.model.filings.rel.related_model
    given = waiting_with(groups.model, person), waiting_with(filings, person, "filings__pk")
    provided = [provider(person) for provider in providers]
    return mine.filter(any_of(groups.model, [*own, *acted, *designated, *shown, *given, *taken_over, *provided]))


def existing_visible_to(existing: models.QuerySet, user: User, *, on: object) -> models.QuerySet:
    """Rows of lists of existing groups: all for who oversees everything and for the office that entered them, else
    those one approves, and those of groups one may see."""
    from .models import Group

    offices = offices_held(user, on=on)
    mine = existing.filter(organisation_id=user.organisation_id)
    if person_of(user) is None:
        return mine.none()
    if oversees_all(offices):
        return mine
    held = [office.pk for office in offices]
    groups = Group.objects.visible_to(user, on=on).order_by().values("pk")
    listed = models.Q(imported__office__in=held), models.Q(approving_office__in=held)
    return mine.filter(any_of(existing.model, [*listed, models.Q(group__in=groups)]))


def requests_visible_to(requests: models.QuerySet, user: User, *, on: object) -> models.QuerySet:
    """Requests of the user's organisation: his own; once submitted, those he oversees, decides on, was
    shown, or was asked about."""
    offices, person = offices_held(user, on=on), person_of(user)
    mine = requests.filter(organisation_id=user.organisation_id)
    if person is None:
        return mine.none()
    submitted = ~models.Q(number="")
    if oversees_all(offices):
        return mine.filter(models.Q(submitter=person) | submitted)
    held = [office.pk for office in offices]
    shown = models.Q(steps__office__in=held), models.Q(group__designating_office__in=held)
    told = circulated(requests.model, person, offices), models.Q(inquiries__person=person), overseen(offices)
    told += (waiting_with(requests.model, person),)
    seen = [submitted & condition for condition in (*shown, *told)]
    return mine.filter(any_of(requests.model, [models.Q(submitter=person), *seen]))


def register_files() -> None:
    """Whoever may see a request or a group may open its files, those of its filings too; called once, when the app is
    ready."""
    from .models import CreationRequest, Filing, Group, RecordedDecision

    for model in (CreationRequest, Group):
        files.register(model, may_see)
    files.register(RecordedDecision, lambda user, recorded: may_see(user, recorded.creation_request))
    files.register(Filing, lambda user, filing: may_see(user, filing.group))


def may_see(user: User, subject: models.Model) -> bool:
    """Whether the subject is among those the user may see today."""
    on = working_time(user.organisation_id).local_day(timezone.now())
    return type(subject).objects.visible_to(user, on=on).filter(pk=subject.pk).exists()
