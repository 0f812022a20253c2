"""Where regulations name people, for merging two entries of one person."""

from django.utils.translation import gettext_lazy as _

from governance.directory.merging import Reference, register

from .models import Acknowledgement, ArticleQuestion


def register_all() -> None:
    """Called once, when the app is ready."""
    register(
        Reference(Acknowledgement, "person", _("acknowledgements"), ("version",)),
        Reference(ArticleQuestion, "asked_by", _("questions asked about the regulation")),
    )
