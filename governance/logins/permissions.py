"""Which links one may see: a link opens a login, so only whoever made it."""

from django.db import models

from governance.accounts.models import User
from governance.directory.models import Invitation
from governance.directory.permissions import check_can_keep_directory
from governance.jobs.models import Job

from .actions.inviting import JOB


def own_rounds(user: User) -> models.QuerySet[Job]:
    """What one invited oneself; for HR & Administration and the portal's keeper only."""
    check_can_keep_directory(user)
    return Job.objects.filter(kind=JOB, started_by=user).select_related("output")


def links_in_reach(user: User) -> models.QuerySet[Invitation]:
    """The organisation's links, without what opens them."""
    check_can_keep_directory(user)
    return Invitation.objects.filter(organisation_id=user.organisation_id).select_related("person")
