"""The sign-in page in a real browser: readable, reachable, and working with and without JavaScript."""

import pytest

from tests.factories import PASSWORD, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("device", ["phone", "desktop"])
def test_sign_in_page_is_accessible(request, device, name, axe, targets_below_44, theme):
    page = request.getfixturevalue(device)
    page.goto("/accounts/login/")
    theme(page, name)

    assert page.locator("html").get_attribute("data-bs-theme") == name
    assert axe(page) == []
    if device == "phone":
        assert targets_below_44(page) == []


def test_sign_in_page_fits_at_double_type(phone, overflow_at_double_type):
    phone.goto("/accounts/login/")

    assert overflow_at_double_type(phone) == 0


def test_refused_sign_in_is_accessible(phone, axe):
    phone.goto("/accounts/login/")
    phone.fill("#id_login", "nobody")
    phone.fill("#id_password", "wrong")
    phone.click("button.btn-primary")

    assert phone.locator("[role=alert]").inner_text() == "您提供的用户名或密码不正确。"
    assert axe(phone) == []


@pytest.mark.parametrize("device", ["phone", "phone_without_javascript"])
def test_signing_in_leads_to_the_page_asked_for(request, device):
    make_user(username="zhoumin")
    page = request.getfixturevalue(device)

    page.goto("/accounts/login/?next=/accounts/sessions/")
    page.fill("#id_login", "zhoumin")
    page.fill("#id_password", PASSWORD)
    page.click("button.btn-primary")

    assert page.locator("h1").inner_text() == "登录设备"


def test_theme_switch_is_kept_for_the_next_page(phone):
    phone.goto("/accounts/login/")
    phone.click("[data-theme-switch]")
    phone.wait_for_function("document.cookie.includes('theme=dark')")  # a busy browser stores it a moment later
    phone.goto("/accounts/password/reset/")

    assert phone.locator("html").get_attribute("data-bs-theme") == "dark"


def test_small_target_is_found(phone, targets_below_44, axe):
    """The measure itself: a planted small button and a planted faint word are seen."""
    phone.goto("/accounts/login/")
    phone.evaluate("""() => {
      const card = document.querySelector('.card');
      card.insertAdjacentHTML('beforeend', '<p class="faint">太浅的字</p><button class="low">太小的按钮</button>');
      card.querySelector('.faint').style.color = '#eee';
      card.querySelector('.low').style.height = '20px';
    }""")

    assert len(targets_below_44(phone)) == 1
    assert [line.split(":")[0] for line in axe(phone)] == ["color-contrast"]
