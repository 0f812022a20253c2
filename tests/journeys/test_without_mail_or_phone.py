"""Somebody without mail and phone works: slip, link, first password, desk, one step, out; in his own language."""

import re
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from groups.models import Designation
from tests.factories import make_designation, make_group, make_group_company, make_person
from tests.journeys.reader import Page, Reader

pytestmark = pytest.mark.django_db
WEAK = {"short": "密码太短，至少 10 个字符。", "1234567890123": "密码只包含数字。", "password123": "这个密码太常见了。"}
GOOD = "a-quiet-harbour-9"


def test_from_the_printed_slip_to_a_step_done(client):
    now = timezone.now()
    world = make_group_company()
    driver = make_person(company=world.project, name="王小明", number="W0091")
    assert (driver.email, driver.phone, driver.user) == ("", "", None)

    # HR invites and prints.
    hr = Reader(client, world.hr_admin)
    hr.open("/people/").follow("邀请登录")
    hr.open("/people/invitations/?q=W0091").press("邀请列表中全部 1 人")
    hr.follow("打印 1 张纸条")
    slip = hr.page.words
    assert "王小明" in slip
    link = urlsplit(re.search(r"http\S+/join/[0-9a-f]{32}/", slip).group()).path

    # He opens the link on the office computer, first in English, then in Chinese.
    desk = Client()
    desk.post(reverse("set_language_choice"), {"language": "en", "next": link})
    assert "Welcome, 王小明" in desk.get(link).content.decode()
    desk.post(reverse("set_language_choice"), {"language": "zh-hans", "next": link})
    page = Page(link, desk.get(link).content.decode())
    assert "至少 10 个字符，不能全为数字" in page.words
    for weak, sentence in WEAK.items():
        refused = desk.post(link, {"new_password1": weak, "new_password2": weak})
        assert (refused.status_code, sentence in refused.content.decode()) == (422, True)
    unequal = desk.post(link, {"new_password1": GOOD, "new_password2": "another-door-8"})
    assert (unequal.status_code, "不一致" in unequal.content.decode()) == (422, True)
    arrived = desk.post(link, {"new_password1": GOOD, "new_password2": GOOD}, follow=True)
    assert arrived.request["PATH_INFO"] == "/"
    assert "请以用户名 W0091 和此密码登录" in arrived.content.decode()

    # He is made admin of a group and accepts.
    driver.refresh_from_db()
    group = make_group(world=world, group_type="marketing_platform", now=now)
    made = make_designation(world=world, group=group, person=driver, now=now)
    his = Reader(desk, driver.user)
    his.open(made.get_absolute_url()).press("接受")
    assert Designation.objects.get(pk=made.pk).state == "accepted"

    # He goes home; the next one at this computer sees nothing of his, and the link is used up.
    desk.post(reverse("account_logout"))
    assert desk.get("/").status_code == 302
    assert desk.get(link).status_code == 410
    desk.post(reverse("account_login"), {"login": "w0091", "password": GOOD})
    assert desk.get("/").status_code == 200
