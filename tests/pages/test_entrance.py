"""Signing in and out, devices and passwords: the pages of allauth in our frame."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db


def heading(response):
    return re.search(r"<h1>(.*?)</h1>", response.content.decode()).group(1)


def sign_in(client, **data):
    return client.post(reverse("account_login"), {"next": "/inbox/", **data})


def test_sign_in_page_is_in_chinese_and_keeps_the_page_asked_for(client):
    response = client.get("/accounts/login/?next=/groups/7/")

    assert heading(response) == "登录"
    assert '<input type="hidden" name="next" value="/groups/7/">' in response.content.decode()


def test_sign_in_with_a_wrong_password_says_so_beside_the_name_typed(client):
    make_user(username="zhoumin")

    response = sign_in(client, login="zhoumin", password="wrong")

    html = response.content.decode()
    assert '<div class="summary-errors" role="alert">' in html
    assert 'value="zhoumin"' in html
    assert "wrong" not in html


def test_sign_in_leads_back_to_the_page_asked_for(client):
    make_user(username="zhoumin")

    response = sign_in(client, login="zhoumin", password=PASSWORD, next="/jobs/")

    assert (response.status_code, response["Location"]) == (302, "/jobs/")


def test_sign_in_after_many_failures_asks_to_wait(client):
    make_user(username="zhoumin")
    for _ in range(5):
        sign_in(client, login="zhoumin", password="wrong")

    response = sign_in(client, login="zhoumin", password=PASSWORD)

    assert "_auth_user_id" not in client.session
    assert 'role="alert"' in response.content.decode()


def test_sign_up_is_closed(client):
    assert heading(client.get("/accounts/signup/")) == "不开放自行注册"


def test_password_link_comes_by_mail_and_sets_the_password(client):
    make_user(username="zhoumin", email="zhoumin@example.com")

    client.post(reverse("account_reset_password"), {"email": "zhoumin@example.com"})

    [message] = mail.outbox
    link = re.search(r"/accounts/password/reset/key/\S+", message.body).group(0)
    page = client.get(link, follow=True)
    assert heading(page) == "设置密码"
    client.post(page.request["PATH_INFO"], {"password1": "another-door-8", "password2": "another-door-8"})
    assert sign_in(client, login="zhoumin", password="another-door-8").status_code == 302


def test_password_link_used_up_says_how_to_get_another(client):
    assert heading(client.get("/accounts/password/reset/key/1-set-password/")) == "链接已失效"


def test_devices_are_named_and_the_others_can_be_signed_out(client, django_user_model):
    make_user(username="zhoumin")
    phone = type(client)(headers={"user-agent": "Mozilla/5.0 (iPhone) MicroMessenger/8.0"})
    sign_in(phone, login="zhoumin", password=PASSWORD)
    sign_in(client, login="zhoumin", password=PASSWORD)

    html = client.get(reverse("usersessions_list")).content.decode()
    client.post(reverse("usersessions_list"))

    assert "微信 · iPhone" in html
    assert "<b>2 台设备</b>" in html
    assert "_auth_user_id" in client.session
    assert "_auth_user_id" not in phone.session


@pytest.mark.parametrize(
    ("name", "words"), [("account_change_password", "修改密码"), ("account_logout", "确定退出登录？")]
)
def test_page_of_ones_own_login(client, name, words):
    client.force_login(make_user())

    assert heading(client.get(reverse(name))) == words
