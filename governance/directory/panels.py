"""What upper apps add to the pages of a person and of an office, without the directory knowing them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.functional import Promise

from governance.accounts.models import User

from .models import Office, Person


@dataclass(frozen=True)
class Panel:
    """A card: its heading, the template of its content, and what the template reads (as the variable `panel`)."""

    title: str | Promise
    template: str
    facts: dict[str, Any] = field(default_factory=dict)


# Given the reader, the person or office shown, and the day; None for nothing to show. A constant number of statements.
PersonPanel = Callable[[User, Person, date], Panel | None]
OfficePanel = Callable[[User, Office, date], Panel | None]
of_person: list[PersonPanel] = []
of_office: list[OfficePanel] = []


def register(*, person: PersonPanel | None = None, office: OfficePanel | None = None) -> None:
    """Let an app add a panel; called in its `ready()`."""
    if person is not None and person not in of_person:
        of_person.append(person)
    if office is not None and office not in of_office:
        of_office.append(office)


def panels_for_person(user: User, person: Person, *, on: date) -> list[Panel]:
    """The panels this reader sees on the person's page, in the order of registration."""
    return [panel for panel in (make(user, person, on) for make in of_person) if panel is not None]


def panels_for_office(user: User, office: Office, *, on: date) -> list[Panel]:
    return [panel for panel in (make(user, office, on) for make in of_office) if panel is not None]
