"""Office documents are zip archives: which document it is, and whether unpacking it is harmless."""

import zipfile
import zlib
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from ..kinds import FileRefused, Kind

MOST_MEMBERS = 5_000
MOST_UNPACKED = 600 * 1024 * 1024  # bytes
MOST_RATIO = 200  # unpacked to packed
RATIO_MATTERS_FROM = 5 * 1024 * 1024  # bytes unpacked
MAIN_PARTS = {
    "xl/workbook.xml": Kind.XLSX,
    "word/document.xml": Kind.DOCX,
    "ppt/presentation.xml": Kind.PPTX,
}
ACTIVE_PARTS = ("vbaproject.bin", "/activex/", "/embeddings/oleobject")


def office_kind(content: BinaryIO, size: int) -> Kind | None:
    """XLSX, DOCX or PPTX by the parts inside; None when it is another archive. Raises FileRefused when it is unsafe.

    Every member is unpacked once (and thrown away), because what an archive says about its sizes may be a lie.
    """
    try:
        with zipfile.ZipFile(content) as archive:
            members = archive.infolist()
            refuse_bomb(members, size)
            refuse_active(members)
            names = {member.filename for member in members}
            kinds = {kind for part, kind in MAIN_PARTS.items() if part in names}
            if "[Content_Types].xml" not in names or len(kinds) != 1:
                return None
            if archive.comment or archive.testzip() is not None:
                raise damaged()
            return kinds.pop()
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        zlib.error,
        NotImplementedError,
        RuntimeError,
        EOFError,
        OSError,
        ValueError,
    ):
        raise damaged()


def damaged() -> FileRefused:
    return FileRefused(
        _("The file is damaged or protected by a password. Save it again without a password and send it anew.")
    )


def refuse_bomb(members: list[zipfile.ZipInfo], size: int) -> None:
    unpacked = sum(member.file_size for member in members)
    if (
        len(members) > MOST_MEMBERS
        or unpacked > MOST_UNPACKED
        or (unpacked > RATIO_MATTERS_FROM and unpacked > MOST_RATIO * size)
    ):
        raise FileRefused(_("Unpacked, this file is far too large. Split it, or save it again as a new file."))


def refuse_active(members: list[zipfile.ZipInfo]) -> None:
    for member in members:
        name = member.filename.replace("\\", "/").casefold()
        if name.startswith("/") or ".." in name.split("/"):
            raise damaged()
        if any(part in f"/{name}" for part in ACTIVE_PARTS):
            raise FileRefused(
                _("The file contains macros or embedded programs. Save it without them and send it anew.")
            )
