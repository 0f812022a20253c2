"""超时终止: what nobody decided goes back to its submitter. Silence never creates a group (DESIGN.md, Approval)."""

import logging
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from governance.calendar.rules import WorkingTime
from governance.duties.actions import hand_over
from governance.duties.actions.climbing import in_working_time
from governance.duties.models import Duty
from governance.workflow import WrongState, move, raise_wrong_state

from ..models import ApprovalStep, CreationRequest
from ..permissions import waiting_step
from ..queries.terms import today
from .creation import card, record_outcome, submitter_or_successors
from .inquiries import close_inquiries

log = logging.getLogger(__name__)
JOB = "sweep"  # what the log names as the cause


def lapse_all(*, organisation_id: int, times: dict[int | None, WorkingTime], now: datetime) -> int:
    """Let every request lapse whose time is over, in the working time of its company; returns how many did.

    One that is decided at this moment stays decided; one that cannot lapse is logged and stops no other.
    """
    over = (
        Duty.objects.open()
        .filter(in_working_time("calendar", times, now), organisation_id=organisation_id, lapses_at__lte=now)
        .filter(verb="approve", subject_type=ContentType.objects.get_for_model(CreationRequest))
        .order_by("lapses_at", "pk")
    )
    lapsed = 0
    for pk in list(over.values_list("subject_id", flat=True)):
        try:
            lapse(CreationRequest.objects.get(pk=pk), now=now)
        except WrongState:
            continue
        except Exception:
            log.exception("creation request %s cannot lapse", pk)
        else:
            lapsed += 1
    return lapsed


@transaction.atomic
def lapse(creation_request: CreationRequest, *, now: datetime) -> None:
    """The clock ends the round; the submitter has the request again and may resubmit it in one tap.

    Raises WrongState when it was decided or withdrawn meanwhile, or when its time is not over (or never is).
    """
    step = waiting_step(creation_request)
    over = Duty.objects.open().of_subject(creation_request).filter(lapses_at__lte=now)
    days = over.values_list("lapse_days", flat=True).first()
    if days is None:
        raise_wrong_state(creation_request)
    record_outcome(step, ApprovalStep.State.LAPSED, by=None, now=now, opinion="")
    move(creation_request, CreationRequest.State.LAPSED, by=None, at=now, article=step.article, job=JOB, days=days)
    close_inquiries(creation_request, by=None, now=now)
    hand_over(
        creation_request,
        "resubmit",
        to=submitter_or_successors(creation_request, on=today(creation_request.organisation_id, now)),
        now=now,
        outcome="lapse",
        calendar_id=creation_request.company.calendar_id,
        facts=card(creation_request) | {"days": days},
    )
