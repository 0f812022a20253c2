"""Logins of people, and who they let in."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from governance.accounts.models import User
from governance.audit.models import Event
from governance.directory.actions import add_external_contact, give_login, people
from governance.directory.backends import PersonBackend
from tests import factories
from tests.factories import NOW, PASSWORD

pytestmark = pytest.mark.django_db


def test_give_login_lets_the_person_in():
    user = factories.make_user(username="chensy", name="陈思远")
    assert PersonBackend().authenticate(None, username="chensy", password=PASSWORD) == user
    assert (user.name, user.organisation) == ("陈思远", user.person.organisation)


def test_give_login_twice_is_refused():
    user = factories.make_user()
    with pytest.raises(ValidationError):
        give_login(user.person, username="again", password=PASSWORD, now=NOW)


@pytest.mark.parametrize(("today", "is_let_in"), [("2026-03-31 23:59 +0800", True), ("2026-04-01 00:01 +0800", False)])
def test_leaver_is_let_in_until_the_last_working_day(today, is_let_in):
    user = factories.make_user(joined_on=date(2020, 1, 1))
    people.leave(user.person, on=date(2026, 3, 31), by=None, now=NOW)
    with time_machine.travel(today):
        assert (PersonBackend().get_user(user.pk) == user) is is_let_in


def signed_in(username):
    client = Client()
    client.post("/accounts/login/", {"login": username, "password": PASSWORD})
    return client


def is_in(client):
    return client.get("/jobs/").status_code == 200


def test_signing_out_everywhere_ends_all_other_sessions_and_is_recorded():
    user = factories.make_user(username="chensy")
    factories.make_user(username="zhoumin")
    phone, tablet, desktop, other = map(signed_in, ["chensy", "chensy", "chensy", "zhoumin"])
    desktop.post("/accounts/sessions/")
    assert [is_in(client) for client in (phone, tablet, desktop, other)] == [False, False, True, True]
    event = Event.objects.get(verb="sign-out-devices")
    assert (event.actor, event.subject, event.facts) == (user, user, {"devices": 2})
    desktop.post("/accounts/sessions/")
    assert Event.objects.filter(verb="sign-out-devices").count() == 1


def test_leave_date_entered_afterwards_ends_the_running_session_with_the_next_page():
    factories.make_user(username="chensy", joined_on=date(2020, 1, 1))
    client = signed_in("chensy")
    assert is_in(client)
    person = User.objects.get(username="chensy").person
    people.leave(person, on=timezone.localdate() - timedelta(days=1), by=None, now=timezone.now())
    assert not is_in(client)


def test_add_external_contact_of_another_organisation_is_refused():
    with pytest.raises(ValidationError):
        add_external_contact(introducer=factories.make_person(), name="周客", by=factories.make_user(), now=NOW)
