"""What a person changes about his own login, and what is noted of signing in."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from .models import SignIn, User
from .rules import coarse_place

KEPT = timedelta(days=180)
MOST_SHARING = 5  # logins that share one mail address and are told of a try with it


def choose_language(user: User, language: str) -> None:
    """Pages, notices and mails are in this language from now on."""
    User.objects.filter(pk=user.pk).update(language=language)
    user.language = language


def note_sign_in(user: User, means: str, *, address: str, agent: str, now: datetime) -> None:
    """The user came in."""
    note([user], means, succeeded=True, address=address, agent=agent, now=now)


def note_failed_try(users: Iterable[User], *, address: str, agent: str, now: datetime) -> None:
    """Somebody gave a wrong password for these users. What was typed is not kept."""
    some = list(users)[:MOST_SHARING]
    note(some, SignIn.Means.PASSWORD, succeeded=False, address=address, agent=agent, now=now)


def note(users: list[User], means: str, *, succeeded: bool, address: str, agent: str, now: datetime) -> None:
    place, kept = coarse_place(address), agent.replace("\0", "")[:300]
    SignIn.objects.bulk_create(
        SignIn(user=user, at=now, means=means, succeeded=succeeded, place=place, agent=kept) for user in users
    )


def purge_sign_ins(*, now: datetime) -> int:
    """Forget what is older than half a year; returns how many."""
    return SignIn.objects.filter(at__lt=now - KEPT).delete()[0]
