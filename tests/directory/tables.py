"""Workbooks and CSV files made for tests."""

import io
from datetime import datetime

import xlsxwriter
from django.core.files.base import ContentFile

from governance.directory.importing.tables import check_table

HEADINGS = ["工号", "姓名", "公司", "部门", "用工类别", "职务", "手机", "入职日期", "离职日期"]


def xlsx_bytes(rows, *, sheet="花名册", before=(), merge=()):
    """`before` are sheets (name, rows) in front; `merge` are ranges with their value."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as workbook:
        workbook.set_properties({"created": datetime(2026, 1, 1)})
        for name, some in (*before, (sheet, rows)):
            page = workbook.add_worksheet(name)
            for number, row in enumerate(some):
                page.write_row(number, 0, row)
        for area, value in merge:
            page.merge_range(area, value)
    return out.getvalue()


def upload_of(content, name="people.xlsx"):
    return ContentFile(content, name=name)


def xlsx(rows, **options):
    """A checked workbook."""
    return check_table(upload_of(xlsx_bytes(rows, **options)))


def csv_table(text, *, encoding="utf-8", name="people.csv"):
    return check_table(upload_of(text.encode(encoding), name))
