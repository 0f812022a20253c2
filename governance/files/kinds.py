"""The kinds of file the portal knows, told apart by their content alone."""

from enum import Enum

from django.core.exceptions import ValidationError
from django.utils.functional import Promise, lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext


class Kind(Enum):
    """Value: content type, extension."""

    PDF = ("application/pdf", "pdf")
    PNG = ("image/png", "png")
    JPEG = ("image/jpeg", "jpg")
    WEBP = ("image/webp", "webp")
    GIF = ("image/gif", "gif")
    XLSX = ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx")
    DOCX = ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx")
    PPTX = ("application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx")
    CSV = ("text/csv", "csv")
    TXT = ("text/plain", "txt")

    @property
    def content_type(self) -> str:
        return self.value[0]

    @property
    def extension(self) -> str:
        return self.value[1]

    @property
    def extensions(self) -> tuple[str, ...]:
        """Every ending under which a file of this kind may come."""
        return (self.extension, "jpeg") if self is Kind.JPEG else (self.extension,)


IMAGES = frozenset({Kind.PNG, Kind.JPEG, Kind.WEBP, Kind.GIF})
OFFICE = frozenset({Kind.XLSX, Kind.DOCX, Kind.PPTX})
TEXTS = frozenset({Kind.CSV, Kind.TXT})
TABLES = frozenset({Kind.XLSX, Kind.CSV})
DOCUMENTS = frozenset({Kind.PDF}) | OFFICE | IMAGES | TEXTS

# Shown by the browser itself, because re-encoded here; everything else is offered for saving.
SHOWN_INLINE = frozenset(kind.content_type for kind in IMAGES)


def names(kinds: frozenset[Kind]) -> str:
    """The kinds as a person calls them: PDF, PNG, JPEG."""
    return pgettext("between kinds of file", ", ").join(kind.name for kind in Kind if kind in kinds)


named = lazy(names, str)


class FileRefused(ValidationError):
    """A file that is not let in; `sentence` tells the person what to send instead. Forms show it by themselves."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(sentence, code="refused")
        self.sentence = sentence


def not_accepted(kinds: frozenset[Kind]) -> FileRefused:
    return FileRefused(
        format_lazy(_("This kind of file is not accepted. Send one of these: {kinds}."), kinds=named(kinds))
    )
