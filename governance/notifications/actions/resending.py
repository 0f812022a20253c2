"""Sending again what had failed for good, once its cause is mended."""

from datetime import datetime

from django.db import transaction

from governance.accounts.models import User
from governance.audit.actions import record_many
from governance.audit.actions.recording import event_of
from governance.workflow import raise_wrong_state

from ..models import Delivery
from ..permissions import check_can_send_again

AT_MOST = 1000


@transaction.atomic
def send_again(delivery: Delivery, *, by: User, now: datetime) -> None:
    """Put one failed delivery back into the outbox; WrongState when somebody did before."""
    office = check_can_send_again(by)
    if not put_back([delivery], by=by, office=office, now=now):
        raise_wrong_state(delivery.notice)


@transaction.atomic
def send_all_again(*, by: User, now: datetime) -> int:
    """Put the failed deliveries of the user's organisation back, a thousand at most; returns how many. Four statements,
    whatever their number."""
    office = check_can_send_again(by)
    failed = Delivery.objects.filter(notice__organisation=by.organisation_id, state=Delivery.State.FAILED)
    found = failed.select_for_update(of=("self",)).select_related("notice").order_by("pk")[:AT_MOST]
    return put_back(list(found), by=by, office=office, now=now)


def put_back(deliveries: list[Delivery], *, by: User, office: object, now: datetime) -> int:
    """Failed ones wait again with all their attempts before them; each is written into the operations log."""
    failed = Delivery.objects.filter(pk__in=[one.pk for one in deliveries], state=Delivery.State.FAILED)
    count = failed.update(state=Delivery.State.QUEUED, attempts=0, next_try_at=now, complaint="")
    if count:
        record_many([event_of("send_again", one.notice, by=by, at=now, office=office) for one in deliveries])
    return count
