"""The first day: from nothing, by the printed address, to the first submitted creation request. All through the pages."""


import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from governance.accounts.models import User
from governance.desk.set_up import tokens
from governance.directory.models import Office, Person
from governance.duties.models import Duty
from groups.models import CreationRequest
from tests.journeys.reader import Reader

pytestmark = pytest.mark.django_db
LIST = "工号,姓名,公司,部门,职务\nA001,周敏,集团本部,行政人事部,经理\nA002,陈国栋,集团本部,总裁办,总裁\nA003,郑凯,渝北项目公司,营销部,营销经理\n"


class Stranger(Reader):
    """Somebody who has not signed in: the address from the terminal is all he has."""

    def __init__(self, client):
        super().__init__(client, None)
        client.force_login = lambda user: None


def test_first_day_from_nothing_to_a_submitted_request(client):
    token = tokens.make(now=timezone.now())
    sign_in = client.force_login
    stranger = Stranger(client).open(reverse("set_up_enter", args=[token]))
    assert token not in stranger.page.url
    stranger.press("开始设置")
    stranger.press("下一步：首位行政人事人员", name="启明集团", headquarters="集团本部")
    password = "open-the-door-7"
    stranger.press("录入并登录", name="周敏", number="A001", username="zhoumin", password=password, again=password)

    client.force_login = sign_in
    hr = Reader(client, User.objects.get(username="zhoumin"))
    hr.page = stranger.page
    hr.press("添加", names="渝北项目公司").follow("下一步")
    assert hr.reads("下一步：管理办法")
    hr.follow("载入管理办法").press("检查并载入", which="group_company")
    assert hr.reads("下一步：人员")

    hr.follow("导入人员")
    sent = client.post(reverse("people_import"), {"file": SimpleUploadedFile("人员.csv", LIST.encode()), "complete": ""}, follow=True)
    hr.take(sent).press("确认导入")
    assert Person.objects.count() == 3
    assert Person.objects.get(number="A001").user == hr.user

    hr.open("/").follow("继续设置")
    assert hr.reads("下一步：职务")
    hr.follow("查看职务").follow(f"总裁 {Office.objects.get(code='president').get_kind_display()}".replace(" ", ""))
    hr.press("登记", person="A002")
    president = Office.objects.get(code="president")
    assert president.tenures.get().person.name == "陈国栋"

    form = hr.open(reverse("creation_request_new", args=["planning_group"]))
    form.press("提交", purpose="计划运营日常沟通。")
    request = CreationRequest.objects.get()
    assert (request.state, request.submitter.name) == ("submitted", "周敏")
    assert Duty.objects.open().filter(verb="approve").exists()
