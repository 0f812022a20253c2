"""Which column holds what: headings in Chinese or English, with the names under which HR knows them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from ..names import fold

# field: heading of the template, heading in English, other names
COLUMNS: dict[str, tuple[str, ...]] = {
    "number": (
        "工号", "staff number", "员工编号", "人员编号", "职工编号", "员工号", "职工号", "人员工号", "员工工号", "编号",
        "staff no", "staff no.", "staff id", "employee number", "employee no", "employee no.", "employee id", "number",
    ),
    "name": ("姓名", "name", "员工姓名", "人员姓名", "名字", "full name", "employee name"),
    "company": ("公司", "company", "所属公司", "所在公司", "公司名称", "单位", "所属单位", "所在单位", "company name"),
    "department": (
        "部门", "department", "所属部门", "所在部门", "部门名称", "一级部门", "部门路径", "dept", "department path",
    ),
    "sub_department": ("二级部门", "sub-department", "下级部门", "科室", "班组", "组别", "小组", "section"),
    "parent_department": ("上级部门", "parent department", "主管部门", "上级部门名称"),
    "employment_kind": (
        "用工类别", "employment kind", "用工性质", "用工形式", "用工类型", "员工类别", "员工类型", "人员类别",
        "员工性质", "employment type", "employment",
    ),
    "post": ("职务", "post", "岗位", "职位", "岗位名称", "职务名称", "position", "title", "job title"),
    "function": ("职能", "function", "条线", "职能条线", "业务条线"),
    "email": ("邮箱", "e-mail", "电子邮箱", "电子邮件", "邮件", "工作邮箱", "公司邮箱", "email", "mail"),
    "phone": (
        "手机", "phone", "手机号", "手机号码", "电话", "联系电话", "移动电话", "电话号码", "mobile", "mobile phone",
    ),
    "wecom_id": ("企业微信号", "WeCom id", "企业微信", "企业微信账号", "企业微信id", "wecom"),
    "joined_on": (
        "入职日期", "joined", "入职时间", "到岗日期", "入司日期", "joined on", "joining date", "hire date",
        "start date",
    ),
    "left_on": (
        "离职日期", "left", "离职时间", "最后工作日", "离岗日期", "left on", "leaving date", "leave date", "end date",
        "last working day",
    ),
}  # fmt: skip
LABELS = {
    "number": _("staff number"),
    "name": _("name"),
    "company": _("company"),
    "department": _("department"),
    "sub_department": _("department below"),
    "parent_department": _("department above"),
    "employment_kind": _("employment kind"),
    "post": _("post"),
    "function": _("function"),
    "email": _("e-mail"),
    "phone": _("phone"),
    "wecom_id": _("WeCom id"),
    "joined_on": _("joining date"),
    "left_on": _("leave date"),
}
LOOKED_THROUGH = 20  # rows among which the headings must stand


def label_of(column: str) -> str:
    """The field in the reader's language; keys of the directory's tables are called as what they point to."""
    return str(LABELS.get(column) or LABELS.get(column.removesuffix("_id"), column))


def heading_key(cell: Any) -> str:
    """The heading without brackets, stars, colons, hyphens, dots, spaces and case."""
    text = re.sub(r"[(（\[【].*?[)）\]】]", "", str(cell if cell is not None else ""))
    return re.sub(r"[*:_·/\-]", "", fold(text))


def known_headings(columns: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """By each heading, as `heading_key` reads it, the field of which it is a name."""
    return {heading_key(name): column for column, names in columns.items() for name in names}


FIELDS = known_headings(COLUMNS)


@dataclass
class Columns:
    """Where each field stands. `at` holds column indexes from 0; `named` the headings as the file says them."""

    row: int
    at: dict[str, int] = field(default_factory=dict)
    named: dict[str, str] = field(default_factory=dict)
    ignored: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)

    def missing(self, mandatory: Iterable[str]) -> list[str]:
        return [column for column in mandatory if column not in self.at]

    def heading(self, column: str) -> str:
        """The field as the file calls it, else as the template does."""
        return self.named.get(column) or label_of(column)


def recognise(row: int, cells: Iterable[Any], fields: Mapping[str, str] = FIELDS) -> Columns:
    """The row read as headings; `fields` are those of the list of people, or another list's `known_headings`."""
    columns = Columns(row)
    for index, cell in enumerate(cells):
        text = str(cell).strip() if cell is not None else ""
        known = fields.get(heading_key(cell))
        if known is None:
            if text:
                columns.ignored.append(text[:50])
        elif known in columns.at:
            columns.twice.append(text[:50])
        else:
            columns.at[known], columns.named[known] = index, text[:50]
    return columns


def best(candidates: Iterable[Columns]) -> Columns | None:
    """The row that knows the most columns; the first of equals."""
    return max(candidates, key=lambda columns: len(columns.at), default=None)
