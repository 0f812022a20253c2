"""Inviting one person, and as many as HR likes: the links are made in batches, each in its own transaction."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from governance.accounts.models import User
from governance.directory.actions import invitations
from governance.directory.models import Invitation, Person
from governance.directory.permissions import check_can_keep_directory
from governance.jobs import actions as jobs
from governance.jobs.models import Job

from .. import mail

JOB = "invite"
AT_ONCE = 500
SAME_CLICK = timedelta(minutes=1)
# Why somebody was not invited, as it stands in the job's result.
HAS_LOGIN, HAS_LEFT, INVITED = "login", "left", "invited"


@transaction.atomic
def invite(person: Person, *, by: User, now: datetime) -> Invitation:
    """One link for one person, also sent by mail where the address is known."""
    made = invitations.invite(person, by=by, now=now)
    mail.queue([made], now=now)
    return made


@transaction.atomic
def invite_many(asked: dict[str, Any], *, by: User, now: datetime) -> Job:
    """Begin to invite everybody who was asked for (`queries/without_login.py`); a second click finds the first."""
    check_can_keep_directory(by)
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    lately = Job.objects.filter(kind=JOB, started_by=by, created_at__gt=now - SAME_CLICK)
    before = next((job for job in lately if job.arguments == asked), None)
    return before or jobs.start(JOB, by=by, now=now, arguments=asked)


@transaction.atomic
def invite_batch(job: Job, pks: Sequence[int], *, now: datetime, hold: Callable[[], None]) -> list[dict[str, Any]]:
    """Links for these people of the job's organisation; returns whom it could not invite, and why.

    Whoever was invited by somebody else since the job was begun keeps that link. `hold` is called last: it undoes
    everything when the job has gone to another worker. A constant number of statements.
    """
    office = check_can_keep_directory(job.started_by)
    people = locked(job, pks)
    standing = Invitation.objects.filter(person__in=people, state=Invitation.State.OPEN, issued_at__gte=job.created_at)
    newer = {found.person_id: found for found in standing.select_related("issued_by")}
    refused = [why for person in people if (why := why_not(person, newer.get(person.pk), now=now))]
    barred = {why["person"] for why in refused}
    ready = [person for person in people if person.pk not in barred]
    if ready:
        made = invitations.issue(ready, Invitation.Purpose.FIRST, by=job.started_by, office=office, now=now, job=job)
        mail.queue(made, now=now)
    hold()
    return refused


def locked(job: Job, pks: Sequence[int]) -> list[Person]:
    """The people in the order asked for, locked in the order of their keys."""
    found = Person.objects.select_for_update(of=("self",)).select_related("user", "organisation")
    place = {pk: number for number, pk in enumerate(pks)}
    return sorted(
        found.filter(organisation=job.organisation_id, pk__in=pks).order_by("pk"), key=lambda person: place[person.pk]
    )


def why_not(person: Person, newer: Invitation | None, *, now: datetime) -> dict[str, Any] | None:
    """Why there is no link for this person, as plain JSON; None when there is nothing against it."""
    if person.user_id is not None:
        return {"person": person.pk, "why": HAS_LOGIN}
    if person.left_on is not None and person.left_on < timezone.localdate(now):
        return {"person": person.pk, "why": HAS_LEFT}
    if newer is not None:
        return {"person": person.pk, "why": INVITED, "by": newer.issued_by.name if newer.issued_by else ""}
    return None
