"""补登期限: until when the groups that exist may be brought in; HR says when all of a company's are there."""

from datetime import date, datetime

from django.db import transaction

from governance.accounts.models import User
from governance.audit.actions import record
from governance.directory.models import Company

from ..models import Amnesty
from ..permissions import check_can_set_amnesty, check_can_take_over_groups
from .open_points import renew


@transaction.atomic
def set_until(company: Company, until: date | None, *, by: User, now: datetime) -> None:
    """The last day for one company; None for no end. The same again changes nothing; another day opens it anew."""
    office = check_can_set_amnesty(by)
    amnesty = Amnesty.objects.select_for_update().filter(company=company).first()
    if (amnesty.until if amnesty else None) == until:
        return
    if until is None:
        amnesty.delete()
    else:
        facts = {"organisation": by.organisation, "until": until, "complete_at": None}
        Amnesty.objects.update_or_create(company=company, defaults=facts)
    record("set_amnesty", company, by=by, at=now, office=office, until=until.isoformat() if until else "")
    renew(by.organisation, by=by, now=now)


@transaction.atomic
def declare_complete(company: Company, *, by: User, now: datetime) -> None:
    """HR says that all groups of the company are entered: nobody is reminded of its amnesty any more. Twice is once."""
    office = check_can_take_over_groups(by)
    if Amnesty.objects.filter(company=company, complete_at=None).update(complete_at=now):
        record("complete_existing", company, by=by, at=now, office=office)
        renew(by.organisation, by=by, now=now)
