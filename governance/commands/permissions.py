"""Who may see how the portal runs; checks return the office acted for or raise NotAllowed."""

from django.utils.translation import gettext as _

from governance.accounts.models import User
from governance.directory.models import Office
from governance.directory.permissions import KEEPERS, office_among
from governance.workflow import NotAllowed

WATCHERS = (*KEEPERS, "auditor")
READERS = ("presidents_office", "auditor")  # who read the whole operations log; the directory's keepers their part


def check_can_see_operations(user: User) -> Office:
    """HR & Administration and the portal's keeper, who act on it, and auditors, who only read."""
    office = office_among(user, WATCHERS)
    if office is None:
        raise NotAllowed(_("How the portal runs is shown to HR & Administration and to auditors."))
    return office
