"""建群确认: the group is in use, and who is in it is declared, in one step (Art. 5, 6)."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from governance.accounts.models import User
from governance.directory.models import Person
from governance.files.actions import attach, store
from governance.files.rules import CheckedFile
from groups.actions.establishment import Checklist, establish
from groups.models import Establishment, Group
from members.actions.roster import declare_first_roster


@transaction.atomic
def confirm_establishment(
    group: Group,
    checklist: Checklist,
    people: Collection[Person],
    *,
    by: User,
    now: datetime,
    external_count: int = 0,
    screenshot: CheckedFile | None = None,
) -> Establishment:
    """The admin confirms the checklist and ticks off the first roster: all of it is written, or nothing.

    The admin and the owner are in the group without being ticked. `external_count`: people from outside, by number.
    Raises ValidationError by field of the checklist.
    """
    roster = {person.pk: person for person in (*people, group.admin, checklist.owner) if person is not None}
    counted = replace(checklist, member_count=len(roster) + external_count)
    establishment = establish(group, counted, by=by, now=now)
    declare_first_roster(group, roster.values(), by=by, now=now)
    if screenshot is not None:
        attach(store(screenshot, organisation=group.organisation, by=by, now=now), group, "establishment")
    return establishment
