"""Links by which people set a password: who makes them, how they end, and what opening one does not do."""

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from governance.accounts.models import User
from governance.audit.models import Event
from governance.directory.actions import give_login, invitations, people
from governance.directory.models import Invitation
from governance.directory.queries.invitations import link_of, path_of, usernames_for
from governance.logins.actions import resetting
from governance.workflow import NotAllowed
from tests import factories
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
NEW = {"new_password1": "a-quiet-harbour-9", "new_password2": "a-quiet-harbour-9"}


@pytest.fixture
def organisation():
    return factories.make_organisation()


@pytest.fixture
def company(organisation):
    return factories.make_company(organisation=organisation)


@pytest.fixture
def hr(organisation, company):
    return factories.make_holder(organisation=organisation, code="hr_admin", company=company, name="周敏")


@pytest.fixture
def person(company):
    """Somebody without mail, phone and login."""
    return factories.make_person(company=company, name="王小明", number="W0091")


def invited(person, hr, *, now=None):
    return invitations.invite(person, by=hr, now=now or timezone.now())


def is_in(client):
    return client.get("/jobs/").status_code == 200


def opened(invitation, data=None, client=None):
    client = client or Client()
    return client.post(path_of(invitation), data) if data else client.get(path_of(invitation))


def verbs():
    return list(Event.objects.order_by("pk").values_list("verb", flat=True))


# --- one person is invited and comes in -------------------------------------------------------------------------------
def test_person_without_mail_and_phone_sets_a_password_and_works(hr, person):
    client = Client()
    response = opened(invited(person, hr), NEW, client)
    person.refresh_from_db()
    assert (response.headers["Location"], person.user.username) == ("/", "W0091")
    assert is_in(client)
    other = Client()
    other.post("/accounts/login/", {"login": "w0091", "password": NEW["new_password1"]})
    assert is_in(other)
    assert verbs()[-3:] == ["invite", "give-login", "accept-invitation"]
    assert Event.objects.last().actor == person.user


def test_opening_the_link_changes_nothing(hr, person):
    invitation = invited(person, hr)
    events = Event.objects.count()
    assert [opened(invitation).status_code for _n in range(3)] == [200, 200, 200]
    invitation.refresh_from_db()
    person.refresh_from_db()
    assert (invitation.state, person.user, Event.objects.count()) == ("open", None, events)


def test_link_is_stored_nowhere(hr, person):
    invitation = invited(person, hr)
    token = path_of(invitation).strip("/").rpartition("/")[2]
    stored = [str(value) for value in Invitation.objects.values_list().get(pk=invitation.pk)]
    assert not any(token in value for value in [*stored, *map(str, Event.objects.values_list("facts", flat=True))])


@pytest.mark.parametrize("password", ["short", "1234567890123", "password123"])
def test_weak_password_is_refused_and_the_link_stays(hr, person, password):
    invitation = invited(person, hr)
    response = opened(invitation, {"new_password1": password, "new_password2": password})
    invitation.refresh_from_db()
    assert (response.status_code, invitation.state) == (422, "open")


def test_device_shows_among_the_signed_in_ones(hr, person):
    client = Client()
    opened(invited(person, hr), NEW, client)
    assert client.get(reverse("usersessions_list")).context["session_count"] == 1


# --- links that no longer work ----------------------------------------------------------------------------------------
def dead(invitation):
    """Status of opening and of sending, and the sentence; nobody is let in."""
    client = Client()
    seen, sent = opened(invitation, client=client), opened(invitation, NEW, client)
    assert not is_in(client)
    return seen.status_code, sent.status_code, seen.context["reason"]


def test_used_link_says_so(hr, person):
    invitation = invited(person, hr)
    opened(invitation, NEW)
    assert dead(invitation) == (410, 409, "链接已被使用，请用当时设置的密码登录。")


def test_older_link_says_that_there_is_a_newer_one(hr, person):
    older, newer = invited(person, hr), invited(person, hr)
    assert dead(older) == (410, 409, "已为您生成新的链接，请使用最新的一个。")
    assert opened(newer).status_code == 200


@pytest.mark.parametrize(("days", "works"), [(13.99, True), (14, False)])
def test_link_works_for_fourteen_days(hr, person, days, works):
    invitation = invited(person, hr)
    with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
        assert (opened(invitation).status_code == 200) is works
        if not works:
            assert dead(invitation) == (410, 409, "链接已过期，请联系行政人事部另发一个。")


def test_link_of_a_leaver_is_dead(hr, person):
    invitation = invited(person, hr)
    people.leave(person, on=timezone.localdate() - timedelta(days=1), by=None, now=timezone.now())
    assert dead(invitation) == (410, 409, "您已离职，不能再登录本系统。")


def test_login_given_meanwhile_is_not_taken_over(hr, person):
    invitation = invited(person, hr)
    user = give_login(person, username="wang", password=PASSWORD, now=timezone.now())
    assert dead(invitation)[:2] == (410, 409)
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_unknown_link_is_said_to_be_incomplete(client, db):
    response = client.get("/join/0123456789abcdef/")
    assert (response.status_code, response.context["reason"][:6]) == (404, "链接不完整。")


def test_second_click_finds_the_link_used(hr, person):
    invitation = invited(person, hr)
    invitations.accept(invitation, password=NEW["new_password1"], now=timezone.now())
    with pytest.raises(NotAllowed):
        invitations.accept(invitation, password="another-door-10", now=timezone.now())
    assert User.objects.get(username="W0091").check_password(NEW["new_password1"])


# --- another password -------------------------------------------------------------------------------------------------
def test_reset_ends_the_old_sessions_and_the_old_password(hr, company):
    user = factories.make_user(company=company, username="chen")
    phone, client = Client(), Client()
    phone.force_login(user)
    invitation = resetting.reset_password(user.person, by=hr, now=timezone.now())
    assert is_in(phone)
    opened(invitation, NEW, client)
    assert (is_in(phone), is_in(client)) == (False, True)
    user.refresh_from_db()
    assert (user.username, user.check_password(PASSWORD)) == ("chen", False)
    assert verbs()[-2:] == ["reset-password", "accept-invitation"]


def test_reset_of_oneself_and_of_a_closed_login_is_refused(hr, company):
    closed = factories.make_user(company=company)
    User.objects.filter(pk=closed.pk).update(is_active=False)
    closed.person.refresh_from_db()
    for person in (hr.person, closed.person):
        with pytest.raises(NotAllowed):
            resetting.reset_password(person, by=hr, now=timezone.now())
    assert not Invitation.objects.exists()


def test_reset_for_somebody_without_login_and_invitation_of_somebody_with_one_are_refused(hr, person, company):
    with pytest.raises(NotAllowed):
        resetting.reset_password(person, by=hr, now=timezone.now())
    with pytest.raises(NotAllowed):
        invited(factories.make_user(company=company).person, hr)
    assert not Invitation.objects.exists()


# --- who may, and what HR sees ----------------------------------------------------------------------------------------
def test_only_hr_invites(company, person):
    with pytest.raises(NotAllowed):
        invited(person, factories.make_user(company=company))
    assert not Invitation.objects.exists()


def test_leaver_is_not_invited(hr, company):
    person = factories.make_person(company=company, left_on=date(2020, 1, 1))
    with pytest.raises(NotAllowed):
        invited(person, hr)


def test_link_is_shown_with_words_to_copy_to_whoever_made_it(client, hr, person, organisation, company):
    client.force_login(hr)
    response = client.post(reverse("person_invite", args=[person.pk]), follow=True)
    text = response.context["text"]
    assert "王小明" in text.splitlines()[0]
    assert text.splitlines()[-1] == link_of(Invitation.objects.get())
    colleague = factories.make_holder(organisation=organisation, code="hr_admin", company=company)
    client.force_login(colleague)
    assert client.get(reverse("person_invitation", args=[person.pk])).status_code == 403


def test_person_page_tells_hr_alone_how_somebody_signs_in(client, hr, person, company):
    page = reverse("person", args=[person.pk])
    client.force_login(hr)
    assert sign_in_panels(client, page)[0].facts["stands"].username == ""
    invited(person, hr)
    assert "查看链接" in client.get(page).content.decode()
    client.force_login(factories.make_user(company=company))
    assert sign_in_panels(client, page) == []


def sign_in_panels(client, page):
    return [panel for panel in client.get(page).context["panels"] if panel.template == "logins/_person_sign_in.html"]


# --- sign-in names ----------------------------------------------------------------------------------------------------
def test_number_taken_by_another_organisation_is_followed_by_the_code(person):
    factories.make_user(username="w0091")
    assert usernames_for([person], "qiming") == {person.pk: "W0091.qiming"}
    factories.make_user(username="W0091.QiMing")
    assert usernames_for([person], "qiming") == {person.pk: f"{person.pk}.W0091.qiming"}
