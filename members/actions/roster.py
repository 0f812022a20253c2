"""The first roster: what the admin ticked off when the group was established, instead of one order a head."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from governance.accounts.models import User
from governance.audit.actions import record
from governance.directory.models import Person
from groups.models import Group
from groups.permissions import check_can_establish

from ..models import Membership


@transaction.atomic
def declare_first_roster(group: Group, people: Iterable[Person], *, by: User, now: datetime) -> int:
    """Enter who the admin says is in the group, as ticked off by him now; returns how many are new.

    Saying it twice adds nobody twice.
    """
    check_can_establish(by, group)
    known = set(Membership.objects.current().filter(group=group).values_list("person_id", flat=True))
    new = [person for person in people if person.pk not in known]
    Membership.objects.bulk_create(
        Membership(
            organisation_id=group.organisation_id,
            group=group,
            person=person,
            evidence=Membership.Evidence.TICKED,
            declared_by=by,
            declared_at=now,
        )
        for person in new
    )
    record("declare_roster", group, by=by, at=now, was=group.state, became=group.state, count=len(new))
    return len(new)
