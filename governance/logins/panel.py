"""How a person stands with signing in, on that person's page: for HR alone."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from governance.accounts.models import User
from governance.directory.models import Person
from governance.directory.panels import Panel
from governance.directory.permissions import check_can_invite, check_can_keep_directory, check_can_reset_password
from governance.directory.queries import person_of
from governance.directory.queries.invitations import signing_in
from governance.workflow import refusal


def sign_in_panel(user: User, person: Person, _on: date) -> Panel | None:
    """Two statements for whoever keeps the directory, none for others; on one's own page one changes the password."""
    if person == person_of(user) or refusal(check_can_keep_directory, user):
        return None
    facts = {
        "stands": signing_in(person),
        "person": person,
        "reader": user,
        "last_login": person.user.last_login if person.user_id else None,
        "why_not_invite": refusal(check_can_invite, user, person),
        "why_not_reset": refusal(check_can_reset_password, user, person),
        "now": timezone.now(),
    }
    return Panel(_("Signing in"), "logins/_person_sign_in.html", facts)
