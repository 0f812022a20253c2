"""A real chromium: pages of a phone and of a desktop, signed in by cookie, and what is measured on them.

    def test_desk_on_a_phone(phone, sign_in, axe, targets_below_44):
        sign_in(phone, "zhoumin")
        phone.goto("/")
        assert axe(phone) == []
        assert targets_below_44(phone) == []

A page fails its test when it logged an error, such as a script or style that the content security policy dropped.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright

from tests.conftest import CHROMIUM

# Playwright's loop runs in the test's thread, where Django would refuse every query.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

AXE = (Path(__file__).parent.parent / "data/axe/axe.min.js").read_text()
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
EXPECTED_ERRORS = ("Failed to load resource",)  # a 404 or 409 that the test asks for

SMALL_TARGETS = """() => {
  const wanted = 'a[href], button, select, textarea, summary, input:not([type=hidden]), [role=button], [role=tab]';
  const small = [];
  for (const element of document.querySelectorAll(wanted)) {
    const label = element.closest('label') || (element.id && document.querySelector(`label[for="${element.id}"]`));
    const ticks = element.matches('input[type=checkbox], input[type=radio]');
    const box = (ticks && label ? label : element).getBoundingClientRect();
    if (!element.checkVisibility({visibilityProperty: true})) continue;
    const style = getComputedStyle(element);
    if (!box.width || !box.height || box.right <= 0 || element.disabled) continue;
    const inText = style.display === 'inline' && element.matches('a')
      && element.parentElement.textContent.trim() !== element.textContent.trim();
    if (inText || (box.width >= 43.5 && box.height >= 43.5)) continue;
    const words = (element.textContent || element.name || element.id).trim().slice(0, 30);
    small.push(`${element.tagName.toLowerCase()} “${words}” ${Math.round(box.width)}×${Math.round(box.height)}`);
  }
  return small;
}"""


def executable() -> str:
    """The browser of this machine; CHROMIUM names another."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable(), args=QUIET)
        yield chromium
        chromium.close()


def opened(browser: Browser, base_url: str, **device: object) -> Iterator[Page]:
    """A page of its own; errors in its console fail the test that used it."""
    context = browser.new_context(base_url=base_url, locale="zh-CN", reduced_motion="reduce", **device)
    page, errors = context.new_page(), []
    page.set_default_timeout(10_000)
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert [error for error in errors if not error.startswith(EXPECTED_ERRORS)] == []


@pytest.fixture
def phone(browser: Browser, live_server) -> Iterator[Page]:
    yield from opened(browser, live_server.url, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)


@pytest.fixture
def phone_without_javascript(browser: Browser, live_server) -> Iterator[Page]:
    device = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "java_script_enabled": False}
    yield from opened(browser, live_server.url, **device)


@pytest.fixture
def desktop(browser: Browser, live_server) -> Iterator[Page]:
    yield from opened(browser, live_server.url, viewport={"width": 1280, "height": 900})


@pytest.fixture
def sign_in(live_server) -> Callable[[Page, str], None]:
    """Sign a page in as the user with that name, by the session's cookie; signs out whoever was there."""

    def by_cookie(page: Page, username: str) -> None:
        client = Client()
        client.force_login(get_user_model().objects.get(username=username), settings.AUTHENTICATION_BACKENDS[0])
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])

    return by_cookie


@pytest.fixture
def axe() -> Callable[[Page], list[str]]:
    """The violations of WCAG 2.2 AA on a page, a line each; a page without words is one too."""

    def violations(page: Page) -> list[str]:
        if not page.locator("h1").count() or len(page.inner_text("main")) < 10:
            return ["the page has no content to judge"]
        # As tall as the page, so that nothing hides behind the bar of a phone, where axe would not judge it.
        size = page.viewport_size
        page.set_viewport_size({**size, "height": page.evaluate("() => document.documentElement.scrollHeight") + 120})
        page.evaluate(AXE)
        found = page.evaluate("tags => axe.run(document, {runOnly: tags})", WCAG)
        page.set_viewport_size(size)
        return [
            f"{rule['id']}: {node['target']} {node['failureSummary'].splitlines()[-1].strip()}"
            for rule in found["violations"]
            for node in rule["nodes"]
        ]

    return violations


@pytest.fixture
def targets_below_44() -> Callable[[Page], list[str]]:
    """What a finger would miss: links, buttons and fields under 44 px, links inside a sentence excepted."""
    return lambda page: page.evaluate(SMALL_TARGETS)


@pytest.fixture
def overflow_at_double_type() -> Callable[[Page], int]:
    """By how many pixels a page is too wide when the reader doubles the type."""

    def measured(page: Page) -> int:
        browser_settings = page.context.new_cdp_session(page)
        browser_settings.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
        page.wait_for_function("() => getComputedStyle(document.documentElement).fontSize === '32px'")
        return page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")

    return measured


@pytest.fixture
def theme() -> Callable[[Page, str], None]:
    """Choose light or dark, as the switch in the header does."""

    def chosen(page: Page, name: str) -> None:
        page.context.add_cookies([{"name": "theme", "value": name, "url": page.url}])
        page.reload()

    return chosen
