"""Invitations: the links, who they are for, and how a person stands with signing in."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from django.conf import settings
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.crypto import salted_hmac

from governance.accounts.models import User

from ..models import Invitation, Person

SALT = "governance.directory.invitation"
TOKEN_LENGTH = 32  # hex digits of HMAC-SHA256: 128 bits
USERNAME_LENGTH = User._meta.get_field("username").max_length
BATCH = 1000


def new_seed() -> str:
    return secrets.token_hex(16)


def token_of(seed: str) -> str:
    """The secret part of a link: whoever reads the database alone cannot make it."""
    return salted_hmac(SALT, seed, algorithm="sha256").hexdigest()[:TOKEN_LENGTH]


def digest_of(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def path_of(invitation: Invitation) -> str:
    return reverse("invitation_accept", args=[token_of(invitation.seed)])


def link_of(invitation: Invitation) -> str:
    """The whole link, to copy, to mail, to draw."""
    return f"{settings.PORTAL_URL}{path_of(invitation)}"


def can_be_shown(invitation: Invitation) -> bool:
    """Whether the link can still be made again: no longer once the portal's secret key is another."""
    return digest_of(token_of(invitation.seed)) == invitation.digest


def invitation_by(token: str) -> Invitation | None:
    """The invitation that a link belongs to, in whichever state."""
    found = Invitation.objects.filter(digest=digest_of(token))
    return found.select_related("person__user", "person__company", "person__department", "organisation").first()


@dataclass(frozen=True)
class SigningIn:
    """How a person stands with signing in; `invitation` is the link that waits for consent or to be used."""

    username: str
    invitation: Invitation | None


def signing_in(person: Person) -> SigningIn:
    """Two statements at most."""
    newest = person.invitations.filter(state__in=Invitation.STANDING).select_related("issued_by").first()
    return SigningIn(person.user.username if person.user_id else "", newest)


def usernames_for(people: Iterable[Person], organisation_code: str) -> dict[int, str]:
    """What each signs in as: the staff number; where another organisation has taken it, with the organisation's code.

    Sign-in names are blind to case. One statement per thousand people, and two more for those whose number is taken.
    """
    wanted = {person.pk: person.number for person in people}
    taken = taken_among(wanted.values())
    not_free = {pk: number for pk, number in wanted.items() if number.lower() in taken}
    ours = {pk: f"{number}.{organisation_code}"[:USERNAME_LENGTH] for pk, number in not_free.items()}
    taken_too = taken_among(ours.values())
    last = {pk: f"{pk}.{name}"[:USERNAME_LENGTH] for pk, name in ours.items() if name.lower() in taken_too}
    return {**wanted, **ours, **last}


def taken_among(names: Iterable[str]) -> set[str]:
    """Those of the names (in lower case) that somebody signs in as."""
    asked, found = sorted({name.lower() for name in names}), set()
    for start in range(0, len(asked), BATCH):
        users = User.objects.annotate(low=Lower("username")).filter(low__in=asked[start : start + BATCH])
        found.update(users.values_list("low", flat=True))
    return found
