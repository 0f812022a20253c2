"""The app `notifications` of the house."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class NotificationsConfig(AppConfig):
    name = "governance.notifications"
    label = "notifications"

    def ready(self) -> None:
        from governance.audit.verbs import register_verbs

        from . import references
        from .digests import register_digest
        from .wordings import Wording, register

        register_digest()
        references.register_all()
        register("circulated", Wording(_("%(by)s showed you “%(title)s”"), "%(note)s"))
        register_verbs({"send_again": pgettext_lazy("history", "{who} had the message sent again")}, subject="notice")
