"""An approver is away: who decides for him, and who does not. Through the pages, as people meet them."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from groups.models import CreationRequest, Group
from tests.factories import make_group_company, make_user
from tests.journeys.reader import Reader

pytestmark = pytest.mark.django_db
TODAY = date.today()
NAME = "计划运营推动群"


@pytest.fixture
def world():
    return make_group_company()


@pytest.fixture
def person(client):
    """A reader for a login."""
    return lambda user: Reader(client, user)


def ask(person, user, kind="planning_group"):
    person(user).open(reverse("creation_request_new", args=[kind])).press("提交", purpose="日常工作沟通。")
    return CreationRequest.objects.get()


def name_delegate(person, holder, words, days=7):
    """The holder, on his own page, before he leaves."""
    page = person(holder).open(reverse("my_page")).follow("指定流程代理人")
    until = (TODAY + timedelta(days=days)).isoformat()
    return page.press("确认指定", delegate=words, starts_on=TODAY.isoformat(), ends_on=until)


def test_approver_on_leave_with_a_delegate(person, world):
    """SCENARIOS 25: the delegate is named after the request arrived, and decides what is open already."""
    delegate = make_user(company=world.headquarters, name="李文")
    ask(person, world.hr_admin)
    named = name_delegate(person, world.president, "李文")
    assert named.reads("已委托李文")

    inbox = person(delegate).open(reverse("inbox"))
    assert inbox.reads("代陈国栋办理（总裁）")
    card = person(delegate).open("/")
    assert card.reads("代陈国栋")
    deciding = card.follow(NAME)
    assert deciding.reads("您以流程代理人身份代总裁（陈国栋）办理")
    deciding.press("同意", opinion="同意。")

    group = Group.objects.get()
    page = person(world.hr_admin).open(group.creation_request.get_absolute_url())
    assert page.reads("李文 同意建群代总裁（陈国栋）")
    assert person(world.presidents_office).open("/").reads(NAME)

    back = person(world.president).open(reverse("my_page")).press("结束代理")
    assert back.reads("目前无人代您办理")
    assert not person(delegate).open("/").reads("代陈国栋")
    assert person(delegate).open(reverse("inbox")).reads("您不再代陈国栋办理（总裁）")


def test_delegate_is_the_submitter(person, world, client):
    """SCENARIOS 27: barred like any submitter; the holder still decides."""
    name_delegate(person, world.president, "周敏")
    request = ask(person, world.hr_admin)
    assert not person(world.hr_admin).open("/").reads("Group approval")
    page = person(world.hr_admin).open(request.get_absolute_url())
    assert page.reads("本人提交的申请不能由本人审批")
    client.force_login(world.hr_admin)
    assert client.post(reverse("creation_request_approve", args=[request.pk])).status_code == 403
    assert not Group.objects.exists()
    person(world.president).take_up(NAME).press("同意")
    assert Group.objects.get().creation_request == request


def test_wrong_delegate_and_the_right_one(person, world, client):
    """SCENARIOS 29: a delegate of another office is denied, the matching one allowed."""
    name_delegate(person, world.marketing_vp, "许明哲")
    request = ask(person, world.hr_admin)
    client.force_login(world.presidents_office)
    answer = client.post(reverse("creation_request_approve", args=[request.pk]))
    assert (answer.status_code, Group.objects.exists()) == (403, False)
    right = make_user(company=world.headquarters, name="李文")
    name_delegate(person, world.president, "李文")
    person(right).take_up(NAME).press("同意")
    assert Group.objects.get().creation_request == request


def test_holder_decides_before_his_delegate(person, world, client):
    """SCENARIOS 17: it went to a delegate as well; the holder decides first, and the delegate comes too late."""
    delegate = make_user(company=world.headquarters, name="李文")
    request = ask(person, world.hr_admin)
    name_delegate(person, world.president, "李文")
    deciding = person(delegate).take_up(NAME)
    person(world.president).take_up(NAME).press("同意")
    deciding.press("同意", status=409)
    assert Group.objects.get().creation_request == request
