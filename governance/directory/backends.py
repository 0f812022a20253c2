"""Signing in and out: allauth's backend, with the person read along and leavers shut out the same minute."""

from collections.abc import Sequence

from allauth.account.auth_backends import AuthenticationBackend
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils import timezone

from governance.accounts.models import User
from governance.audit.actions.recording import record


class PersonBackend(AuthenticationBackend):
    """Only present people and logins without a person may come in."""

    def get_user(self, user_id: int) -> User | None:
        """The signed-in user of each request, with organisation, person, department and company in one statement."""
        user = (
            User.objects.select_related("organisation", "person__department", "person__company")
            .filter(pk=user_id)
            .first()
        )
        return user if user is not None and self.user_can_authenticate(user) else None

    def user_can_authenticate(self, user: User) -> bool:
        """Not deactivated, and the person behind it has not left (the last working day still counts)."""
        if not super().user_can_authenticate(user):
            return False
        person = getattr(user, "person", None)
        return person is None or person.left_on is None or person.left_on >= timezone.localdate()


class RecordedSessions(DefaultUserSessionsAdapter):
    """Signing out all other devices, with a line in the operations log."""

    @transaction.atomic
    def end_sessions(self, sessions: Sequence[UserSession]) -> None:
        """End these sessions of one user; when there is none, nothing happened."""
        if sessions:
            user = sessions[0].user
            record("sign-out-devices", user, by=user, at=timezone.now(), devices=len(sessions))
        super().end_sessions(sessions)
