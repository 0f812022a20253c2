"""Ready text (转发文字) of the directory: what HR copies into WeChat for one person."""

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from governance.directory.models import Invitation
from governance.directory.queries.invitations import link_of


def invitation_text(invitation: Invitation) -> str:
    """Greeting, what the link is for, how long it works, the link; in the language of the person it is for."""
    person = invitation.person
    language = person.user.language if person.user_id else settings.LANGUAGE_CODE
    with translation.override(language):
        if invitation.purpose == Invitation.Purpose.FIRST:
            request = _("please open this link and set your password for the portal of working groups.")
        else:
            request = _("please open this link and set another password for the portal of working groups.")
        day = timezone.localdate(invitation.expires_at).isoformat()
        return "\n".join(
            [
                _("Hello {name},").format(name=person.name),
                request,
                _("Your sign-in name: {username}").format(username=invitation.username),
                _("The link is for you alone, works once, and until {day}.").format(day=day),
                link_of(invitation),
            ]
        )
