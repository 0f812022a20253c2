"""Which links one may see: a link opens a login, so only whoever made it."""

from django.db import models
from django.utils.translation import gettext as _

from governance.accounts.models import User
from governance.directory.models import Invitation, Office, Person
from governance.directory.permissions import check_can_keep_directory
from governance.jobs.models import Job
from governance.workflow import NotAllowed

from .actions.inviting import JOB


def own_rounds(user: User) -> models.QuerySet[Job]:
    """What one invited oneself; for HR & Administration and the portal's keeper only."""
    check_can_keep_directory(user)
    return Job.objects.filter(kind=JOB, started_by=user).select_related("output")


def check_can_sign_out(user: User, person: Person) -> Office:
    """The directory's keepers, for a colleague with a login; one's own devices are on one's own page."""
    office = check_can_keep_directory(user)
    if person.user_id is None:
        raise NotAllowed(_("%(name)s has no login yet: send an invitation.") % {"name": person.name})
    if person.user_id == user.pk:
        raise NotAllowed(_("Your own devices are signed out on your page."))
    return office


def links_in_reach(user: User) -> models.QuerySet[Invitation]:
    """The organisation's links, without what opens them."""
    check_can_keep_directory(user)
    return Invitation.objects.filter(organisation_id=user.organisation_id).select_related("person")
