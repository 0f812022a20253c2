"""What somebody may try with a link, a session or an address, and what comes of it."""

import logging
import sys
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from governance.audit.models import Event
from governance.directory.actions import people
from governance.directory.models import Invitation
from governance.directory.queries.invitations import path_of
from governance.logins.actions import inviting, resetting
from tests import factories
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
NEW = {"new_password1": "a-quiet-harbour-9", "new_password2": "a-quiet-harbour-9"}
YESTERDAY = timedelta(days=1)


def invited(firm, person):
    return inviting.invite(person, by=firm.hr, now=timezone.now())


def is_in(client):
    return client.get("/jobs/").status_code == 200


def leave(person):
    people.leave(person, on=timezone.localdate() - YESTERDAY, by=None, now=timezone.now())


# --- links ----------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("agent", ["MicroMessenger", "DingTalkBot-LinkService/1.0", "Slackbot-LinkExpanding"])
def test_preview_of_a_chat_app_uses_nothing_up(firm, agent):
    link, events = invited(firm, firm.li), Event.objects.count()
    robot = Client(headers={"User-Agent": agent})
    assert [robot.get(path_of(link)).status_code, robot.head(path_of(link)).status_code] == [200, 200]
    assert Event.objects.count() == events
    assert Client().post(path_of(link), NEW).status_code == 302


def test_link_used_once_opens_nothing_to_the_next(firm):
    link = invited(firm, firm.li)
    Client().post(path_of(link), NEW)
    thief = Client()
    taken = {"new_password1": "another-door-10", "new_password2": "another-door-10"}
    assert (thief.post(path_of(link), taken).status_code, is_in(thief)) == (409, False)
    firm.li.refresh_from_db()
    assert firm.li.user.check_password(NEW["new_password1"])


def test_guessed_links_are_slowed_down_and_the_real_one_goes_on_working(firm):
    link, robber = invited(firm, firm.li), Client()
    answers = [robber.get(f"/join/{number:032x}/").status_code for number in range(25)]
    assert answers == [404] * 20 + [429] * 5
    assert robber.get(path_of(link)).status_code == 200


def test_refused_link_that_still_works_is_not_named_in_the_log(firm):
    link = invited(firm, firm.li)
    secret = path_of(link).strip("/").rpartition("/")[2]
    weak = {"new_password1": "short", "new_password2": "short"}
    handler = next(one for one in logging.getLogger().handlers if any("Mask" in str(mask) for mask in one.filters))
    lines = []
    handler.setStream(SimpleNamespace(write=lines.append, flush=lambda: None))
    assert Client().post(path_of(link), weak).status_code == 422
    handler.setStream(sys.stderr)
    assert ("/join/…" in "".join(lines), secret in "".join(lines)) == (True, False)


def test_csrf_of_another_page_sets_no_password(firm):
    link = invited(firm, firm.li)
    assert Client(enforce_csrf_checks=True).post(path_of(link), NEW).status_code == 403
    assert Invitation.objects.get(pk=link.pk).state == "open"


@pytest.mark.parametrize("evil", ["https://evil.example/", "//evil.example/", "/\\evil.example/"])
def test_link_leads_nowhere_but_to_the_desk(firm, evil):
    link = invited(firm, firm.li)
    response = Client().post(f"{path_of(link)}?next={evil}", {**NEW, "next": evil})
    assert response.headers["Location"] == "/"


def test_address_with_the_secret_is_not_kept_by_caches_and_given_to_no_other_site(firm):
    headers = Client().get(path_of(invited(firm, firm.li))).headers
    assert "no-store" in headers["Cache-Control"]
    assert headers["Referrer-Policy"] == "same-origin"


# --- leaving ----------------------------------------------------------------------------------------------------------------
def test_leaving_closes_session_invitation_reset_and_mailed_link_at_once(firm):
    user = factories.make_user(username="chen", company=firm.company, email="chen@example.com")
    phone = Client()
    phone.post("/accounts/login/", {"login": "chen", "password": PASSWORD})
    reset = resetting.reset_password(user.person, by=firm.hr, now=timezone.now())
    Client().post(reverse("account_reset_password"), {"email": "chen@example.com"})
    mailed = next(word for word in mail.outbox[0].body.split() if "/password/reset/key/" in word)
    first = invited(firm, firm.li)

    leave(user.person)
    leave(firm.li)

    assert not is_in(phone)
    for link in (reset, first):
        stranger = Client()
        assert (stranger.get(path_of(link)).status_code, stranger.post(path_of(link), NEW).status_code) == (410, 409)
        assert not is_in(stranger)
    stranger = Client()
    page = stranger.get(mailed.removeprefix("http://127.0.0.1:8000").removeprefix("http://testserver"), follow=True)
    stranger.post(page.request["PATH_INFO"], {"password1": "another-door-8", "password2": "another-door-8"})
    stranger.post("/accounts/login/", {"login": "chen", "password": "another-door-8"})
    assert not is_in(stranger)
    Client().post(reverse("account_reset_password"), {"email": "chen@example.com"})
    assert len(mail.outbox) == 1


# --- sessions ---------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("way", ["password", "link"])
def test_session_that_was_handed_to_somebody_before_is_another_after(firm, way):
    victim = Client()
    victim.cookies["sessionid"] = "a" * 32
    victim.get("/accounts/login/")
    if way == "password":
        factories.make_user(username="chen", company=firm.company)
        victim.post("/accounts/login/", {"login": "chen", "password": PASSWORD})
    else:
        victim.post(path_of(invited(firm, firm.li)), NEW)
    thief = Client()
    thief.cookies["sessionid"] = "a" * 32
    assert (is_in(victim), victim.session.session_key != "a" * 32, is_in(thief)) == (True, True, False)


def test_link_opened_where_a_colleague_is_signed_in_ends_the_colleagues_session(firm, browser):
    before = browser.session.session_key
    browser.post(path_of(invited(firm, firm.li)), NEW)
    firm.li.refresh_from_db()
    assert (browser.session["_auth_user_id"], before != browser.session.session_key) == (str(firm.li.user_id), True)


def test_reset_ends_sessions_and_mailed_links_from_before(firm):
    user = factories.make_user(username="chen", company=firm.company, email="chen@example.com")
    old = Client()
    old.post("/accounts/login/", {"login": "chen", "password": PASSWORD})
    Client().post(reverse("account_reset_password"), {"email": "chen@example.com"})
    mailed = next(word for word in mail.outbox[0].body.split() if "/password/reset/key/" in word)
    link = resetting.reset_password(user.person, by=firm.hr, now=timezone.now())
    Client().post(path_of(link), NEW)
    page = Client().get(mailed.removeprefix("http://127.0.0.1:8000").removeprefix("http://testserver"), follow=True)
    assert (is_in(old), "链接已失效" in page.content.decode()) == (False, True)


# --- a lost phone -----------------------------------------------------------------------------------------------------------
def test_hr_signs_a_person_out_everywhere_and_the_password_stays(firm, browser):
    user = factories.make_user(username="chen", company=firm.company)
    phones = [Client(), Client()]
    for phone in phones:
        phone.post("/accounts/login/", {"login": "chen", "password": PASSWORD})
    browser.post(reverse("person_sign_out", args=[user.person.pk]))
    assert [is_in(phone) for phone in phones] == [False, False]
    again = Client()
    again.post("/accounts/login/", {"login": "chen", "password": PASSWORD})
    event = Event.objects.get(verb="sign-out-person")
    assert (is_in(again), event.actor, event.facts["devices"]) == (True, firm.hr, 2)


def test_person_page_tells_hr_when_somebody_signed_in_last_and_nothing_more(firm, browser):
    user = factories.make_user(username="chen", company=firm.company)
    page = reverse("person", args=[user.person.pk])
    assert "最近登录" in browser.get(page).content.decode()
    Client(headers={"User-Agent": "MicroMessenger"}).post("/accounts/login/", {"login": "chen", "password": PASSWORD})
    html = browser.get(page).content.decode()
    user.refresh_from_db()
    assert (user.last_login is not None, "今天" in html, "MicroMessenger" in html) == (True, True, False)
