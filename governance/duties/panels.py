"""What this app adds to a person's page: who decides for him, for whom he decides, what a successor takes over."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from governance.accounts.models import User
from governance.directory.models import Person
from governance.directory.panels import Panel, register
from governance.directory.permissions import check_can_name_delegate
from governance.directory.queries import person_of
from governance.directory.queries.delegates import delegates_of, stands_in_for
from governance.workflow import refusal

from .permissions import duties_to_hand_over


def delegates_panel(user: User, person: Person, on: date) -> Panel | None:
    """For the person himself and for whoever may name a delegate for him: two statements, none for others."""
    is_me = person == person_of(user)
    may_name = not refusal(check_can_name_delegate, user, person)
    if not is_me and not may_name:
        return None
    facts = {
        "person": person,
        "is_me": is_me,
        "may_name": may_name,
        "mine": delegates_of(person, on=on),
        "theirs": stands_in_for(person, on=on),
        "on": on,
    }
    if not may_name and not facts["theirs"]:
        return None
    return Panel(_("Delegates"), "duties/_delegates.html", facts)


def handover_panel(user: User, person: Person, on: date) -> Panel | None:
    """For whoever may hand over what was given to the person; nothing where nothing is open. One statement."""
    if person == person_of(user):
        return None
    count = duties_to_hand_over(user, person).count()
    if not count:
        return None
    return Panel(_("Given to this person"), "duties/_handover.html", {"person": person, "count": count})


def register_all() -> None:
    """Called once, when the app is ready."""
    register(person=delegates_panel)
    register(person=handover_panel)
