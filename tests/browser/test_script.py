"""portal.js by itself: what it does better, on a page made for each test."""

import pytest
from django.conf import settings

pytestmark = pytest.mark.browser
SCRIPT = settings.BASE_DIR / "static/portal/portal.js"
ORIGIN = "http://portal.test/"


@pytest.fixture
def open_page(browser):
    """Open a page with this body at an address of its own; `sent` collects the forms that arrive."""
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    page.set_default_timeout(5_000)
    sent = []

    def opened(body):
        def answer(route):
            if route.request.method == "POST":
                sent.append(route.request.post_data)
                route.fulfill(status=204)  # the page stays, as while a slow answer is on its way
            elif route.request.url.endswith("portal.js"):
                route.fulfill(body=SCRIPT.read_text(), content_type="text/javascript")
            else:
                head = '<meta charset="utf-8"><script src="/portal.js" defer></script>'
                route.fulfill(body=f'<html class="no-js">{head}<body>{body}', content_type="text/html")

        page.route("**/*", answer)
        page.goto(ORIGIN)
        return page

    opened.sent = sent
    yield opened
    context.close()


PHRASES = """<textarea id="opinion"></textarea><div><button type="button" data-fill="opinion">同意。</button>
<button type="button" data-fill="opinion">请按程序办理</button></div>"""


def test_phrase_replaces_another_phrase(open_page):
    page = open_page(PHRASES)

    page.click("text=同意。")
    page.click("text=请按程序办理")

    assert page.input_value("#opinion") == "请按程序办理"


def test_phrase_follows_ones_own_words(open_page):
    page = open_page(PHRASES)

    page.fill("#opinion", "名单无误，")
    page.click("text=同意。")

    assert page.input_value("#opinion") == "名单无误，同意。"


def test_copy_without_clipboard_selects_and_says_so(open_page):
    page = open_page(
        '<textarea id="t" readonly>请将李强请出</textarea><button data-copy="t" data-done="已复制"><span>复制</span></button>'
    )

    page.click("button")

    assert page.inner_text("button") == "已复制"
    assert page.evaluate("() => getSelection().toString()") == "请将李强请出"


def test_second_click_sends_nothing(open_page):
    page = open_page('<form method="post" action="/x"><button name="verb" value="approve">同意</button></form>')

    page.click("button")
    page.wait_for_function("() => document.querySelector('button').disabled")
    page.evaluate("() => document.querySelector('form').requestSubmit()")
    page.wait_for_timeout(200)

    assert open_page.sent == ["verb=approve"]


def test_button_comes_back_with_the_page(open_page):
    page = open_page('<form method="post" action="/x"><button>同意</button></form>')
    page.evaluate("() => document.querySelector('button').click()")
    page.wait_for_function("() => document.querySelector('button').disabled")

    page.evaluate("() => window.dispatchEvent(new Event('pageshow'))")

    assert page.is_enabled("button")


def test_filter_applies_as_chosen(open_page):
    page = open_page(
        '<form data-autosubmit><select name="state"><option value="">全部</option><option>在用</option></select></form>'
    )

    page.select_option("select", "在用")
    page.wait_for_url("**/?state=*")

    assert page.url == ORIGIN + "?state=%E5%9C%A8%E7%94%A8"


def test_local_list_is_filtered_by_text_and_keys(open_page):
    page = open_page(
        '<input data-filter="people"><ul id="people"><li data-keys="liqiang lq">李强</li><li data-keys="wangfang wf">王芳</li></ul>'
        '<p id="people-none" hidden>没有符合的人员</p>'
    )

    page.fill("input", "LQ")
    assert page.locator("li:visible").all_inner_texts() == ["李强"]
    page.fill("input", "无人")
    assert page.locator("p:visible").all_inner_texts() == ["没有符合的人员"]


def test_button_counts_what_is_not_chosen(open_page):
    page = open_page(
        '<form id="f" data-count-left><input type="radio" name="a"><input type="radio" name="b" checked>'
        '<button data-left="还有 {n} 人未选">提交</button></form>'
    )

    assert (page.inner_text("button"), page.is_enabled("button")) == ("还有 1 人未选", False)
    page.check("[name=a]")
    assert (page.inner_text("button"), page.is_enabled("button")) == ("提交", True)


def test_panel_takes_the_focus_and_gives_it_back_on_escape(open_page):
    page = open_page(
        '<details class="confirm"><summary>退回</summary><textarea id="why"></textarea>'
        '<button type="button" data-close>返回</button></details><p>旁边</p>'
    )

    page.click("summary")
    page.wait_for_function("() => document.activeElement.id === 'why'")
    page.keyboard.press("Escape")

    assert page.get_attribute("details", "open") is None
    assert page.evaluate("() => document.activeElement.tagName") == "SUMMARY"
    page.click("summary")
    page.click("text=旁边")
    assert page.get_attribute("details", "open") is None


def test_page_is_marked_as_scripted(open_page):
    assert open_page("<p>页</p>").get_attribute("html", "class") == ""
