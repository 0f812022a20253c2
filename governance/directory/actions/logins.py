"""Logins of people, until another identity provider brings them."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from governance.accounts.models import User
from governance.audit.actions.recording import record

from ..models import Person


@transaction.atomic
def give_login(person: Person, *, username: str, password: str | None, by: User | None = None, now: datetime) -> User:
    """Let the person sign in. Without a password only another identity provider can let them in."""
    if person.user_id is not None:
        raise ValidationError(_("%(name)s already has a login.") % {"name": person.name})
    user = User.objects.create_user(
        username,
        password,
        organisation_id=person.organisation_id,
        name=person.name,
        email=person.email,
        language=person.organisation.language,
    )
    person.user = user
    person.save(update_fields=["user"])
    record("give-login", person, by=by, at=now)
    return user
