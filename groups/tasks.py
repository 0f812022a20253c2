"""What the schedule calls."""

from datetime import datetime

from governance.accounts.models import Organisation

from .actions.open_points import renew
from .models import ExistingGroup


def renew_open_points(*, now: datetime) -> int:
    """See to what nobody's step told about existing groups: an answer to an open question, an admin who left. Returns
    how many organisations have existing groups."""
    entered = ExistingGroup.objects.order_by().values("organisation")
    organisations = list(Organisation.objects.filter(pk__in=entered).order_by("pk"))
    for organisation in organisations:
        renew(organisation, now=now)
    return len(organisations)
