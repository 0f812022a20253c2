"""Who may look after the outbox; checks return the office acted for or raise NotAllowed."""

from django.utils.translation import gettext as _

from governance.accounts.models import User
from governance.directory.models import Office
from governance.directory.permissions import KEEPERS, office_among
from governance.workflow import NotAllowed


def check_can_send_again(user: User) -> Office:
    """HR & Administration and the portal's keeper; who only reads the state of the portal changes nothing."""
    office = office_among(user, KEEPERS)
    if office is None:
        raise NotAllowed(_("Messages are sent again by HR & Administration."))
    return office
