"""A phone is lost: HR ends every session of a person."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.db import transaction

from governance.accounts.models import User
from governance.audit.actions import record
from governance.directory.models import Person

from ..permissions import check_can_sign_out


@transaction.atomic
def sign_out(person: Person, *, by: User, now: datetime) -> int:
    """End every session of the person, who keeps the password; returns of how many devices."""
    office = check_can_sign_out(by, person)
    sessions = list(UserSession.objects.filter(user=person.user_id))
    for session in sessions:
        session.end()
    record("sign-out-person", person.user, by=by, at=now, office=office, devices=len(sessions), name=person.name)
    return len(sessions)
