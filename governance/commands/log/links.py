"""Links that arrive at the operations log with the filter set: from a person's and a group's page."""

from datetime import date

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.accounts.models import User
from governance.directory.models import Person
from governance.directory.panels import Panel
from governance.directory.queries import person_of

from .filters import Filters, thing
from .queries import ALL, OWN, reach_of
from .subjects import BY_CODE, subjects_of


def log_url(subject: models.Model) -> str:
    """Everything that happened to a thing."""
    return f"{reverse('operations_log')}?about={subject._meta.model_name}-{subject.pk}"


def log_of_person(user: User, person: Person, on: date) -> Panel | None:
    """What happened to the person and what the person did, for whoever reads more than his own doings; one's own
    doings for oneself."""
    doings = f"{reverse('operations_log')}?by={person.pk}"
    links = [(gettext_lazy("What this person did"), doings)]
    if person_of(user) == person:
        links = [(gettext_lazy("What I did"), reverse("operations_log"))]
    elif reach_of(user, on=on) == OWN:
        return None
    if reach_of(user, on=on) != OWN:
        links.insert(0, (gettext_lazy("What happened to this person's entries"), log_url(person)))
    return Panel(gettext_lazy("Operations log"), "commands/_person_log.html", {"links": links})


def asked_by_link(filters: Filters, user: User, *, on: date) -> list[str]:
    """What a link asked for, as the page says it: the name of a thing only where the reader may see the thing."""
    found = []
    if filters.by:
        person = Person.objects.of_organisation(user.organisation_id).filter(pk=filters.by).first()
        found.append(_("Done by: {name}").format(name=person.name if person else "–"))
    if filters.about:
        code, number = thing(filters.about)
        own = BY_CODE[code].model._base_manager.filter(pk=number, organisation=user.organisation_id).exists()
        key = (BY_CODE[code].type_id, number)
        subject = subjects_of({key}, user, on=on).get(key) if own else None
        name = subject.name if subject and (subject.url or reach_of(user, on=on) == ALL) else "–"
        found.append(_("About: {kind} “{name}”").format(kind=BY_CODE[code].label, name=name))
    return found
