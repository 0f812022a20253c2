"""What allauth asks of us: nobody signs up by himself, and each signing in is noted."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import get_backends, login
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from . import actions
from .models import SignIn, User


def enter(request: HttpRequest, user: User, *, means: str) -> None:
    """A new session by another way than a password; it stands among the devices and in the history like every other."""
    request.session.flush()
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    UserSession.objects.create_from_request(request)
    actions.note_sign_in(user, means, **whence(request))


def whence(request: HttpRequest) -> dict[str, Any]:
    """From where and by what a request comes, and when."""
    adapter = get_adapter(request)
    return {
        "address": adapter.get_client_ip(request),
        "agent": adapter.get_http_user_agent(request),
        "now": timezone.now(),
    }


class PortalAccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Logins come from the directory, never from a sign-up page."""
        return False

    def post_login(self, request: HttpRequest, user: User, **options: Any) -> HttpResponse:
        """Came in by the password."""
        actions.note_sign_in(user, SignIn.Means.PASSWORD, **whence(request))
        return super().post_login(request, user, **options)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """A wrong password: told to whom the name or the address belongs; an unknown one is kept nowhere."""
        name, mail = credentials.get("username", ""), credentials.get("email", "")
        meant = (Q(username__iexact=name) if name else Q(pk=None)) | (Q(email__iexact=mail) if mail else Q(pk=None))
        actions.note_failed_try(User.objects.filter(meant).order_by("pk"), **whence(request))

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """Not to whom the portal is closed; the page says the same to everybody."""
        if all(backend.user_can_authenticate(user) for backend in get_backends()):
            super().send_password_reset_mail(user, email, context)
