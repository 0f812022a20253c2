"""HR keeps order: the same colleague stands twice, what was done is looked up, an import went wrong. Through the pages."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from governance.directory.models import Person
from groups.models import CreationRequest, Group
from tests.factories import make_group, make_group_company, make_holder, make_person, make_user
from tests.journeys.reader import Reader

pytestmark = pytest.mark.django_db
State = CreationRequest.State


@pytest.fixture
def world():
    return make_group_company()


@pytest.fixture
def hr(world):
    return make_holder(organisation=world.organisation, code="hr_admin", name="何俊")


def test_same_colleague_stands_twice(client, world, hr):
    """HR finds the pair, sees what moves, chooses, types the name; old links and the roster lead to one person."""
    stays = make_person(company=world.project, name="段小雨", number="D1", phone="13900000001")
    goes = make_user(company=world.project, name="段小雨").person
    Person.objects.filter(pk=goes.pk).update(number="D2", phone="13900000001", post="文员")
    group = make_group(
        world=world, group_type="headquarters_group", at=Group.State.ESTABLISHED, members=[goes], now=timezone.now()
    )
    device = Client()
    device.force_login(goes.user)
    assert device.get(group.get_absolute_url()).status_code == 200

    keeper = Reader(client, hr).open(reverse("people")).follow("重复条目")
    assert keeper.reads("有 1 对条目可能是同一人")
    assert keeper.reads("手机号相同")
    keeper.follow("比对两个条目")
    assert keeper.reads("保留条目 D2")
    keeper.follow("改为保留另一条目")
    assert keeper.reads("保留条目 D1")
    assert keeper.reads("名册中的成员")
    keeper.press("合并", typed="段小雪", status=422)
    keeper.press("合并", typed="段小雨", **{"choice-post": "merged"})
    assert keeper.reads("两个条目已合并")
    assert keeper.reads("文员")

    keeper.open(reverse("person", args=[goes.pk]))
    assert keeper.page.url.endswith(reverse("person", args=[stays.pk]))
    assert group.memberships.get(person__name="段小雨", ended_at=None).person == stays
    assert device.get(group.get_absolute_url()).status_code == 200  # the only login moved with him
    keeper.open(reverse("duplicates"))
    assert keeper.reads("没有疑似重复的条目")


def test_namesakes_who_are_two_people_are_left_alone(client, world, hr):
    for number in ("D1", "D2"):
        make_person(company=world.project, name="段小雨", number=number)
    keeper = Reader(client, hr).open(reverse("duplicates"))
    keeper.press("这是两个人")
    assert keeper.reads("已记下")
    assert keeper.reads("没有疑似重复的条目")
    assert Person.objects.filter(name="段小雨", merged_into=None).count() == 2


def test_presidents_office_looks_up_what_happened_to_a_group(client, world):
    group = make_group(world=world, group_type="headquarters_group", now=timezone.now())
    office = Reader(client, world.presidents_office).open(f"{group.get_absolute_url()}?tab=history")
    office.follow("操作日志中的本群记录")
    assert office.reads("对象：微信群“集团工作群”")
    assert office.reads("提交申请")
    office.open(f"{reverse('operations_log')}?about=group-{group.pk}&who=zm")
    assert office.reads("周敏 提交申请")
    office.press("导出 Excel")
    assert office.reads("操作日志导出表")


def test_import_that_went_wrong_is_reversed(client, world, hr):
    """HR declares half a list complete; everybody else loses access, until the import is reversed."""
    colleague = make_user(company=world.project, name="段小雨")
    Person.objects.filter(pk=colleague.person.pk).update(number="D1")
    yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()
    text = f"工号,姓名,公司,离职日期\nD1,段小雨,渝北项目公司,{yesterday}\nD2,新来,渝北项目公司,\n"
    keeper = Reader(client, hr).open(reverse("people_import"))
    file = SimpleUploadedFile("人员.csv", text.encode())
    keeper.take(client.post(reverse("people_import"), {"file": file, "complete": ""}, follow=True))
    keeper.press("确认导入", leaving="1")
    device = Client()
    device.force_login(colleague)
    assert device.get("/").status_code == 302

    keeper.follow("撤销此次导入")
    assert keeper.reads("将恢复 1 人，删除 1 人")
    keeper.press("撤销导入", typed="2")
    assert keeper.reads("由何俊撤销")
    device.force_login(colleague)
    assert device.get("/").status_code == 200
    assert not Person.objects.filter(number="D2").exists()
