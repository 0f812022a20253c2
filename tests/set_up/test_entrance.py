"""Before anybody can sign in: the token's pages, the organisation, the first HR person."""

import logging
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from governance.accounts.models import Organisation, User
from governance.audit.models import Event
from governance.desk.models import SetUp
from governance.desk.set_up import tokens
from governance.directory.models import Company, Person, Tenure
from tests.factories import make_user

pytestmark = pytest.mark.django_db
NAMES = {"name": "启明集团", "short_name": "启明", "headquarters": "集团本部", "language": "zh-hans", "seen": ""}
PERSON = {
    "name": "周敏",
    "number": "A001",
    "email": "zhoumin@example.com",
    "username": "zhoumin",
    "password": "open-the-door-7",
    "again": "open-the-door-7",
}


@pytest.fixture
def token():
    return tokens.make(now=timezone.now())


def entered(token):
    """A browser that opened the printed address."""
    client = Client()
    client.get(reverse("set_up_enter", args=[token]))
    return client


@pytest.fixture
def begun(token):
    client = entered(token)
    assert client.post(reverse("set_up_begin")).url == reverse("set_up_organisation")
    return client


@pytest.fixture
def named(begun):
    assert begun.post(reverse("set_up_organisation"), NAMES).url == reverse("set_up_person")
    return begun


def text(response):
    return response.content.decode()


# --- the token --------------------------------------------------------------------------------------------------------
def test_token_leaves_the_address_at_once_and_is_on_no_page(token):
    client = Client()

    response = client.get(reverse("set_up_enter", args=[token]))

    assert response.status_code == 302
    assert response.url == reverse("set_up")
    assert response["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response["Cache-Control"]
    assert token not in text(client.get(response.url))


def test_looking_uses_nothing_up(token):
    client = entered(token)
    client.get(reverse("set_up"))

    assert SetUp.objects.get().used_at is None


def test_token_is_in_no_log(token, caplog):
    with caplog.at_level(logging.DEBUG):
        client = entered(token)
        client.post(reverse("set_up_begin"))
        entered(token).post(reverse("set_up_begin"))
        entered("made-up-token").post(reverse("set_up_begin"))

    assert token not in caplog.text
    assert "made-up-token" not in caplog.text


@pytest.mark.parametrize("typed", ["{token}", "http://127.0.0.1:8000/set-up/enter/{token}/", " {token} "])
def test_token_can_be_typed(token, typed):
    response = Client().post(reverse("set_up_begin"), {"token": typed.format(token=token)})

    assert response.url == reverse("set_up_organisation")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("why", ["WRONG", "USED", "EXPIRED"])
def test_refused_token_is_said_in_a_sentence_with_what_to_do(token, why, language):
    if why == "USED":
        tokens.use(token, claim="another's", now=timezone.now())
    if why == "EXPIRED":
        SetUp.objects.update(made_at=timezone.now() - timedelta(days=2))
    client = entered("made-up" if why == "WRONG" else token)
    client.cookies["django_language"] = language

    response = client.post(reverse("set_up_begin"))

    with translation.override(language):
        sentence = str(getattr(tokens, why))
    assert response.status_code == 422
    assert sentence in text(response)
    assert ("重新启动门户" if language == "zh-hans" else "tart the portal again") in sentence


def test_of_two_people_with_one_token_the_second_is_told(token):
    first, second = entered(token), entered(token)

    won = first.post(reverse("set_up_begin"))
    lost = second.post(reverse("set_up_begin"))

    assert (won.status_code, lost.status_code) == (302, 422)
    assert str(tokens.USED) in text(lost)
    assert second.get(reverse("set_up_organisation")).url == reverse("set_up")
    assert second.post(reverse("set_up_organisation"), NAMES).status_code == 409
    assert not Organisation.objects.exists()


def test_attempts_are_limited(token):
    client = entered("made-up")
    answers = [client.post(reverse("set_up_begin"), {"token": "made-up"}).status_code for _ in range(9)]

    assert answers == [422] * 8 + [429]


def test_address_leads_to_sign_in_once_somebody_can(token):
    make_user()

    response = entered(token).get(reverse("set_up"))

    assert response.url == f"{reverse('account_login')}?next={reverse('set_up')}"
    assert Client().post(reverse("set_up_begin"), {"token": token}).url == reverse("set_up")
    assert SetUp.objects.get().used_at is None


# --- the organisation -------------------------------------------------------------------------------------------------
def test_organisation_comes_with_headquarters_and_calendar(named):
    organisation = Organisation.objects.get()

    assert (organisation.name, organisation.short_name, organisation.language) == ("启明集团", "启明", "zh-hans")
    company = Company.objects.get()
    assert (company.name, company.kind, company.calendar.is_default) == ("集团本部", "headquarters", True)
    assert set(Event.objects.values_list("verb", flat=True)) == {"add-company", "enter_organisation"}


def test_headquarters_is_called_as_the_organisation_where_nothing_else_is_said(begun):
    begun.post(reverse("set_up_organisation"), NAMES | {"headquarters": ""})

    assert Company.objects.get().name == "启明集团"


def test_second_click_on_the_organisation_changes_nothing(named):
    events = Event.objects.count()

    response = named.post(reverse("set_up_organisation"), NAMES)

    assert response.url == reverse("set_up_person")
    assert (Organisation.objects.count(), Event.objects.count()) == (1, events)


def test_second_tab_with_another_name_is_told(named):
    response = named.post(reverse("set_up_organisation"), NAMES | {"name": "别家集团"})

    assert response.status_code == 409
    assert "启明集团" in text(response)
    assert Organisation.objects.get().name == "启明集团"


def test_name_can_be_corrected_from_the_page_that_shows_it(named):
    page = named.get(reverse("set_up_organisation"))
    assert page.context["form"]["seen"].value() == "启明集团"

    named.post(
        reverse("set_up_organisation"), NAMES | {"name": "启明控股", "headquarters": "总部", "language": "en", "seen": "启明集团"}
    )

    organisation = Organisation.objects.get()
    assert (organisation.name, organisation.language, Company.objects.get().name) == ("启明控股", "en", "总部")


def test_set_up_may_be_left_and_come_back_to(named):
    assert named.get(reverse("set_up")).url == reverse("set_up_person")


def test_nameless_organisation_is_refused_at_its_field(begun):
    response = begun.post(reverse("set_up_organisation"), NAMES | {"name": " "})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["name"]


# --- the first HR person ----------------------------------------------------------------------------------------------
def test_first_person_holds_the_hr_office_and_is_signed_in(named):
    response = named.post(reverse("set_up_person"), PERSON)

    assert response.url == reverse("set_up_companies")
    tenure = Tenure.objects.get()
    assert (tenure.person.name, tenure.person.number, tenure.office.code) == ("周敏", "A001", "hr_admin")
    assert named.get(reverse("set_up")).status_code == 200
    assert Client().login(username="zhoumin", password=PERSON["password"])
    row = SetUp.objects.get()
    assert (row.digest, row.claim) == ("", "")
    assert row.entered_at is not None


def test_first_person_reads_the_language_of_the_organisation(begun):
    begun.post(reverse("set_up_organisation"), NAMES | {"language": "en"})
    begun.post(reverse("set_up_person"), PERSON)

    assert User.objects.get().language == "en"


def test_second_click_on_the_first_person_is_told_and_writes_nothing(named):
    other_tab = Client()
    other_tab.cookies = named.cookies.copy()
    named.post(reverse("set_up_person"), PERSON)

    response = other_tab.post(reverse("set_up_person"), PERSON | {"username": "another", "number": "A002"})

    assert response.status_code == 409
    assert reverse("account_login") in text(response)
    assert (User.objects.count(), Person.objects.count()) == (1, 1)


def test_who_has_the_older_token_is_told_when_a_newer_was_used(named):
    newer = entered(tokens.make(now=timezone.now()))
    newer.post(reverse("set_up_begin"))

    response = named.post(reverse("set_up_person"), PERSON)

    assert response.status_code == 409
    assert not User.objects.exists()
    assert newer.post(reverse("set_up_person"), PERSON).status_code == 302


def test_person_before_the_organisation_leads_back(begun):
    assert begun.get(reverse("set_up_person")).url == reverse("set_up_organisation")
    assert begun.post(reverse("set_up_person"), PERSON).status_code == 409
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"again": "something-else-7"}, "again"),
        ({"password": "1234567890", "again": "1234567890"}, "password"),
        ({"password": "zhoumin-zhoumin", "again": "zhoumin-zhoumin", "username": "zhoumin-zhoumin"}, "password"),
        ({"username": "周 敏"}, "username"),
        ({"email": "nowhere"}, "email"),
        ({"number": ""}, "number"),
    ],
)
def test_what_is_wrong_stands_at_its_field(named, wrong, field):
    response = named.post(reverse("set_up_person"), PERSON | wrong)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert not User.objects.exists()
    assert PERSON["password"] not in text(response)
