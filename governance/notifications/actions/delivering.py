"""Sending what lies in the outbox: at least once, by any number of workers, with growing pauses after a failure."""

import logging
import time
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import models, transaction
from django.utils import timezone

from ..mails import mail_for
from ..models import Delivery

log = logging.getLogger(__name__)

PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
)
LEASE = timedelta(minutes=10)  # how long a claimed row is nobody else's
BUSY_AT_MOST = timedelta(minutes=5)  # of the lease; what is left then is given back


def deliver(*, now: datetime, at_most: int = 200) -> int:
    """Send up to `at_most` mails that are due; returns how many rows were taken in hand.

    A row is leased first and settled after sending: a worker that dies between the two sends it again when the lease
    has run out. A mail that cannot be sent never undoes anything; after the sixth failure it counts as failed.
    """
    claimed = claim(now, at_most)
    if not claimed:
        return 0
    began = time.monotonic()
    connection = get_connection()
    for position, delivery in enumerate(claimed):
        if time.monotonic() - began > BUSY_AT_MOST.total_seconds():
            give_back(claimed[position:], now)
            break
        deliver_one(delivery, connection, now)
    close(connection)
    return len(claimed)


def claim(now: datetime, at_most: int) -> list[Delivery]:
    """Lease due rows: skipping rows another worker locks on PostgreSQL, one writer at a time on SQLite."""
    with transaction.atomic():
        due = Delivery.objects.filter(state=Delivery.State.QUEUED, next_try_at__lte=now)
        pks = list(
            due.select_for_update(skip_locked=True).order_by("next_try_at", "pk").values_list("pk", flat=True)[:at_most]
        )
        Delivery.objects.filter(pk__in=pks).update(next_try_at=now + LEASE, attempts=models.F("attempts") + 1)
    return list(Delivery.objects.filter(pk__in=pks).select_related("notice__person__user").order_by("pk"))


def deliver_one(delivery: Delivery, connection: BaseEmailBackend, now: datetime) -> None:
    """Send one mail, or say why not; raises nothing."""
    notice = delivery.notice
    if notice.seen_at is not None or not notice.person.email or has_left(delivery, now):
        settle(delivery, Delivery.State.SKIPPED)
        return
    try:
        message = mail_for(notice)
        if message is not None:
            message.connection = connection
            message.send()
    except Exception as error:
        close(connection)
        put_off(delivery, now, complaint_of(error))
    else:
        if message is None:
            settle(delivery, Delivery.State.SKIPPED)
        else:
            settle(delivery, Delivery.State.SENT, sent_at=now)


def has_left(delivery: Delivery, now: datetime) -> bool:
    left_on = delivery.notice.person.left_on
    return left_on is not None and left_on < timezone.localdate(now)


def settle(delivery: Delivery, state: str, **fields: object) -> None:
    Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.QUEUED).update(
        state=state, next_try_at=None, complaint="", **fields
    )


def put_off(delivery: Delivery, now: datetime, complaint: str) -> None:
    """Try again after the next pause; after the last one it has failed."""
    log.warning("delivery %s, attempt %s: %s", delivery.pk, delivery.attempts, complaint)
    mine = Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.QUEUED)
    if delivery.attempts > len(PAUSES):
        mine.update(state=Delivery.State.FAILED, next_try_at=None, complaint=complaint)
    else:
        mine.update(next_try_at=now + PAUSES[delivery.attempts - 1], complaint=complaint)


def complaint_of(error: Exception) -> str:
    """What went wrong, without an address: the kind of error and the server's code."""
    code = getattr(error, "smtp_code", None) or getattr(error, "errno", None)
    return f"{type(error).__name__} {code}" if code else type(error).__name__


def give_back(deliveries: Sequence[Delivery], now: datetime) -> None:
    """What was claimed and not tried is due at once, and the attempt does not count."""
    Delivery.objects.filter(pk__in=[delivery.pk for delivery in deliveries], state=Delivery.State.QUEUED).update(
        next_try_at=now, attempts=models.F("attempts") - 1
    )


def close(connection: BaseEmailBackend) -> None:
    """End the conversation; the next mail opens a new one."""
    try:
        connection.close()
    except Exception as error:
        log.warning("mail connection: %s", type(error).__name__)
