"""Another password without mail: HR makes a link; for a guarded login a second person consents first.

Builds on decision 21; why a second person: docs/decisions/0025-logins.md.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from governance.accounts.models import User
from governance.calendar.queries import working_time
from governance.directory.actions import invitations
from governance.directory.models import Invitation, Office, Person
from governance.directory.permissions import check_can_reset_password
from governance.directory.queries import person_of
from governance.duties.actions.handing_over import Clock, close, hand_over
from governance.notifications.actions import notify
from governance.workflow import NotAllowed, move

from ..guarded import consenter, guarding_offices
from ..permissions import check_can_consent, check_can_refuse

State = Invitation.State
CLOCK = Clock(days=1, ladder="reset")


@transaction.atomic
def reset_password(person: Person, *, by: User, now: datetime) -> Invitation:
    """Make the link by which somebody sets another password; for a guarded login it opens nothing before a second
    person has consented. Until it is used the present password and the devices stay."""
    person = invitations.locked(person)
    office = check_can_reset_password(by, person)
    end_waiting(person, by=by, now=now)
    guarding = guarding_offices(person, on=working_time(person.organisation_id).local_day(now))
    state = State.AWAITING if guarding else State.OPEN
    made = invitations.issue([person], Invitation.Purpose.RESET, by=by, office=office, now=now, state=state)[0]
    if guarding:
        ask_for_consent(made, guarding, by=by, now=now)
    return made


def end_waiting(person: Person, *, by: User, now: datetime) -> None:
    """A link that waited is replaced by the new one: nobody is asked about it any more."""
    for waiting in Invitation.objects.filter(person=person, state=State.AWAITING):
        close(waiting, by=by, now=now, outcome="superseded")


def ask_for_consent(made: Invitation, guarding: list[Office], *, by: User, now: datetime) -> None:
    """The second person has it from now on; whom it concerns is told and may object."""
    asked = consenter(made.person, person_of(by), on=working_time(made.organisation_id).local_day(now))
    if asked is None:
        raise NotAllowed(
            _(
                "Another password for %(name)s needs the consent of a second person of HR & Administration or the "
                "President's Office, and nobody else holds these offices. Name a holder first."
            )
            % {"name": made.person.name}
        )
    path = path_of(made)
    hand_over(
        made,
        "consent_reset",
        to=asked.to,
        now=now,
        by=by,
        clock=CLOCK,
        fallback=asked.fallback,
        barred=person_of(by),
        path=path,
        facts={"by": by.name, "offices": [office.official_name for office in guarding]},
    )
    tell(made, [made.person], "reset-asked", now=now, by=by)


def path_of(invitation: Invitation) -> str:
    return reverse("reset", args=[invitation.pk])


def tell(invitation: Invitation, people: list[Person], kind: str, *, now: datetime, by: User, **facts: Any) -> None:
    names = {"title": invitation.person.name, "by": by.name, **facts}
    notify(people, kind, invitation, now=now, key=f"{kind}:{invitation.pk}", path=path_of(invitation), **names)


@transaction.atomic
def consent(invitation: Invitation, *, by: User, now: datetime) -> None:
    """The second person says yes: whoever asked sees the link now, for fourteen days."""
    office = check_can_consent(by, invitation)
    move(invitation, State.OPEN, by=by, at=now, office=office, changes={"expires_at": now + invitations.VALID})
    close(invitation, by=by, now=now, outcome="consent-reset")
    tell(invitation, asking(invitation), "reset-consented", now=now, by=by)
    tell(invitation, [invitation.person], "reset-told", now=now, by=by, who=invitation.issued_by.name)


@transaction.atomic
def refuse(invitation: Invitation, *, by: User, now: datetime, opinion: str = "") -> None:
    """The second person says no, or whom it concerns did not ask for it: the link never opens anything."""
    office = check_can_refuse(by, invitation)
    move(invitation, State.REFUSED, by=by, at=now, office=office or "", opinion=opinion)
    close(invitation, by=by, now=now, outcome="refuse-reset")
    tell(invitation, asking(invitation), "reset-refused", now=now, by=by, note=opinion)


@transaction.atomic
def revoke(invitation: Invitation, *, by: User, now: datetime) -> None:
    """Take a link back; nobody is asked about it any more."""
    invitations.revoke(invitation, by=by, now=now)
    close(invitation, by=by, now=now, outcome="revoke-invitation")


def asking(invitation: Invitation) -> list[Person]:
    person = person_of(invitation.issued_by)
    return [person] if person is not None else []
