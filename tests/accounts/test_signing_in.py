"""Who may come in, for how long, and what the pages do not give away."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client

from governance.accounts.models import User
from tests import factories
from tests.factories import PASSWORD, make_person, make_user

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def sign_in(client, login, password=PASSWORD, next="/jobs/", **headers):
    return client.post("/accounts/login/", {"login": login, "password": password, "next": next}, headers=headers)


def is_in(client):
    return client.get("/jobs/").status_code == 200


def said(response):
    return re.findall(r'class="summary-errors" role="alert">(.*?)</div>', response.content.decode(), re.DOTALL)


@pytest.mark.parametrize("login", ["zhoumin", "zhoumin@example.com", "ZhouMin@Example.com"])
def test_user_name_and_mail_address_both_open(client, login):
    make_user(username="zhoumin", email="zhoumin@example.com")
    assert sign_in(client, login).headers["Location"] == "/jobs/"
    assert is_in(client)


def test_shared_mail_address_opens_the_login_whose_password_it_is(client):
    make_user(username="first", email="office@example.com")
    second = make_user(username="second", email="office@example.com")
    second.set_password("another-door-8")
    second.save()
    sign_in(client, "office@example.com", "another-door-8")
    assert client.session["_auth_user_id"] == str(second.pk)


@pytest.mark.parametrize("page", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_signing_in_never_leads_out_of_the_portal(client, page):
    make_user(username="zhoumin")
    assert "evil" not in sign_in(client, "zhoumin", next=page).headers.get("Location", "")


def test_page_asked_for_is_remembered_through_signing_in(client):
    response = client.get("/jobs/?a=b")
    assert response.headers["Location"] == "/accounts/login/?next=/jobs/%3Fa%3Db"


def test_wrong_password_and_unknown_name_are_told_alike(client):
    make_user(username="zhoumin")
    wrong, unknown = said(sign_in(client, "zhoumin", "wrong")), said(sign_in(client, "nobody", "wrong"))
    assert wrong == unknown != []


def test_forgotten_password_is_told_alike_and_writes_to_no_stranger(client):
    make_user(username="zhoumin", email="zhoumin@example.com")
    pages = [
        client.post("/accounts/password/reset/", {"email": email}, follow=True)
        for email in ("zhoumin@example.com", "stranger@example.com")
    ]
    assert pages[0].redirect_chain == pages[1].redirect_chain
    assert [message.to for message in mail.outbox] == [["zhoumin@example.com"]]


def test_attempts_are_counted_per_visitor_behind_the_proxy(client, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    make_user(username="zhoumin")
    for n in range(9):
        sign_in(Client(), f"nobody{n}", "wrong", **{"X-Forwarded-For": "203.0.113.7"})
    assert sign_in(Client(), "zhoumin", **{"X-Forwarded-For": "203.0.113.7"}).status_code != 302
    assert sign_in(client, "zhoumin", **{"X-Forwarded-For": "203.0.113.8"}).status_code == 302


def test_attempts_on_one_name_are_counted(client):
    make_user(username="zhoumin")
    for _n in range(5):
        sign_in(client, "zhoumin", "wrong")
    sign_in(client, "zhoumin")
    assert not is_in(client)


def test_device_stays_signed_in_for_sixty_days(client):
    make_user(username="zhoumin")
    with time_machine.travel(MONDAY, tick=False):
        cookie = sign_in(client, "zhoumin").cookies["sessionid"]
    assert (cookie["max-age"], cookie["httponly"], cookie["samesite"]) == (60 * 24 * 3600, True, "Lax")
    with time_machine.travel(MONDAY + 59 * DAY, tick=False):
        assert is_in(client)
    with time_machine.travel(MONDAY + 61 * DAY, tick=False):
        assert not is_in(client)


def test_leaver_is_out_the_minute_after_the_last_day(client):
    person = make_person(left_on=MONDAY.date())
    client.force_login(make_user(username="zhoumin", person=person))
    with time_machine.travel("2026-03-02 23:59 +0800", tick=False):
        assert is_in(client)
    with time_machine.travel("2026-03-03 00:01 +0800", tick=False):
        assert not is_in(client)
        sign_in(client, "zhoumin")
        assert not is_in(client)


def test_deactivated_login_is_out_at_once(client):
    user = make_user(username="zhoumin")
    client.force_login(user)
    assert is_in(client)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert not is_in(client)
    sign_in(client, "zhoumin")
    assert not is_in(client)


def test_login_without_a_person_sees_its_own_empty_pages(client):
    user = User.objects.create_user("support", PASSWORD, organisation=factories.make_organisation(), name="支持")
    client.force_login(user)
    assert [client.get(page).status_code for page in ("/inbox/", "/jobs/", "/accounts/sessions/")] == [200, 200, 200]


def test_device_is_signed_out_from_another(client):
    make_user(username="zhoumin")
    other = Client()
    for device in (client, other):
        sign_in(device, "zhoumin")
    client.post("/accounts/sessions/")
    assert (is_in(client), is_in(other)) == (True, False)


def test_devices_are_ones_own(client):
    make_user(username="zhoumin")
    sign_in(Client(), "zhoumin")
    stranger = make_user(username="another")
    sign_in(client, "another")
    page = client.get("/accounts/sessions/")
    assert [session.user for session in page.context["sessions"]] == [stranger]


@pytest.mark.parametrize(
    "page", ["/accounts/login/", "/accounts/password/reset/", "/inbox/", "/nowhere/", "/language/"]
)
def test_every_answer_carries_the_safe_headers(client, page):
    client.force_login(make_user())
    headers = client.get(page).headers
    policy = headers["Content-Security-Policy"]
    assert "script-src 'self'; " in f"{policy}; "
    assert "style-src 'self'; " in f"{policy}; "
    assert "unsafe" not in policy
    assert (headers["Referrer-Policy"], headers["X-Content-Type-Options"], headers["X-Frame-Options"]) == (
        "same-origin",
        "nosniff",
        "DENY",
    )


@pytest.mark.parametrize("page", ["/accounts/login/", "/inbox/", "/jobs/"])
def test_pages_have_nothing_inline(client, page):
    if page != "/accounts/login/":
        client.force_login(make_user())
    html = client.get(page).content.decode()
    assert re.findall(r"<script(?![^>]*\bsrc=)[^>]*>|<style|\sstyle=|\son[a-z]+=|javascript:", html) == []


@pytest.mark.parametrize("page", ["/inbox/", "/jobs/", "/files/00000000-0000-0000-0000-000000000000/", "/nowhere/"])
def test_stranger_is_asked_to_sign_in(client, page):
    response = client.get(page)
    assert response.status_code == (404 if page == "/nowhere/" else 302)
