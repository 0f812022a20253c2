"""The set-up before anybody can sign in, in a real browser: with and without JavaScript, readable, reachable."""

import pytest
from django.urls import reverse
from django.utils import timezone

from governance.accounts.models import User
from governance.desk.set_up import tokens

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PERSON = {"name": "周敏", "number": "A001", "username": "zhoumin", "password": "open-the-door-7", "again": "open-the-door-7"}


@pytest.mark.parametrize("name", ["light", "dark"])
def test_pages_of_the_set_up_are_accessible(phone, name, axe, targets_below_44, overflow_at_double_type, theme):
    phone.goto(reverse("set_up"))
    theme(phone, name)

    def objections():
        return axe(phone), targets_below_44(phone), overflow_at_double_type(phone)

    phone.fill("#id_token", "made-up")
    phone.click("button.btn-primary")
    assert phone.locator("[role=alert]").count() == 1
    assert objections() == ([], [], 0)
    phone.goto(reverse("set_up_enter", args=[tokens.make(now=timezone.now())]))
    assert objections() == ([], [], 0)
    phone.click("button.btn-primary")
    assert objections() == ([], [], 0)
    phone.fill("#id_name", "启明集团")
    phone.click("button.btn-primary")
    assert objections() == ([], [], 0)


@pytest.mark.parametrize("device", ["phone", "phone_without_javascript"])
def test_first_hr_person_is_entered_and_led_on(request, device):
    page = request.getfixturevalue(device)
    token = tokens.make(now=timezone.now())

    page.goto(reverse("set_up_enter", args=[token]))
    assert token not in page.url
    page.click("main button.btn-primary")
    page.fill("#id_name", "启明集团")
    page.click("main button.btn-primary")
    for field, value in PERSON.items():
        page.fill(f"#id_{field}", value)
    page.click("main button.btn-primary")

    assert page.locator("h1").inner_text() == "设置：公司"
    assert User.objects.get().username == "zhoumin"
