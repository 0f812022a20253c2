"""The register as a workbook: the same lines, no formulas, only what one may see."""

import zipfile
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from python_calamine import CalamineWorkbook

from governance.directory.models import Person
from governance.jobs.actions import run
from governance.jobs.models import Job
from groups.models import Group
from tests.factories import make_filing, make_group, make_group_company, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_group_company()


def export(client, user, **filters):
    """Ask for the workbook and let the worker make it."""
    client.force_login(user)
    response = client.post("/groups/export/", filters)
    job = Job.objects.latest("pk")
    assert response["Location"] == job.get_absolute_url()
    run(job.pk, now=timezone.now())
    job.refresh_from_db()
    return job


def content(job):
    with job.output.content.open("rb") as handle:
        return handle.read()


def rows(job):
    return CalamineWorkbook.from_filelike(BytesIO(content(job))).get_sheet_by_index(0).to_python()


def test_workbook_holds_the_lines_of_the_register(client, world):
    now = timezone.now()
    make_group(world=world, group_type="headquarters_group", at=Group.State.ESTABLISHED, now=now)
    job = export(client, world.presidents_office)
    heading, line = rows(job)
    assert heading == [
        "群名称", "公司", "类型", "批准日期", "批准人", "管理员", "指定情况", "成员", "名册", "状态", "备案编号",
    ]  # fmt: skip
    assert line == [
        "集团工作群", "启明集团本部", "集团工作群", timezone.localdate(now), "总裁", "钱立群", "行政人事部指定", 1.0,
        "管理员申报，今天", "正常", "",
    ]  # fmt: skip
    assert job.result == {"groups": 1}
    assert job.output.name == f"微信群台账 {date.today():%Y-%m-%d}.xlsx"


def test_workbook_has_only_what_the_filters_let_through(client, world):
    make_group(world=world, group_type="headquarters_group")
    make_filing(world=world, project="云栖湖")
    assert [row[0] for row in rows(export(client, world.hr_admin, q="yqh"))[1:]] == ["云栖湖项目营销微信平台"]
    assert [row[0] for row in rows(export(client, world.hr_admin, step="new"))[1:]] == ["集团工作群"]


def test_workbook_has_only_what_the_person_may_see(client, world):
    make_group(world=world, group_type="headquarters_group")
    make_group(world=world, group_type="project_company_group")
    assert [row[0] for row in rows(export(client, world.project_gm_office))[1:]] == ["渝北项目公司工作群"]
    assert rows(export(client, make_user(company=world.headquarters)))[1:] == []


def test_name_that_looks_like_a_formula_stays_words(client, world):
    name = '=HYPERLINK("http://example.com","x")'
    group = make_group(world=world, group_type="headquarters_group")
    Group.objects.filter(pk=group.pk).update(name=name)
    job = export(client, world.presidents_office)
    assert rows(job)[1][0] == name
    sheet = zipfile.ZipFile(BytesIO(content(job))).read("xl/worksheets/sheet1.xml").decode()
    styles = zipfile.ZipFile(BytesIO(content(job))).read("xl/styles.xml").decode()
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet
    assert 'quotePrefix="1"' in styles


def test_who_has_left_meanwhile_gets_nothing(client, world):
    make_group(world=world, group_type="headquarters_group")
    client.force_login(world.presidents_office)
    client.post("/groups/export/")
    job = Job.objects.latest("pk")
    left = timezone.localdate() - timedelta(days=1)
    Person.objects.filter(pk=world.presidents_office.person.pk).update(left_on=left)
    run(job.pk, now=timezone.now())
    job.refresh_from_db()
    assert (job.state, job.output, job.complaint) == ("failed", None, "已离职人员不能再导出名单。")


def test_exporting_by_a_link_is_refused(client, world):
    client.force_login(world.presidents_office)
    assert client.get("/groups/export/").status_code == 405
    assert Job.objects.count() == 0
