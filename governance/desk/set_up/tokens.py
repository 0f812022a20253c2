"""The one-time token that opens the set-up of an empty portal. Only its digest is kept."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from governance.accounts.models import User
from governance.directory.queries.invitations import digest_of

from ..models import SetUp

THE_ONE = 1
VALID_FOR = timedelta(hours=24)


class TokenRefused(Exception):
    """The token opens nothing; `sentence` says why and what to do."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(sentence)
        self.sentence = sentence


WRONG = _("This token is not the one printed last. Start the portal again: it prints a new address with each start.")
USED = _(
    "This token has been used already, on another device or by somebody else. If that was not you, start the portal "
    "again: it prints a new address, and whoever used the old one can no longer go on once the new one is used."
)
EXPIRED = _("This token is older than 24 hours and no longer valid. Start the portal again: it prints a new address.")


def is_open() -> bool:
    """An empty portal is set up by token as long as nobody can sign in."""
    return not User.objects.exists()


@transaction.atomic
def make(*, now: datetime) -> str:
    """A new token; those made before no longer open anything. Whoever used one may go on until the new one is used."""
    token = secrets.token_urlsafe(24)
    SetUp.objects.update_or_create(
        pk=THE_ONE, defaults={"digest": digest_of(token), "made_at": now, "used_at": None}
    )
    return token


def use(token: str, *, claim: str, now: datetime) -> None:
    """Use the token once, for the session that holds `claim`; the same session again changes nothing.

    One statement decides, so of two who use it at the same moment one wins. Raises TokenRefused.
    """
    made = SetUp.objects.filter(pk=THE_ONE, digest=digest_of(token))
    fresh = made.filter(used_at=None, made_at__gt=now - VALID_FOR)
    if fresh.update(used_at=now, claim=digest_of(claim)):
        return
    found = made.first()
    if found is None:
        raise TokenRefused(WRONG)
    if found.used_at is None:
        raise TokenRefused(EXPIRED)
    if found.claim != digest_of(claim):
        raise TokenRefused(USED)


def is_claimed_by(claim: str) -> bool:
    """Whether the session that holds `claim` used the token and nobody used a newer one since."""
    return bool(claim) and SetUp.objects.filter(pk=THE_ONE, claim=digest_of(claim)).exists()
