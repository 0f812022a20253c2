"""The sample workbooks: the demo's people, and a template with its explanations. That of groups: `group_workbook`."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from governance.directory.importing.cells import KINDS

from .group_workbook import GROUP_COLUMNS, GROUP_EXAMPLES, GROUP_NOTES
from .people import DemoPerson, people

# heading, attribute, width in characters, explanation
COLUMNS: tuple[tuple[str, str, int, str], ...] = (
    ("工号", "number", 10, "必填。凭工号认人，不能重复；把该列设为“文本”，以免丢掉开头的 0。"),
    ("姓名", "name", 22, "必填。真实姓名，任何文字均可，不超过 50 字；民族姓名的间隔号用“·”。"),
    ("公司", "company", 16, "必填（只有一家公司时可省略）。公司全称、简称或代码，须是系统中已有的公司。"),
    (
        "部门", "department", 22,
        "可填多级，用“/”隔开，如“营销部/策划组”；也可另加“二级部门”或“上级部门”一列。"
        "没有的部门会新建，预览时列出。",
    ),
    (
        "用工类别", "employment_kind", 12,
        f"可填：{'、'.join(words[0] for words in KINDS.values())}。空白：新人按“正式”，已有的人不变。",
    ),
    ("职务", "post", 20, "如“总裁”“营销经理”。"),
    ("职能", "function", 12, "如“营销策划”。按职能计入成员的群用得到。"),
    ("邮箱", "email", 32, "用来发送通知。"),
    ("手机", "phone", 14, "只有行政人事部、总裁办、系统管理岗和本人看得到。"),
    ("企业微信号", "wecom_id", 14, "企业微信中的账号，可不填。"),
    ("入职日期", "joined_on", 12, "如 2026-01-05、2026/1/5、2026年1月5日。"),
    ("离职日期", "left_on", 12, "最后一个工作日，当天仍算在职。已离职的人再次列出且此处空白，按返回处理。"),
)  # fmt: skip
NOTES = (
    "第一行是列名，中文或英文都可以，顺序不限；多出来的列不读取。",
    "表中没有的列，已有的内容不变；有这一列而单元格空白，则清空（用工类别除外）。",
    "不在表中的人不会因此离职。只有填了离职日期，或者上传时声明“这是某公司的完整名单”，才会记为离职。",
    "上传后先看对照结果，确认之前什么也不会改；有一行出错，整个文件都不导入。同一个文件导入两次，第二次不会有变化。",
    "也可以用 .csv 文件（UTF-8 或 GBK）。",
)
EXAMPLES = (
    DemoPerson(
        "000101", "欧阳示例", "集团本部", "行政人事部/人事组", "正式", "人事专员", "", "ouyang@example.com",
        "19900009001", "", date(2026, 1, 5),
    ),
    DemoPerson(
        "000102", "买买提·示例", "集团本部", "营销管理部/策划组", "试用", "策划专员", "营销策划",
        "maimaiti@example.com", "19900009002", "", date(2026, 3, 2),
    ),
)  # fmt: skip
CREATED = datetime(2026, 1, 1)


def write_samples(folder: Path) -> list[Path]:
    """`people.xlsx` (what `seed_demo` imports) and the templates of people and of groups; returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    full, template = folder / "people.xlsx", folder / "people-template.xlsx"
    write_workbook(full, people(), explained=False)
    write_workbook(template, EXAMPLES, explained=True)
    groups = folder / "groups-template.xlsx"
    write_list(groups, "既有群", GROUP_COLUMNS, GROUP_EXAMPLES, GROUP_NOTES)
    return [full, template, groups]


def write_list(
    path: Path, title: str, columns: Sequence[Sequence[Any]], rows: Iterable[Sequence[Any]], notes: Sequence[str]
) -> None:
    """A workbook of one list with examples and explanations; `columns` are heading, field, width, explanation."""
    with xlsxwriter.Workbook(path) as workbook:
        workbook.set_properties({"created": CREATED, "author": "", "company": ""})
        formats = formats_of(workbook)
        sheet = workbook.add_worksheet(title)
        write_headings(sheet, columns, formats)
        for number, values in enumerate(rows, start=1):
            write_values(sheet, number, values, formats)
        write_explanations(workbook.add_worksheet("填写说明"), formats, columns, notes)


def write_workbook(path: Path, rows: Iterable[DemoPerson], *, explained: bool) -> None:
    with xlsxwriter.Workbook(path) as workbook:
        workbook.set_properties({"created": CREATED, "author": "", "company": ""})
        formats = formats_of(workbook)
        write_people(workbook.add_worksheet("人员"), rows, formats)
        if explained:
            write_explanations(workbook.add_worksheet("填写说明"), formats, COLUMNS, NOTES)


def formats_of(workbook: xlsxwriter.Workbook) -> dict[str, Any]:
    return {
        "heading": workbook.add_format({"bold": True, "bottom": 1, "bg_color": "#EEF2FB"}),
        "day": workbook.add_format({"num_format": "yyyy-mm-dd"}),
        "text": workbook.add_format({"num_format": "@"}),
        "wrapped": workbook.add_format({"text_wrap": True, "valign": "top"}),
    }


def write_people(sheet: Worksheet, rows: Iterable[DemoPerson], formats: dict[str, Any]) -> None:
    write_headings(sheet, COLUMNS, formats)
    for number, person in enumerate(rows, start=1):
        write_values(sheet, number, [getattr(person, attribute) for _h, attribute, _w, _e in COLUMNS], formats)
    sheet.freeze_panes(1, 2)


def write_headings(sheet: Worksheet, columns: Sequence[Sequence[Any]], formats: dict[str, Any]) -> None:
    for column, (heading, _attribute, width, _explanation) in enumerate(columns):
        sheet.set_column(column, column, width, formats["text"] if column == 0 else None)
        sheet.write_string(0, column, heading, formats["heading"])


def write_values(sheet: Worksheet, row: int, values: Sequence[Any], formats: dict[str, Any]) -> None:
    """Text is written as text, so that no value is taken for a number or a formula."""
    for column, value in enumerate(values):
        if isinstance(value, date):
            sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), formats["day"])
        elif isinstance(value, int):
            sheet.write_number(row, column, value)
        elif value:
            sheet.write_string(row, column, value, formats["text"])


def write_explanations(
    sheet: Worksheet, formats: dict[str, Any], columns: Sequence[Sequence[Any]], notes: Sequence[str]
) -> None:
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1, 90)
    sheet.write_row(0, 0, ["列", "怎样填写"], formats["heading"])
    for row, (heading, _attribute, _width, explanation) in enumerate(columns, start=1):
        sheet.write_string(row, 0, heading, formats["wrapped"])
        sheet.write_string(row, 1, explanation, formats["wrapped"])
    for row, note in enumerate(notes, start=len(columns) + 2):
        sheet.write_string(row, 1, note, formats["wrapped"])
