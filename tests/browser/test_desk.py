"""The desk on a phone and on a desktop, with and without JavaScript."""

from datetime import timedelta

import pytest
from django.utils import timezone

from groups.models import CreationRequest
from tests.factories import make_creation_request, make_group_company

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
State = CreationRequest.State
TABS = ("todo", "done", "mine", "copied")

# A share of the looks each time; all of them in make test-long.
LOOKS = [
    ("phone", "light"),
    ("desktop", "dark"),
    pytest.param("phone", "dark", marks=pytest.mark.long),
    pytest.param("desktop", "light", marks=pytest.mark.long),
]


@pytest.fixture
def world():
    world, now = make_group_company(), timezone.now()
    for user in (world.president, world.hr_admin):
        user.username = "president" if user == world.president else "hr"
        user.save()
    make_creation_request(world=world, at=State.SUBMITTED, now=now - timedelta(days=7))
    make_creation_request(world=world, at=State.SUBMITTED, group_type="project_company_group", now=now)
    make_creation_request(world=world, at=State.APPROVED, group_type="planning_group", now=now)
    make_creation_request(world=world, at=State.SENT_BACK, group_type="marketing_platform", now=now)
    return world


def test_executive_sees_the_first_decision_without_scrolling(phone, sign_in, world):
    sign_in(phone, "president")
    phone.goto("/")
    button = phone.locator("article button", has_text="同意").first.bounding_box()
    tabs = phone.locator(".tabbar").bounding_box()
    assert button["y"] + button["height"] <= tabs["y"]


@pytest.mark.parametrize("name", ["phone", "phone_without_javascript"])
def test_request_is_approved_from_its_card_in_one_tap(request, sign_in, world, name):
    page = request.getfixturevalue(name)
    sign_in(page, "president")
    page.goto("/")
    page.locator("article", has_text="集团高管工作群").locator("button", has_text="同意").click()
    page.wait_for_load_state()
    page.goto("/")
    assert page.locator("article", has_text="集团高管工作群").locator(".seal").inner_text() == "同意"
    assert CreationRequest.objects.get(name="集团高管工作群").state == State.APPROVED


@pytest.mark.parametrize(("device", "colours"), LOOKS)
def test_desk_is_accessible(request, sign_in, theme, axe, world, device, colours):
    page = request.getfixturevalue(device)
    for user in ("president", "hr"):
        sign_in(page, user)
        page.goto("/")
        theme(page, colours)
        for tab in TABS:
            page.goto(f"/?tab={tab}")
            assert axe(page) == []


def test_desk_is_easy_to_hit_and_grows_with_the_type(phone, sign_in, targets_below_44, overflow_at_double_type, world):
    for user in ("president", "hr"):
        sign_in(phone, user)
        for tab in TABS:
            phone.goto(f"/?tab={tab}")
            assert targets_below_44(phone) == []
    assert overflow_at_double_type(phone) <= 0


def test_nothing_overflows_a_phone(phone, sign_in, world):
    for user in ("president", "hr"):
        sign_in(phone, user)
        for tab in TABS:
            phone.goto(f"/?tab={tab}")
            assert phone.evaluate("document.documentElement.scrollWidth") <= 390
