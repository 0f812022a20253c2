"""The one-time token: once, within 24 hours, only the newest, and nowhere but in the terminal."""

import re
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from governance.desk.models import SetUp
from governance.desk.set_up import tokens
from tests.factories import NOW, make_user

pytestmark = pytest.mark.django_db


def test_token_is_kept_only_as_a_digest():
    token = tokens.make(now=NOW)

    row = SetUp.objects.values().get()
    assert token not in str(row)
    assert row["digest"] == tokens.digest_of(token)


def test_token_opens_once():
    token = tokens.make(now=NOW)

    tokens.use(token, claim="mine", now=NOW)

    assert tokens.is_claimed_by("mine")
    with pytest.raises(tokens.TokenRefused) as refused:
        tokens.use(token, claim="another's", now=NOW)
    assert refused.value.sentence == tokens.USED
    assert not tokens.is_claimed_by("another's")


def test_second_click_of_the_same_browser_changes_nothing():
    token = tokens.make(now=NOW)
    tokens.use(token, claim="mine", now=NOW)
    before = SetUp.objects.values().get()

    tokens.use(token, claim="mine", now=NOW + timedelta(seconds=1))

    assert SetUp.objects.values().get() == before


@pytest.mark.parametrize(("age", "opens"), [(timedelta(hours=23, minutes=59), True), (timedelta(hours=24), False)])
def test_token_is_valid_for_a_day(age, opens):
    token = tokens.make(now=NOW)

    if opens:
        tokens.use(token, claim="mine", now=NOW + age)
    else:
        with pytest.raises(tokens.TokenRefused) as refused:
            tokens.use(token, claim="mine", now=NOW + age)
        assert refused.value.sentence == tokens.EXPIRED
    assert tokens.is_claimed_by("mine") is opens


@pytest.mark.parametrize("token", ["", "made-up"])
def test_wrong_token_is_refused(token):
    tokens.make(now=NOW)

    with pytest.raises(tokens.TokenRefused) as refused:
        tokens.use(token, claim="mine", now=NOW)

    assert refused.value.sentence == tokens.WRONG


def test_newer_token_replaces_the_older_and_takes_over():
    old = tokens.make(now=NOW)
    tokens.use(old, claim="first", now=NOW)
    new = tokens.make(now=NOW)

    assert tokens.is_claimed_by("first")
    with pytest.raises(tokens.TokenRefused) as refused:
        tokens.use(old, claim="second", now=NOW)
    tokens.use(new, claim="second", now=NOW)

    assert refused.value.sentence == tokens.WRONG
    assert not tokens.is_claimed_by("first")


def test_nobody_is_nobody():
    tokens.make(now=NOW)

    assert not tokens.is_claimed_by("")


# --- what `prepare` prints --------------------------------------------------------------------------------------------
@pytest.fixture
def prepared(settings, monkeypatch):
    """Runs `prepare` without collecting static files, and returns what it prints."""
    settings.PORTAL_DEMO = False
    settings.PORTAL_URL = "http://127.0.0.1:8000"
    for name in ("PORT", "PORTAL_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(
        "governance.commands.management.commands.prepare.Command.collect_static_files", lambda command: None
    )

    def run():
        out = StringIO()
        call_command("prepare", stdout=out)
        return out.getvalue()

    return run


def test_prepare_prints_a_new_address_at_each_start(prepared, client):
    first, second = (re.search(r"http://127.0.0.1:8000/set-up/enter/(\S+)/", prepared()).group(1) for _ in range(2))

    assert first != second
    assert SetUp.objects.get().digest == tokens.digest_of(second)


def test_printed_address_has_the_port_that_serve_listens_on(prepared, monkeypatch):
    monkeypatch.setenv("PORT", "8123")

    assert "http://127.0.0.1:8123/set-up/enter/" in prepared()


def test_prepare_prints_nothing_once_somebody_can_sign_in(prepared):
    make_user()

    assert prepared() == ""
    assert not SetUp.objects.exists()
