"""催办: whether the reader may remind whoever has a request, through whom, and from when again."""

from dataclasses import dataclass
from datetime import date, datetime

from governance.accounts.models import User
from governance.calendar.queries import working_time
from governance.directory.models import Office
from governance.directory.queries import holds, person_of
from governance.duties.models import Duty, Nudge
from governance.workflow import refusal

from ..models import CreationRequest, Designation, Filing, Group
from ..permissions import check_can_nudge
from .terms import Terms
from .waiting import Waiting, open_duty, waiting_of


@dataclass(frozen=True)
class NudgeBox:
    """`last` is the latest nudge of this step. `again_on` is the day from which the next is possible: None for now."""

    duty: Duty
    via: Office | None
    last: Nudge | None
    again_on: date | None


def nudge_box(
    creation_request: CreationRequest, waiting: Waiting | None, terms: Terms | None, user: User, *, now: datetime
) -> NudgeBox | None:
    """What the page offers a reader who may remind; None for others, and where the reader has it himself."""
    if waiting is None or not waiting.people or person_of(user) in waiting.people:
        return None
    if refusal(check_can_nudge, user, creation_request):
        return None
    last = last_nudge(waiting.duty)
    return NudgeBox(
        duty=waiting.duty,
        via=office_between(waiting, terms, user, on=working_time(creation_request.organisation_id).local_day(now)),
        last=last,
        again_on=again_on(waiting.duty, last, now=now),
    )


def last_nudge(duty: Duty) -> Nudge | None:
    return Nudge.objects.filter(duty=duty).select_related("nudged_by", "passed_on_by", "via").last()


def again_on(duty: Duty, last: Nudge | None, *, now: datetime) -> date | None:
    """The next working day, while the present one has had its nudge."""
    working = working_time(duty.organisation_id, duty.calendar_id)
    if last is None or last.nudged_on < working.working_day_after(working.local_day(now), 0):
        return None
    return working.working_day_after(last.nudged_on, 1)


def office_between(waiting: Waiting, terms: Terms | None, user: User, *, on: date) -> Office | None:
    """The office through which executives are reminded; None for others, and for that office itself."""
    if not waiting.plain or terms is None:
        return None
    office = terms.organisation_office("nudges")
    return None if holds(user, office, on=on) else office


def waiting_step_of(creation_request: CreationRequest, *, now: datetime) -> Waiting | None:
    """What waits now of the whole matter: the request's own step, or one of its group's."""
    group = Group.objects.filter(creation_request=creation_request).first()
    later = [*Designation.objects.filter(group=group)[:1], *Filing.objects.filter(group=group)] if group else []
    return waiting_of(open_duty(creation_request, group, *later), now=now)
