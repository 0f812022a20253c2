"""The first day, from nothing to a hundred registered groups: HR enters the groups the company has, each office settles
what is open on them from one card on its desk. All through the pages."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from governance.accounts.models import User
from governance.commands.proofs import contradictions
from governance.desk.set_up import tokens
from governance.directory.actions import give_login
from governance.directory.models import Office, Person
from governance.duties.models import Duty
from governance.notifications.models import Notice
from groups.models import ExistingGroup, Group
from tests.directory.tables import xlsx_bytes
from tests.journeys.reader import Reader
from tests.journeys.test_first_day import Stranger

pytestmark = pytest.mark.django_db
PEOPLE = [
    ["工号", "姓名", "公司", "部门", "职务"],
    ["A001", "周敏", "集团本部", "行政人事部", "经理"],
    ["A002", "陈国栋", "集团本部", "总裁办", "总裁"],
    ["A003", "何丽华", "集团本部", "营销中心", "营销副总"],
    ["B001", "郑凯", "渝北项目公司", "营销部", "营销经理"],
    ["B002", "刘洋", "渝北项目公司", "工程部", "工程经理"],
]
OFFICES = {"president": "A002", "marketing_vp": "A003", "hr_admin": "A001"}
HEADINGS = ["群名称", "群类型", "公司", "群主", "群管理员", "群人数"]
ROW = "渝北项目公司"


def hundred_rows():
    """Forty marketing platforms, forty groups of the project company, ten without a type; ten have no admin, one an
    owner whom nobody knows, and one bears a name that headquarters has too."""
    rows = [[f"楼盘{n:02}客户群", "项目营销微信平台", ROW, "郑凯", "郑凯" if n >= 6 else "", "120"] for n in range(40)]
    rows += [[f"工程{n:02}协调群", "项目公司工作群", ROW, "刘洋", "刘洋" if n >= 4 else "", "30"] for n in range(48)]
    rows += [[f"散群{n:02}", "", ROW, "刘洋", "刘洋", "8"] for n in range(10)]
    rows += [["通知群", "项目公司工作群", ROW, "查无此人", "刘洋", "50"]]
    rows += [["通知群", "集团工作群", "集团本部", "周敏", "周敏", "200"]]
    assert len(rows) == 100
    return rows


def workbook(name, rows):
    return {"file": SimpleUploadedFile(name, xlsx_bytes(rows))}


def desk_verbs(user):
    duties = Duty.objects.waiting_for(user, on=timezone.localdate())
    return sorted(duty.verb for duty in duties if duty.verb.startswith("existing-"))


def set_up(client):
    """From the printed address to the offices: organisation, HR, companies, regulation A, people, holders."""
    token = tokens.make(now=timezone.now())
    sign_in = client.force_login
    stranger = Stranger(client).open(reverse("set_up_enter", args=[token])).press("开始设置")
    stranger.press("下一步：首位行政人事人员", name="启明集团", headquarters="集团本部")
    password = "open-the-door-7"
    stranger.press("录入并登录", name="周敏", number="A001", username="zhoumin", password=password, again=password)
    client.force_login = sign_in
    hr = Reader(client, User.objects.get(username="zhoumin"))
    hr.page = stranger.page
    hr.press("添加", names="渝北项目公司").follow("下一步")
    hr.follow("载入管理办法").press("检查并载入", which="group_company")
    hr.follow("导入人员")
    sent = {**workbook("人员.xlsx", PEOPLE), "complete": ""}
    hr.take(client.post(reverse("people_import"), sent, follow=True)).press("确认导入")
    for code, number in OFFICES.items():
        if code != "hr_admin":
            hr.open(reverse("office", args=[Office.objects.get(code=code).pk])).press("登记", person=number)
    return hr


def reader_of(client, number):
    """Somebody who has been invited and has signed in."""
    person = Person.objects.get(number=number)
    return Reader(client, person.user or give_login(person, username=number, password="a-quiet-harbour-9", now=timezone.now()))


def decide_all(reader, button, **fields):
    """Page by page, “all groups of this page”, until the list is empty."""
    pages = 0
    while any(words.startswith(button) for words, _attributes, _form in reader.page.buttons):
        pressed = next(words for words, _attributes, _form in reader.page.buttons if words.startswith(button))
        reader.press(pressed, all="1", **fields)
        pages += 1
        assert pages < 5
    return pages


def test_first_day_from_nothing_to_a_hundred_registered_groups(client):
    hr = set_up(client)
    president, marketing, manager, engineer = (reader_of(client, number) for number in ("A002", "A003", "B001", "B002"))

    # HR enters the hundred groups from one list
    hr.open(reverse("set_up")).follow("录入既有群")
    sent = client.post(reverse("existing_groups"), workbook("既有群.xlsx", [HEADINGS, *hundred_rows()]), follow=True)
    hr.take(sent)
    assert hr.reads("类型未定 10")
    hr.open(f"{hr.page.url}?tab=to_choose").press("登记 100 个群")
    assert (ExistingGroup.objects.count(), Group.objects.count()) == (100, 89)
    assert desk_verbs(hr.user) == ["existing-designate", "existing-settle"]
    assert (desk_verbs(president.user), desk_verbs(marketing.user)) == (
        ["existing-approve"],
        ["existing-approve", "existing-designate"],
    )
    messages = Notice.objects.filter(kind__startswith="duty-existing").values_list("person__number", flat=True)
    assert sorted(messages) == ["A001", "A001", "A002", "A003", "A003"]  # one for each card, not for each group

    # HR states the types, gives the second 通知群 another name, and says who owns the first
    hr.take_up("既有群有 12 项未了事项")
    assert hr.reads("由总裁补批；由行政人事部指定管理员")
    decide_all(hr, "确定勾选各群的类型", type=type_values(hr.page)["项目公司工作群"])
    hr.open(reverse("existing_groups_open") + "?kind=name").follow("查看 通知群")
    hr.press("录入新名称", name="集团通知群")
    hr.open(reverse("existing_groups_open") + "?kind=owner").follow("查看 通知群")
    hr.press("录入群主", owner="B002")
    assert Group.objects.count() == 100

    # supplementary approval: each approver in one list
    marketing.take_up("40 个既有群待补批")
    refused = ExistingGroup.objects.get(name="楼盘00客户群")
    marketing.open(refused.get_absolute_url()).press("不同意", opinion="请说明用途。")
    marketing.open(reverse("existing_groups_open") + "?kind=approve")
    assert decide_all(marketing, "同意勾选的群") == 1
    president.take_up("60 个既有群待补批")
    assert decide_all(president, "同意勾选的群") == 2

    # what was not approved goes to HR, who explains; the approver has it again
    hr.take_up("既有群有 1 项未了事项")
    hr.follow("查看 楼盘00客户群").press("再次报营销副总", opinion="老业主仍在使用。")
    marketing.take_up("1 个既有群待补批")
    decide_all(marketing, "同意勾选的群")
    assert set(ExistingGroup.objects.values_list("state", flat=True)) == {"approved"}

    # admins are designated and accept; nothing is to be established
    marketing.take_up("6 个既有群没有管理员")
    decide_all(marketing, "为勾选的群指定", person="郑凯", reason="营销经理暂缺，由其负责。")
    hr.take_up("4 个既有群没有管理员")
    decide_all(hr, "为勾选的群指定", person="B002")
    manager.take_up("您被指定为 6 个既有群的管理员")
    decide_all(manager, "接受勾选的群")
    engineer.take_up("您被指定为 4 个既有群的管理员")
    decide_all(engineer, "接受勾选的群")

    # a hundred registered groups, and no desk has anything of them any more
    assert Group.objects.filter(state="established", approved_at__isnull=False, admin__isnull=False).count() == 100
    register = hr.open(reverse("register"))
    assert register.reads("100 个群")
    assert not register.reads("未经审批")
    for reader in (hr, president, marketing, manager, engineer):
        assert desk_verbs(reader.user) == []
    assert list(contradictions()) == []


def type_values(page):
    """The types on offer by their names, in the order of the page."""
    controls = (control for form in page.forms for control in form.controls)
    values = [value for _name, kind, value, _chosen in controls if kind == "radio"]
    names = ["集团高管工作群", "计划运营推动群", "集团工作群", "项目公司工作群", "项目营销微信平台", "部门工作群"]
    return dict(zip(names, values, strict=True))
