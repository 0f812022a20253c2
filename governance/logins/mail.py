"""An invitation by mail: written into the outbox without its link, which is made when the mail is sent."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from governance.directory.models import Invitation
from governance.directory.queries.invitations import can_be_shown, link_of
from governance.notifications.actions import notify_each
from governance.notifications.models import Notice
from governance.notifications.wordings import Wording

KIND = "invitation"
WORDING = Wording(
    _("You are invited to the portal of working groups"),
    _(
        "Please open the link and set your password. Your sign-in name: %(username)s. "
        "The link is for you alone, works once, and until %(due)s."
    ),
)


def queue(invitations: Iterable[Invitation], *, now: datetime) -> None:
    """Mails for those whose address is known, in the caller's transaction; nothing where this portal sends no mail."""
    if settings.SENDS_MAIL:
        with_address = (invitation for invitation in invitations if invitation.person.email)
        notify_each(
            ((found.person, found, parameters_of(found)) for found in with_address),
            KIND,
            now=now,
            key=KIND,
            path=reverse("my_page"),
        )


def parameters_of(invitation: Invitation) -> dict[str, str]:
    return {"username": invitation.username, "due": invitation.expires_at.isoformat()}


def link_for(notice: Notice) -> str:
    """The link, as long as it lets the person in; empty for one that is used, taken back, replaced or too old."""
    open_ones = Invitation.objects.filter(state=Invitation.State.OPEN, expires_at__gt=timezone.now())
    found = open_ones.filter(pk=notice.subject_id).first()
    return link_of(found) if found is not None and can_be_shown(found) else ""
