"""The language: with the user, and in the browser before signing in."""

import pytest
from django.test import Client

from tests.factories import make_user

pytestmark = pytest.mark.django_db


def choose(client, language, next="/jobs/", **options):
    return client.post("/language/", {"language": language, "next": next}, **options)


def test_language_goes_with_the_user(client):
    user = make_user()
    client.force_login(user)
    response = choose(client, "en")
    user.refresh_from_db()
    assert (user.language, response.status_code, response.headers["Location"]) == ("en", 302, "/jobs/")
    assert client.get("/jobs/").headers["Content-Language"] == "en"


def test_users_language_is_stronger_than_the_browsers(client):
    choose(client, "en")
    client.force_login(make_user(language="zh-hans"))
    assert client.get("/jobs/").headers["Content-Language"] == "zh-hans"


def test_language_before_signing_in_stays_in_the_browser(client):
    assert client.get("/accounts/login/").headers["Content-Language"] == "zh-hans"
    choose(client, "en")
    assert client.get("/accounts/login/").headers["Content-Language"] == "en"


def test_language_we_do_not_have_changes_nothing(client):
    user = make_user()
    client.force_login(user)
    assert choose(client, "xx\r\nSet-Cookie: a=b").status_code == 302
    user.refresh_from_db()
    assert user.language == "zh-hans"


@pytest.mark.parametrize("next", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "\\\\evil", ""])
def test_language_never_leads_out_of_the_portal(client, next):
    assert choose(client, "en", next=next).headers["Location"] == "/"


def test_language_is_not_chosen_by_opening_a_link(client):
    client.force_login(make_user())
    assert client.get("/language/?language=en").status_code == 405


def test_language_choice_needs_its_token():
    assert choose(Client(enforce_csrf_checks=True), "en").status_code == 403
