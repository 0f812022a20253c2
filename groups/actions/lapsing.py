"""超时终止: what nobody decided goes back to its submitter. Silence never creates a group (DESIGN.md, Approval)."""

import logging
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction

from governance.calendar.rules import WorkingTime
from governance.duties.actions import hand_over
from governance.duties.actions.climbing import in_working_time
from governance.duties.models import Duty
from governance.workflow import WrongState, move, raise_wrong_state

from ..models import ApprovalStep, CreationRequest, Group
from ..permissions import waiting_step
from ..queries.terms import today
from .creation import card, record_outcome, submitter_or_successors
from .ending import abandon_overdue
from .inquiries import close_inquiries

log = logging.getLogger(__name__)
JOB = "sweep"  # what the log names as the cause


def lapse_all(*, organisation_id: int, times: dict[int | None, WorkingTime], now: datetime) -> int:
    """Let every request lapse whose time is over, in the working time of its company, and every approved group that
    nobody established come to nothing; returns how many did.

    One that is decided at this moment stays decided; one that cannot lapse is logged and stops no other.
    """
    over = (
        Duty.objects.open()
        .filter(in_working_time("calendar", times, now), organisation_id=organisation_id, lapses_at__lte=now)
        .filter(what_lapses())
        .order_by("lapses_at", "pk")
    )
    lapsed = 0
    for verb, pk in list(over.values_list("verb", "subject_id")):
        try:
            if verb == "approve":
                lapse(CreationRequest.objects.get(pk=pk), now=now)
            else:
                abandon_overdue(Group.objects.get(pk=pk), now=now, job=JOB)
        except WrongState:
            continue
        except Exception:
            log.exception("%s of %s cannot lapse", verb, pk)
        else:
            lapsed += 1
    return lapsed


def what_lapses() -> models.Q:
    """An approval that nobody decides, an establishment that nobody confirms."""
    kinds = ContentType.objects.get_for_models(CreationRequest, Group)
    approval = models.Q(verb="approve", subject_type=kinds[CreationRequest])
    return approval | models.Q(verb="establish", subject_type=kinds[Group])


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
