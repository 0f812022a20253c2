"""What the schedule calls."""

from datetime import datetime

from django.db.models import Q

from governance.accounts.models import Organisation

from .actions.open_points import renew
from .models import Amnesty, ExistingGroup


def renew_open_points(*, now: datetime) -> int:
    """See to what nobody's step told about existing groups: an answer to an open question, an admin who left, the
    end of an amnesty. Returns how many organisations were looked at."""
    entered = ExistingGroup.objects.order_by().values("organisation")
    ending = Amnesty.objects.order_by().values("organisation")
    organisations = list(Organisation.objects.filter(Q(pk__in=entered) | Q(pk__in=ending)).order_by("pk"))
    for organisation in organisations:
        renew(organisation, now=now)
    return len(organisations)
