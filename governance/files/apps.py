"""The app `files` of the house."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FilesConfig(AppConfig):
    name = "governance.files"
    label = "files"

    def ready(self) -> None:
        from governance.audit.verbs import register_verbs

        register_verbs(
            {
                "store_file": _("{who} uploaded “{name}”"),
                "open_file": _("{who} opened “{name}”"),
                "remove_file": _("The file was removed when nothing needed it any more"),
            }
        )
