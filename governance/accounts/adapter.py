"""What allauth asks of us: nobody signs up by himself, and one comes back to the page asked for."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class PortalAccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Logins come from the directory, never from a sign-up page."""
        return False
