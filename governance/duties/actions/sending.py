"""Noting that somebody passed a duty on by hand, in WeChat, where the portal cannot see it."""

from datetime import datetime, timedelta

from django.db import transaction

from governance.accounts.models import User
from governance.audit.actions import record
from governance.audit.models import Event
from governance.audit.queries import history_of
from governance.workflow import raise_wrong_state

from ..models import Duty

SAME_CLICK = timedelta(minutes=1)


@transaction.atomic
def mark_sent(duty: Duty, *, by: User, now: datetime) -> Event:
    """Say in the subject's history that the ready text went out. A second click within a minute adds nothing.

    Raises WrongState when the duty has been done meanwhile.
    """
    if duty.closed_at is not None:
        raise_wrong_state(duty.subject)
    just_now = history_of(duty.subject).filter(verb="sent_in_wechat", actor=by, at__gt=now - SAME_CLICK).first()
    return just_now or record("sent_in_wechat", duty.subject, by=by, at=now, duty=duty.pk, step=duty.verb)
