"""Coming in by a link."""

from datetime import datetime

from django.db import transaction

from governance.accounts.models import User
from governance.directory.actions import invitations
from governance.directory.models import Invitation
from governance.notifications.actions import see_kind

from .. import mail


@transaction.atomic
def accept(invitation: Invitation, *, password: str, now: datetime) -> User:
    """The password is set; a mail with the link that still waits is not sent any more."""
    user = invitations.accept(invitation, password=password, now=now)
    see_kind(invitation.person, mail.KIND, now=now)
    return user
