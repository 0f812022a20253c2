"""The rows of an uploaded table, whatever its kind: sheets with numbered rows, one after another."""

import codecs
import csv
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any, BinaryIO

from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from governance.files.kinds import TABLES, FileRefused, Kind
from governance.files.rules import SIZE_LIMIT, CheckedFile, check

Row = tuple[int, list[Any]]  # the number Excel shows, and the cells from column A on

MOST_ROWS = 300_000
MOST_COLUMNS = 300
LIGHT = 6 * 1024 * 1024  # bytes unpacked: about 5,000 people
READER = Path(__file__).with_name("sheet_process.py")
ENCODINGS = ("utf-8-sig", "gb18030")


@dataclass
class Sheet:
    """One sheet; `rows` can be read once."""

    name: str
    rows: Iterator[Row]


def check_table(upload: File, *, at_most: int = SIZE_LIMIT) -> CheckedFile:
    """A workbook or a CSV file by its content, and harmless to unpack. Raises FileRefused."""
    return check(upload, allowed=TABLES, at_most=at_most)


def sheets_of(table: CheckedFile) -> Iterator[Sheet]:
    """The sheets of a checked file. Raises FileRefused, also while the rows are read."""
    if table.kind is Kind.CSV:
        yield Sheet(table.name, limited(csv_rows(table.content)))
    else:
        yield from workbook_sheets(table.content)


def limited(rows: Iterator[Row]) -> Iterator[Row]:
    """The rows, as long as there are not more than anybody employs."""
    for count, (number, cells) in enumerate(rows, start=1):
        if count > MOST_ROWS:
            raise FileRefused(_("The file has more than 300,000 rows. Split it by company."))
        yield number, cells[:MOST_COLUMNS]


def csv_rows(content: BinaryIO) -> Iterator[Row]:
    """Rows of a CSV file in UTF-8 (with or without byte order mark), GBK / GB18030 or Excel's UTF-16."""
    text = decoded(content)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter_of(text), strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            if any(cell.strip() for cell in cells):
                yield number, cells
    except csv.Error:
        raise FileRefused(
            _('Row %(row)s cannot be read: a quotation mark (") stands in the middle of a cell or is missing.')
            % {"row": number + 1}
        )


def decoded(content: BinaryIO) -> str:
    content.seek(0)
    raw = content.read()
    utf16 = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if utf16 else ENCODINGS:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FileRefused(_("The text can be read neither as UTF-8 nor as GBK. Save the table as .xlsx."))


def delimiter_of(text: str) -> str:
    """Comma, semicolon or tab: the one that parts the most cells of the first lines."""
    head = "\n".join(text.splitlines()[:5]) if len(text) < 100_000 else text[:5000]
    return max(",;\t", key=head.count)


def unreadable() -> FileRefused:
    return FileRefused(
        _(
            "The workbook cannot be read: it is damaged, or a stray cell stands far from the table. "
            "Copy the table into a new workbook and save it as .xlsx."
        )
    )


def workbook_sheets(content: BinaryIO) -> Iterator[Sheet]:
    """Visible sheets of a workbook, read by a process with bounded memory and time."""
    content.seek(0)
    process = subprocess.Popen(
        [sys.executable, "-I", str(READER)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        feed(process, content)
        yield from parted(messages(process))
    finally:
        process.kill()
        process.stdout.close()
        process.wait()


def feed(process: subprocess.Popen, content: BinaryIO) -> None:
    """Hand the workbook over; the reader takes all of it before it says anything."""
    try:
        while chunk := content.read(1 << 16):
            process.stdin.write(chunk)
        process.stdin.close()
    except BrokenPipeError:
        raise unreadable()


def messages(process: subprocess.Popen) -> Iterator[Any]:
    """What the reader says; FileRefused when it breaks off."""
    for line in process.stdout:
        message = json.loads(line)
        if isinstance(message, dict) and "broken" in message:
            raise unreadable()
        yield message
    if process.wait() != 0:
        raise unreadable()


def parted(messages: Iterator[Any]) -> Iterator[Sheet]:
    """Sheets out of one stream; rows of a sheet that nobody read are passed over."""
    opening = next(messages, None)
    while opening is not None:
        following: list[Any] = []

        def rows(following: list[Any] = following) -> Iterator[Row]:
            for message in messages:
                if isinstance(message, dict):
                    following.append(message)
                    return
                yield message[0], [cell["date"] if isinstance(cell, dict) else cell for cell in message[1]]

        sheet = Sheet(opening["sheet"], limited(rows()))
        yield sheet
        for _row in sheet.rows:
            pass
        opening = following[0] if following else None


def is_light(table: CheckedFile) -> bool:
    """Whether the table is compared while the person waits."""
    table.content.seek(0)
    if table.kind is Kind.CSV:
        return table.content.seek(0, 2) <= LIGHT // 6
    with zipfile.ZipFile(table.content) as archive:
        return sum(member.file_size for member in archive.infolist()) <= LIGHT
