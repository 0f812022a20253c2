"""The door: one function that says what a file is, or why it is not let in."""

from dataclasses import dataclass
from typing import BinaryIO

from django.core.files.base import File
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from ..kinds import DOCUMENTS, IMAGES, FileRefused, Kind, not_accepted
from .archives import office_kind
from .images import redrawn
from .names import clean_name
from .signatures import head_and_tail, image_kind, is_heic, is_old_office, is_pdf, looks_like_table, text_encoding

SIZE_LIMIT = 20 * 1024 * 1024  # bytes


@dataclass(frozen=True)
class CheckedFile:
    """A file that may come in, under a clean name; `content` is what will be stored."""

    name: str
    kind: Kind
    content: BinaryIO


def check(upload: File, *, allowed: frozenset[Kind] = DOCUMENTS, at_most: int = SIZE_LIMIT) -> CheckedFile:
    """Look at the content (never at the name or at what the browser says) and refuse what is not `allowed`.

    Pictures come back drawn anew. `at_most` is in bytes. Raises FileRefused with a sentence for the person.
    """
    if upload.size == 0:
        raise FileRefused(_("The file is empty."))
    if upload.size > at_most:
        raise FileRefused(
            format_lazy(_("The file is larger than {limit} MB. Send a smaller one."), limit=at_most // (1024 * 1024))
        )
    kind = kind_of(upload, upload.size, allowed)
    if kind is None or kind not in allowed:
        raise not_accepted(frozenset(allowed))
    content, kind = redrawn(upload, kind) if kind in IMAGES else (upload, kind)
    return CheckedFile(clean_name(upload.name or "", kind), kind, content)


def kind_of(content: BinaryIO, size: int, allowed: frozenset[Kind]) -> Kind | None:
    """What the content is, or None for a stranger."""
    head, tail = head_and_tail(content, size)
    refuse_with_advice(head)
    if found := image_kind(head):
        return found
    if is_pdf(head, tail):
        return Kind.PDF
    if head.startswith(b"PK\x03\x04"):
        return office_kind(content, size)
    encoding = text_encoding(content, head)
    if encoding is None or b"%PDF-" in head:
        return None
    return text_kind(content, encoding, allowed)


def refuse_with_advice(head: bytes) -> None:
    """Kinds that people do send, and that they can turn into one we take."""
    if is_heic(head):
        raise FileRefused(
            _(
                "The phone sent a HEIC picture, which many computers cannot show. Send it as a JPEG: choose "
                "“Most compatible” under Settings › Camera › Formats, or send a screenshot of it."
            )
        )
    if is_old_office(head):
        raise FileRefused(
            _(
                "This is an old Office file (.xls, .doc, .ppt) or one protected by a password. "
                "Save it as .xlsx, .docx or .pptx without a password and send it anew."
            )
        )


def text_kind(content: BinaryIO, encoding: str, allowed: frozenset[Kind]) -> Kind:
    """A table and a note are both text: where only one is asked for, it is that one."""
    if Kind.TXT not in allowed:
        return Kind.CSV
    if Kind.CSV not in allowed:
        return Kind.TXT
    return Kind.CSV if looks_like_table(content, encoding) else Kind.TXT
