"""Where notices name people, for merging two entries of one person."""

from django.utils.translation import gettext_lazy as _

from governance.directory.merging import Reference, register

from .models import Circulation, Notice


def register_all() -> None:
    """Called once, when the app is ready."""
    register(
        Reference(Notice, "person", _("messages")),
        Reference(Circulation, "person", _("what was shown to the person (抄送)"), ("subject_type", "subject_id")),
    )
