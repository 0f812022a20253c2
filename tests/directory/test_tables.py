"""Reading files: every kind people send, and every way to break one; nothing but FileRefused comes out."""

import io
import os
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from governance.directory.importing import tables
from governance.directory.importing.tables import check_table, is_light, sheets_of
from governance.files.kinds import FileRefused
from tests.directory.tables import csv_table, upload_of, xlsx, xlsx_bytes


def rows_of(table):
    return [row for sheet in sheets_of(table) for row in sheet.rows]


def refusal_of(content, name="people.xlsx"):
    with pytest.raises(FileRefused) as refused:
        rows_of(check_table(upload_of(content, name)))
    return str(refused.value.sentence)


def changed(content, **members):
    """The archive with members replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, members.pop(name, None) or old.read(name))
        for name, text in members.items():
            new.writestr(name, text)
    return out.getvalue()


def test_rows_keep_the_numbers_that_excel_shows():
    table = xlsx([["工号", "姓名"], [], ["001", "甲"], [" ", "\u3000"], [], [7, "乙"]])
    assert rows_of(table) == [(1, ["工号", "姓名"]), (3, ["001", "甲"]), (6, [7.0, "乙"])]


def test_a_table_that_begins_further_down_and_right_keeps_its_place():
    book = openpyxl.Workbook()
    book.active["C5"] = "工号"
    out = io.BytesIO()
    book.save(out)
    assert rows_of(check_table(upload_of(out.getvalue()))) == [(5, [None, None, "工号"])]


def test_merged_cells_all_hold_their_value_in_rows_that_say_something():
    content = xlsx_bytes([["公司", "工号"], ["", "1"], ["", "2"], ["", ""]], merge=[("A2:A4", "本部")])
    assert rows_of(check_table(upload_of(content))) == [
        (1, ["公司", "工号"]),
        (2, ["本部", "1"]),
        (3, ["本部", "2"]),
    ]


def test_dates_formulas_and_truths_come_as_plain_values():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as workbook:
        sheet = workbook.add_worksheet()
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_number(0, 0, 46027, day)
        sheet.write_formula(0, 1, "=A1+1", None, "甲")
        sheet.write_formula(0, 2, "=NA()", None, "#N/A")
        sheet.write_boolean(0, 3, True)
        sheet.write_number(0, 4, 1.5)
    assert rows_of(check_table(upload_of(out.getvalue()))) == [(1, ["2026-01-05", "甲", "#N/A", True, 1.5])]


def test_hidden_sheets_are_not_read():
    book = openpyxl.Workbook()
    book.active.append(["看得见"])
    hidden = book.create_sheet("藏")
    hidden.append(["看不见"])
    hidden.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    assert rows_of(check_table(upload_of(out.getvalue()))) == [(1, ["看得见"])]


def test_a_sheet_nobody_read_is_passed_over():
    table = xlsx([["二"]], before=[("一", [["a"]] * 500)])
    names = []
    for sheet in sheets_of(table):
        names.append(sheet.name)
        next(iter(sheet.rows))
    assert names == ["一", "花名册"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_in_every_encoding_and_with_every_delimiter(encoding, delimiter):
    text = f"工号{delimiter}姓名\r\n001{delimiter}欧阳雪\r\n"
    assert rows_of(csv_table(text, encoding=encoding)) == [(1, ["工号", "姓名"]), (2, ["001", "欧阳雪"])]


def test_csv_rows_are_counted_as_excel_does():
    assert rows_of(csv_table('工号,姓名\n\n1,"甲\n乙"\n2,丙\n')) == [
        (1, ["工号", "姓名"]),
        (3, ["1", "甲\n乙"]),
        (4, ["2", "丙"]),
    ]


def test_csv_of_rare_characters_in_gb18030():
    assert rows_of(csv_table("工号,姓名\n1,赵𬱖㛃\n", encoding="gb18030"))[1] == (2, ["1", "赵𬱖㛃"])


def test_csv_with_a_stray_quotation_mark_names_the_row():
    assert "3" in refusal_of('工号,姓名\n1,甲\n2,"乙"丙\n'.encode(), "people.csv")


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "people.xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "people.xlsx"),
        (b"%PDF-1.4\n%%EOF", "people.xlsx"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "people.xlsx"),
        (b"PK\x03\x04" + b"junk" * 20, "people.xlsx"),
        (os.urandom(4000), "people.xlsx"),
        (b"\0" * 4000, "people.csv"),
    ],
)
def test_renamed_and_broken_files_are_refused_with_a_sentence(content, name):
    assert len(refusal_of(content, name)) > 3


def test_a_renamed_document_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<document/>")
    assert len(refusal_of(out.getvalue())) > 3


def test_a_zip_bomb_is_refused():
    assert len(refusal_of(changed(xlsx_bytes([["工号"]]), **{"xl/worksheets/sheet9.xml": b" " * 300_000_000}))) > 3


def test_an_archive_that_lies_about_its_size_is_refused():
    content = bytearray(xlsx_bytes([["工号", "姓名"]] * 200))
    at = content.index(b"PK\x01\x02")  # the central directory: uncompressed size at offset 24
    content[at + 24 : at + 28] = (10).to_bytes(4, "little")
    assert len(refusal_of(bytes(content))) > 3


def test_a_stray_cell_at_the_far_end_is_refused_and_does_no_harm():
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = "工号", "x"
    out = io.BytesIO()
    book.save(out)
    assert len(refusal_of(out.getvalue())) > 3


def test_merged_cells_over_the_whole_sheet_do_no_harm():
    content = xlsx_bytes([["工号", "姓名"], ["1", "甲"]])
    sheet = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")
    merged = sheet.replace(b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="B1:XFD1048576"/></mergeCells>')
    assert rows_of(check_table(upload_of(changed(content, **{"xl/worksheets/sheet1.xml": merged})))) == [
        (1, ["工号", "姓名"]),
        (2, ["1", "姓名"]),
    ]


def test_broken_xml_inside_is_refused():
    content = changed(xlsx_bytes([["工号"]]), **{"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row"})
    assert len(refusal_of(content)) > 3


def test_entities_are_not_expanded():
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;">]>'
    bomb += b'<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>'
    content = changed(xlsx_bytes([["工号"]]), **{"xl/worksheets/sheet1.xml": bomb})
    try:
        read = rows_of(check_table(upload_of(content)))
    except FileRefused:
        return
    assert "aaaa" not in str(read)


def test_more_rows_than_anybody_employs_are_refused(monkeypatch):
    monkeypatch.setattr(tables, "MOST_ROWS", 100)
    assert len(refusal_of(xlsx_bytes([["1"]] * 101))) > 3
    assert len(rows_of(xlsx([["1"]] * 100))) == 100


def test_a_million_rows_of_csv_are_refused():
    assert "30" in refusal_of(b"1,2\n" * 1_000_001, "people.csv")


def test_wide_rows_are_cut():
    assert len(rows_of(csv_table("," * 5000 + "x\n"))[0][1]) == tables.MOST_COLUMNS


def test_light_files_are_told_from_heavy_ones():
    assert is_light(xlsx([["工号"]] * 100))
    assert not is_light(csv_table("1,2\n" * 400_000))


def test_the_reader_is_gone_after_reading():
    list(sheets_of(xlsx([["工号"]])))
    children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split()
    commands = [Path(f"/proc/{child}/cmdline").read_bytes() for child in children if Path(f"/proc/{child}").exists()]
    assert not any(b"sheet_process" in command for command in commands)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_workbook_with_any_bytes_changed_gives_rows_or_a_refusal(data):
    content = bytearray(xlsx_bytes([["工号", "姓名", "公司"], ["1", "甲", "本部"]]))
    for _change in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        rows_of(check_table(upload_of(bytes(content))))
    except FileRefused:
        pass


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_as_csv_give_rows_or_a_refusal(content):
    try:
        rows_of(check_table(upload_of(content, "people.csv")))
    except FileRefused:
        pass
