"""Existing groups as tests begin with them: brought in by HR from a list, through the real actions."""

from groups.actions import existing
from groups.importing.plan import make_plan
from groups.models import ExistingGroup, GroupsImport
from groups.permissions import today_of
from tests.directory.tables import xlsx
from tests.factories import NOW

HEADINGS = ["群名称", "群类型", "公司", "群主", "群管理员", "群人数", "建群日期", "用途"]


def take_over(
    world, *names, name="云栖湖销售群", kind="项目营销微信平台", company="渝北项目公司", owner="", admin="", now=NOW
) -> list[ExistingGroup]:
    """The groups of one list, alike but for their names; those that were known before are not among them."""
    rows = [[one, kind, company, owner, admin, 86, "2024-01-05", "客户服务"] for one in names or (name,)]
    started = existing.start(xlsx([HEADINGS, *rows]), by=world.hr_admin, now=now)
    found = GroupsImport.objects.get(pk=started.pk)
    plan = make_plan(found, on=today_of(world.hr_admin))
    if not plan.new:
        existing.discard(found, by=world.hr_admin, now=now)
        return []
    existing.confirm(found, digest=plan.digest(), choices={}, by=world.hr_admin, now=now)
    return list(found.groups.order_by("row"))
