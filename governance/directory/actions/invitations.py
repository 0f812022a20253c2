"""Inviting people to sign in, and the other password of one who forgot his: by a link that works once."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from governance.accounts.models import User
from governance.audit.actions.recording import event_of, record_many
from governance.workflow import move, move_many

from ..models import Invitation, Office, Person
from ..permissions import check_can_accept, check_can_invite, check_can_revoke
from ..queries.invitations import digest_of, new_seed, token_of, usernames_for
from .logins import give_login

VALID = timedelta(days=14)
VERBS = {Invitation.Purpose.FIRST: "invite", Invitation.Purpose.RESET: "reset-password"}


@transaction.atomic
def invite(person: Person, *, by: User, now: datetime) -> Invitation:
    """Make the link by which the person sets the first password; an older link stops working."""
    person = locked(person)
    office = check_can_invite(by, person)
    return issue([person], Invitation.Purpose.FIRST, by=by, office=office, now=now)[0]


def locked(person: Person) -> Person:
    return Person.objects.select_for_update(of=("self",)).select_related("user", "organisation").get(pk=person.pk)


def issue(
    people: Sequence[Person], purpose: str, *, by: User, office: Office, now: datetime, **facts: Any
) -> list[Invitation]:
    """New links for people (locked by the caller) of one organisation, their older ones replaced: a few statements.
    `facts` are further ones of the invitations: the job, the state to begin with."""
    move_many(standing_of(people), Invitation.State.REPLACED, by=by, at=now, office=office)
    names = usernames_for([person for person in people if person.user_id is None], people[0].organisation.code)
    made = Invitation.objects.bulk_create(
        [invitation_for(person, purpose, names, by=by, now=now, **facts) for person in people], batch_size=500
    )
    record_many(
        event_of(VERBS[invitation.purpose], invitation, by=by, at=now, office=office, name=invitation.person.name)
        for invitation in made
    )
    return made


def standing_of(people: Sequence[Person]) -> list[Invitation]:
    return list(Invitation.objects.filter(person__in=[one.pk for one in people], state__in=Invitation.STANDING))


def invitation_for(
    person: Person, purpose: str, names: dict[int, str], *, by: User, now: datetime, **facts: Any
) -> Invitation:
    seed = new_seed()
    return Invitation(
        organisation_id=person.organisation_id,
        person=person,
        purpose=purpose,
        seed=seed,
        digest=digest_of(token_of(seed)),
        username=person.user.username if person.user_id else names[person.pk],
        issued_by=by,
        issued_at=now,
        expires_at=now + VALID,
        **facts,
    )


@transaction.atomic
def revoke(invitation: Invitation, *, by: User, now: datetime) -> None:
    """Take a link back that stands: whoever has it can no longer use it. WrongState when it was used meanwhile."""
    office = check_can_revoke(by, invitation)
    move(invitation, Invitation.State.REVOKED, by=by, at=now, office=office)


@transaction.atomic
def accept(invitation: Invitation, *, password: str, now: datetime) -> User:
    """The person sets a password and has a login from now on; another password ends what was signed in before.

    Raises NotAllowed with the sentence for a link that no longer works, WrongState when a second click was slower.
    """
    person = locked(invitation.person)
    invitation = Invitation.objects.select_related("person__user").get(pk=invitation.pk)
    check_can_accept(invitation, now=now)
    if person.user_id is None:
        username = usernames_for([person], person.organisation.code)[person.pk]
        user = give_login(person, username=username, password=password, now=now)
    else:
        user = person.user
        user.set_password(password)
        user.save(update_fields=["password"])
    move(invitation, Invitation.State.ACCEPTED, by=user, at=now, changes={"username": user.username})
    return user
