"""Which column of a list of existing groups holds what: headings in Chinese or English."""

from django.utils.translation import gettext_lazy as _

from governance.directory.importing.headings import known_headings

# field: heading of the template, heading in English, other names
COLUMNS: dict[str, tuple[str, ...]] = {
    "name": ("群名称", "group name", "微信群名称", "群名", "群聊名称", "名称", "name", "name of the group"),
    "type": ("群类型", "group type", "类型", "微信群类型", "群类别", "type"),
    "company": ("公司", "company", "所属公司", "所在公司", "公司名称", "单位", "所属单位"),
    "owner": ("群主", "group owner", "群主姓名", "owner"),
    "admin": ("群管理员", "group admin", "管理员", "群管理员姓名", "负责人", "admin", "administrator"),
    "members": ("群人数", "members", "人数", "成员数", "成员人数", "number of members", "member count"),
    "created_on": ("建群日期", "created", "建群时间", "创建日期", "创建时间", "成立日期", "created on", "created date"),
    "purpose": ("用途", "purpose", "群用途", "建群目的", "用途说明", "说明"),
}
LABELS = {
    "name": _("group name"),
    "type": _("group type"),
    "company": _("company"),
    "owner": _("group owner"),
    "admin": _("group admin"),
    "members": _("number of members"),
    "created_on": _("day of creation"),
    "purpose": _("purpose"),
}
FIELDS = known_headings(COLUMNS)
