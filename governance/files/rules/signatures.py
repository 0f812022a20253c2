"""Telling a file's kind by its content, and refusing files that are two things at once."""

import codecs
import re
from typing import BinaryIO

from ..kinds import Kind

HEAD = 4096
TAIL = 66_000  # where the end record of a zip archive may stand
ZIP_END = b"PK\x05\x06"
MARKUP = re.compile(rb"^\s*<(!doctype|html|head|body|script|svg|\?xml|iframe|!--)", re.IGNORECASE)
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
TEXT_ENCODINGS = ("utf-8", "gb18030")


def head_and_tail(content: BinaryIO, size: int) -> tuple[bytes, bytes]:
    content.seek(0)
    head = content.read(HEAD)
    content.seek(max(0, size - TAIL))
    return head, content.read()


def image_kind(head: bytes) -> Kind | None:
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG
    if head.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    if head[:6] in (b"GIF87a", b"GIF89a"):
        return Kind.GIF
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Kind.WEBP
    return None


def is_heic(head: bytes) -> bool:
    return head[4:8] == b"ftyp" and head[8:12] in (b"heic", b"heix", b"hevc", b"heim", b"mif1", b"msf1", b"avif")


def is_old_office(head: bytes) -> bool:
    """.xls, .doc, and any newer document locked with a password."""
    return head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")


def is_pdf(head: bytes, tail: bytes) -> bool:
    """A PDF from its first byte to its end mark, that is not also an archive or a page of HTML."""
    return (
        re.match(rb"%PDF-[12]\.\d", head) is not None
        and b"%%EOF" in tail[-2048:]
        and ZIP_END not in tail
        and re.search(rb"<(script|html|svg)\b", head, re.IGNORECASE) is None
    )


def text_encoding(content: BinaryIO, head: bytes) -> str | None:
    """The encoding in which the whole content is readable text without controls, or None.

    Text that begins like a page of HTML, SVG or XML is none: nobody sends that as a table or a note.
    """
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16" if is_text(content, "utf-16") else None
    if MARKUP.match(head.removeprefix(codecs.BOM_UTF8)):
        return None
    return next((encoding for encoding in TEXT_ENCODINGS if is_text(content, encoding)), None)


def is_text(content: BinaryIO, encoding: str) -> bool:
    content.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while chunk := content.read(1 << 16):
            if CONTROLS.search(decoder.decode(chunk)):
                return False
        return not CONTROLS.search(decoder.decode(b"", final=True))
    except UnicodeDecodeError:
        return False


def looks_like_table(content: BinaryIO, encoding: str) -> bool:
    """Whether the first two lines have the same cells, parted by comma, semicolon or tab."""
    content.seek(0)
    lines = content.read(HEAD).decode(encoding, errors="replace").lstrip("\ufeff").splitlines()[:2]
    return any(
        lines and lines[0].count(sign) and all(line.count(sign) == lines[0].count(sign) for line in lines)
        for sign in ",;\t"
    )
