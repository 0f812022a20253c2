"""What was given to a person goes to his successor when he leaves: one function for each kind of duty that can."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from governance.accounts.models import User
from governance.directory.models import Office, Person
from governance.duties.actions.passing import give
from governance.duties.models import Duty

from ..models import Designation
from ..permissions import submitting_office, today_of
from ..queries.terms import terms_in_force
from .designation import replace


def succeed_acceptance(
    duty: Duty, successor: Person, *, by: User, office: Office, now: datetime, reason: str
) -> Duty:
    """Designated and not yet answered: the successor is designated instead."""
    return replace(duty.subject, successor, by=by, office=office, now=now, reason=reason)


def succeed_establishment(
    duty: Duty, successor: Person, *, by: User, office: Office, now: datetime, reason: str
) -> Duty:
    """Accepted and not yet established: the successor is designated, accepts, and then establishes."""
    accepted = duty.subject.designations.get(state=Designation.State.ACCEPTED)
    return replace(accepted, successor, by=by, office=office, now=now, reason=reason)


def succeed_request(duty: Duty, successor: Person, *, by: User, office: Office, now: datetime, reason: str) -> Duty:
    """What came back to a submitter: the successor must be somebody who may submit such requests."""
    request = duty.subject
    terms = terms_in_force(request.group_type, on=today_of(by))
    if terms is None or submitting_office(successor.user, terms, request.company) is None:
        raise ValidationError(
            _("“%(title)s”: %(name)s does not hold an office that submits such requests.")
            % {"title": duty.title, "name": successor.name}
        )
    return give(duty, successor, reason=reason, by=by, office=office, now=now)
