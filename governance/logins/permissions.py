"""Which links one may see (a link opens a login, so only whoever made it), and who consents to another password."""

from django.db import models
from django.utils.translation import gettext as _

from governance.accounts.models import User
from governance.directory.models import Invitation, Office, Person
from governance.directory.permissions import check_can_keep_directory, may_see_contacts, office_among
from governance.jobs.models import Job
from governance.workflow import NotAllowed

from .guarded import CONSENTING


def own_rounds(user: User) -> models.QuerySet[Job]:
    """What one invited oneself; for HR & Administration and the portal's keeper only."""
    check_can_keep_directory(user)
    return Job.objects.filter(kind="invite", started_by=user).select_related("output")


def check_can_sign_out(user: User, person: Person) -> Office:
    """The directory's keepers, for a colleague with a login; one's own devices are on one's own page."""
    office = check_can_keep_directory(user)
    if person.user_id is None:
        raise NotAllowed(_("%(name)s has no login yet: send an invitation.") % {"name": person.name})
    if person.user_id == user.pk:
        raise NotAllowed(_("Your own devices are signed out on your page."))
    return office


def resets_in_reach(user: User) -> models.QuerySet[Invitation]:
    """Other passwords: seen by HR, the President's Office, the portal's keeper, and whom it concerns."""
    resets = Invitation.objects.filter(organisation_id=user.organisation_id, purpose=Invitation.Purpose.RESET)
    resets = resets.select_related("person__department", "person__company", "person__user", "issued_by__person")
    return resets if may_see_contacts(user) else resets.filter(person__user=user)


def check_can_consent(user: User, invitation: Invitation) -> Office:
    """A second person of HR & Administration or the President's Office: neither who asked nor whom it concerns."""
    if invitation.issued_by_id == user.pk:
        raise NotAllowed(_("You asked for this yourself: a second person has to consent."))
    if invitation.person.user_id == user.pk:
        raise NotAllowed(_("Nobody consents to his own new password. You may refuse it."))
    office = office_among(user, CONSENTING)
    if office is None or invitation.organisation_id != user.organisation_id:
        raise NotAllowed(_("A second person of HR & Administration or the President's Office consents."))
    return office


def check_can_refuse(user: User, invitation: Invitation) -> Office | None:
    """Whoever may consent, and whom it concerns, who may not have asked for it: then for no office."""
    if invitation.person.user_id == user.pk:
        return None
    return check_can_consent(user, invitation)


def links_in_reach(user: User) -> models.QuerySet[Invitation]:
    """The organisation's links, without what opens them."""
    check_can_keep_directory(user)
    return Invitation.objects.filter(organisation_id=user.organisation_id).select_related("person")
