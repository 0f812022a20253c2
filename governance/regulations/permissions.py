"""Who loads regulations, who answers what they leave open; checks return the office acted for or raise NotAllowed."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from governance.accounts.models import User
from governance.calendar.queries import working_time
from governance.directory.models import Office
from governance.directory.permissions import check_can_keep_directory
from governance.directory.queries import holds
from governance.workflow import NotAllowed

from .models import OpenQuestion


def today_of(user: User) -> date:
    return working_time(user.organisation_id).local_day(timezone.now())


def check_can_load(user: User) -> Office:
    """Regulations are loaded by who keeps people and offices: HR & Administration, at set-up the portal's keeper."""
    try:
        return check_can_keep_directory(user)
    except NotAllowed:
        raise NotAllowed(_("Regulations are loaded by HR & Administration."))


def check_can_answer(user: User, question: OpenQuestion) -> Office:
    """The office that is asked. What is asked of nobody is asked at set-up, of who loads regulations."""
    if question.organisation_id != user.organisation_id:
        raise NotAllowed(_("This question belongs to another organisation."))
    if question.asked_of is None:
        return check_can_load(user)
    if not holds(user, question.asked_of, on=today_of(user)):
        raise NotAllowed(_("This is for %(office)s to answer.") % {"office": question.asked_of})
    return question.asked_of
