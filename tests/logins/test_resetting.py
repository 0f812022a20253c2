"""Another password for an office holder: HR asks, a second person consents, whom it concerns is told and may object."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from governance.commands.proofs import contradictions
from governance.directory.actions.offices import end_tenure
from governance.directory.models import Invitation
from governance.directory.queries.invitations import path_of
from governance.duties.models import Duty
from governance.logins.actions import resetting
from governance.logins.guarded import guarding_offices
from governance.notifications.models import Notice
from governance.notifications.wordings import text_of
from governance.workflow import NotAllowed, WrongState
from tests import factories
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
NEW = {"new_password1": "a-quiet-harbour-9", "new_password2": "a-quiet-harbour-9"}


@pytest.fixture
def world():
    """The group company with a second person of HR."""
    company = factories.make_group_company()
    second = factories.make_holder(organisation=company.organisation, code="hr_admin", name="何俊")
    return SimpleNamespace(**vars(company), second=second)


@pytest.fixture
def asked(world):
    """HR asks to set another password for the president."""
    return resetting.reset_password(world.president.person, by=world.hr_admin, now=timezone.now())


def fresh(user):
    return type(user).objects.get(pk=user.pk)


def browser(user):
    client = Client()
    client.force_login(user)
    return client


def waiting(user):
    return list(Duty.objects.waiting_for(fresh(user), on=timezone.localdate()).filter(verb="consent_reset"))


def told(user, kind):
    return [text_of(notice)[0] for notice in Notice.objects.filter(person=user.person, kind=kind)]


# --- whose login is guarded -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("who", "guarded"),
    [
        ("president", True),
        ("marketing_vp", True),
        ("hr_admin", True),
        ("presidents_office", True),
        ("planning_manager", False),
        ("project_gm_office", False),
    ],
)
def test_login_of_who_approves_or_sets_passwords_is_guarded(world, who, guarded):
    person = getattr(world, who).person
    assert bool(guarding_offices(person, on=timezone.localdate())) is guarded


def test_login_of_everybody_else_is_reset_by_hr_alone(world):
    user = factories.make_user(company=world.project)
    made = resetting.reset_password(user.person, by=world.hr_admin, now=timezone.now())
    assert (made.state, Duty.objects.filter(verb="consent_reset").exists()) == ("open", False)


# --- asking -----------------------------------------------------------------------------------------------------------------
def test_link_opens_nothing_and_is_shown_to_nobody_before_the_consent(world, asked):
    assert asked.state == "awaiting"
    thief = Client()
    assert (thief.get(path_of(asked)).status_code, thief.post(path_of(asked), NEW).status_code) == (410, 409)
    hr = browser(world.hr_admin)
    pages = ("person_invitation", "person_slip")
    assert [hr.get(reverse(page, args=[asked.person_id])).status_code for page in pages] == [404, 404]
    assert fresh(world.president).check_password(PASSWORD)


def test_second_person_of_hr_has_it_and_the_president_is_told(world, asked):
    assert [len(waiting(user)) for user in (world.second, world.hr_admin, world.president)] == [1, 0, 0]
    assert told(world.president, "reset-asked") == ["周敏申请为您重设密码。如非您本意，请在此拒绝。"]
    assert list(contradictions()) == []


def test_where_hr_is_one_person_the_presidents_office_consents(world):
    end_tenure(world.second.person.tenures.get(), ends_on=timezone.localdate() - timedelta(days=1), now=timezone.now())
    made = resetting.reset_password(world.president.person, by=world.hr_admin, now=timezone.now())
    assert (len(waiting(world.presidents_office)), waiting(world.second)) == (1, [])
    resetting.consent(made, by=fresh(world.presidents_office), now=timezone.now())
    assert made.state == "open"


def test_where_nobody_could_consent_nothing_is_asked_and_hr_is_told_what_to_do(world):
    for user in (world.second, world.presidents_office):
        yesterday = timezone.localdate() - timedelta(days=1)
        end_tenure(user.person.tenures.get(), ends_on=yesterday, now=timezone.now())
    response = browser(world.hr_admin).post(reverse("person_reset_password", args=[world.president.person.pk]))
    assert (response.status_code, Invitation.objects.exists()) == (403, False)
    assert "请先确定任职人" in response.content.decode()


def test_for_a_colleague_in_hr_the_presidents_office_is_asked(world):
    resetting.reset_password(world.second.person, by=world.hr_admin, now=timezone.now())
    assert [len(waiting(user)) for user in (world.second, world.hr_admin, world.presidents_office)] == [0, 0, 1]


def test_asking_again_replaces_and_one_duty_is_open(world, asked):
    again = resetting.reset_password(world.president.person, by=world.second, now=timezone.now())
    asked.refresh_from_db()
    assert (asked.state, again.state) == ("replaced", "awaiting")
    assert [duty.subject_id for duty in waiting(world.hr_admin)] == [again.pk]
    assert list(contradictions()) == []


# --- consenting and refusing ------------------------------------------------------------------------------------------------
def test_with_consent_the_link_works_for_whoever_asked_and_both_are_told(world, asked):
    page = browser(world.second).post(reverse("reset_consent", args=[asked.pk]), follow=True)
    assert page.status_code == 200
    assert told(world.hr_admin, "reset-consented") == ["何俊已同意，陈国栋的链接可以使用了"]
    assert told(world.president, "reset-told") == ["将为您重设密码：周敏申请，何俊同意。"]
    text = browser(world.hr_admin).get(reverse("person_invitation", args=[asked.person_id])).context["text"]
    assert path_of(asked) in text
    assert browser(world.second).get(reverse("person_invitation", args=[asked.person_id])).status_code == 403
    assert Client().post(path_of(asked), NEW).status_code == 302
    assert fresh(world.president).check_password(NEW["new_password1"])
    assert list(contradictions()) == []


@pytest.mark.parametrize("who", ["hr_admin", "president", "marketing_vp"])
def test_who_asked_whom_it_concerns_and_strangers_cannot_consent(world, asked, who):
    with pytest.raises(NotAllowed):
        resetting.consent(asked, by=fresh(getattr(world, who)), now=timezone.now())
    asked.refresh_from_db()
    assert asked.state == "awaiting"


def test_president_who_did_not_ask_refuses_on_his_phone(world, asked):
    phone = browser(world.president)
    page = phone.get(reverse("reset", args=[asked.pk]))
    assert page.context["may_refuse"]
    phone.post(reverse("reset_refuse", args=[asked.pk]))
    asked.refresh_from_db()
    assert (asked.state, waiting(world.second)) == ("refused", [])
    assert told(world.hr_admin, "reset-refused") == ["陈国栋不同意为陈国栋重设密码"]
    assert Client().get(path_of(asked)).status_code == 410


def test_late_click_is_told_who_was_quicker(world, asked):
    resetting.refuse(asked, by=world.second, now=timezone.now(), opinion="本人在岗，未申请。")
    late = browser(world.presidents_office).post(reverse("reset_consent", args=[asked.pk]))
    assert (late.status_code, "何俊" in late.content.decode()) == (409, True)


def test_taken_back_nobody_is_asked_any_more_and_consent_comes_too_late(world, asked):
    browser(world.hr_admin).post(reverse("invitation_revoke", args=[asked.pk]))
    assert waiting(world.second) == []
    asked.refresh_from_db()
    with pytest.raises(WrongState):
        resetting.consent(asked, by=world.second, now=timezone.now())


def test_card_on_the_desk_leads_to_the_page_with_the_two_buttons(world, asked):
    desk = browser(world.second).get("/").content.decode()
    assert reverse("reset", args=[asked.pk]) in desk
    html = browser(world.second).get(reverse("reset", args=[asked.pk])).content.decode()
    assert (reverse("reset_consent", args=[asked.pk]) in html, "何俊" in html) == (True, True)
