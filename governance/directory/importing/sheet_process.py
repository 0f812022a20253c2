"""Reads a workbook in a process of its own: a single far cell makes the parser ask for more memory than there is,
which ends the process that asked. Run as a script; knows nothing of the portal.

In: the workbook's bytes on standard input. Out: JSON lines. `{"sheet": name}` opens a sheet, then `[row, cells]` for
each row that says something, with the row number that Excel shows; dates come as `{"date": "2026-01-05"}`.
`{"broken": true}` says that the workbook cannot be read.
"""

import io
import json
import re
import resource
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, BinaryIO, TextIO
from xml.etree import ElementTree

MEMORY = 1024 * 1024 * 1024  # bytes of address space
SECONDS = 120  # of processor time
MOST_SHEETS = 20
MOST_CELLS = 12_000_000
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
ERROR = re.compile(
    rb'<c\b(?=[^>]*\bt="e")[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*>(?:<f\b[^>]*/>|<f\b[^>]*>[^<]*</f>)?<v>([^<]{1,20})</v>'
)


def limit_resources() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def plain(value: Any) -> Any:
    """The value as JSON can say it."""
    if isinstance(value, datetime | date):
        return {"date": value.isoformat()[:10]}
    if isinstance(value, time | timedelta):
        return str(value)
    return value


def spread(ranges: list, first: int, last: int) -> dict[int, list[tuple[int, int, int, int]]]:
    """Merged ranges by each row below their first: column from, column to, row and column of the value."""
    by_row: dict[int, list[tuple[int, int, int, int]]] = {}
    budget = MOST_CELLS
    for (top, left), (bottom, right) in ranges:
        bottom = min(bottom, last)
        budget -= max(0, bottom - top + 1)
        if budget < 0:
            raise ValueError("too many merged cells")
        for row in range(max(top, first), bottom + 1):
            by_row.setdefault(row, []).append((left, right, top, left))
    return by_row


def column_of(letters: bytes) -> int:
    """The index from 0 of a column called A, B … XFD."""
    index = 0
    for letter in letters:
        index = index * 26 + letter - 64
    return index - 1


def errors_in(content: BinaryIO, name: str) -> dict[int, dict[int, str]]:
    """What formulas gave an error (#N/A), by row and column from 0: the parser reads those cells as empty."""
    with zipfile.ZipFile(content) as archive:
        sheets = ElementTree.fromstring(archive.read("xl/workbook.xml")).iter(f"{MAIN}sheet")
        wanted = next((sheet.get(RELATION) for sheet in sheets if sheet.get("name") == name), None)
        links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
        target = next((link.get("Target", "") for link in links if link.get("Id") == wanted), "")
        path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        text = archive.read(path) if path in archive.namelist() else b""
    found: dict[int, dict[int, str]] = {}
    for letters, row, words in ERROR.findall(text) if b't="e"' in text else ():
        found.setdefault(int(row) - 1, {})[column_of(letters)] = words.decode("utf-8", "replace")
    return found


def spread_values(full: list[Any], row: int, merged: list[tuple[int, int, int, int]], values: dict) -> None:
    """Fill the row's merged cells with the value of their first one."""
    for start, end, home_row, home_column in merged:
        if row == home_row:
            values[home_row, home_column] = full[home_column] if home_column < len(full) else None
        for column in range(start, min(end + 1, len(full))):
            full[column] = values.get((home_row, home_column))


def rows_of(sheet: Any, errors: dict[int, dict[int, str]]) -> Iterator[tuple[int, list[Any]]]:
    """Row numbers (from 1) and cells from column A on; merged cells all hold their common value."""
    if sheet.start is None:
        return
    top, left = sheet.start
    if sheet.total_height * sheet.total_width > MOST_CELLS:
        raise ValueError("too many cells")
    merged = spread(sheet.merged_cell_ranges or [], top, sheet.end[0])
    values: dict[tuple[int, int], Any] = {}
    # iter_rows() begins with the first row of the sheet, but with the first used column
    for row, cells in enumerate(sheet.iter_rows()):
        full = [None] * left + [plain(cell) for cell in cells]
        for column, words in errors.get(row, {}).items():
            if column < len(full):
                full[column] = words
        if all(cell is None or isinstance(cell, str) and not cell.strip() for cell in full):
            continue
        spread_values(full, row, merged.get(row, []), values)
        yield row + 1, full


def write_sheets(content: BinaryIO, out: TextIO) -> None:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    workbook = CalamineWorkbook.from_filelike(content)
    for about in workbook.sheets_metadata[:MOST_SHEETS]:
        if about.typ != SheetTypeEnum.WorkSheet or about.visible != SheetVisibleEnum.Visible:
            continue
        out.write(json.dumps({"sheet": about.name}) + "\n")
        sheet = workbook.get_sheet_by_name(about.name)
        for row in rows_of(sheet, errors_in(content, about.name)):
            out.write(json.dumps(row) + "\n")


def main() -> None:
    content = io.BytesIO(sys.stdin.buffer.read())
    limit_resources()
    try:
        write_sheets(content, sys.stdout)
    except BrokenPipeError:
        raise SystemExit(0)
    except BaseException:
        sys.stdout.write(json.dumps({"broken": True}) + "\n")


if __name__ == "__main__":
    main()
