"""The components and the frame, rendered."""

import re
from types import SimpleNamespace

import pytest
from django import forms
from django.conf import settings
from django.template import engines
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory

LONG = "集团总部与各项目公司关于二〇二七年度经营计划与安全生产及质量联动推进工作协调沟通专项群（第一阶段）"
FRAME = {
    "nav": [{"label": "", "items": [{"label": "工作台", "url": "/", "icon": "home", "count": 5, "active": True}]}],
    "tabs": [{"label": "消息", "url": "/inbox/", "icon": "bell", "count": 3, "active": False}],
    "me": {"name": "何俊", "initial": "何", "place": "行政人事部"},
    "unread": 3,
}
ALL = sorted(
    str(path.relative_to(settings.BASE_DIR / "templates")) for path in (settings.BASE_DIR / "templates").rglob("*.html")
)


class RequestForm(forms.Form):
    name = forms.CharField(label="群名称", max_length=50)
    until = forms.DateField(label="期限", required=False, help_text="到期前 30 天提醒")
    scope = forms.ChoiceField(label="范围", widget=forms.RadioSelect, choices=[("1", "集团本部")])
    external = forms.BooleanField(label="有外部成员", required=False)


def rendered(name, path="/", cookies=None, **context):
    request = RequestFactory().get(path)
    request.COOKIES.update(cookies or {})
    return render_to_string(name, context, request=request)


def page(source, **context):
    request = RequestFactory().get("/")
    return engines["django"].from_string(source).render({"shell": FRAME, **context}, request)


@pytest.mark.parametrize("name", ALL)
def test_template_compiles(name):
    get_template(name)


def test_field_binds_hint_and_error_to_its_input():
    html = rendered("components/form.html", form=RequestForm({"until": "nonsense"}))

    for described in re.findall(r'aria-describedby="([^"]+)"', html):
        for name in described.split():
            assert html.count(f'id="{name}"') == 1
    assert 'aria-describedby="id_until_helptext id_until_error"' in html
    assert html.count("（可不填）") == 1  # the date; a box to tick is never required words


def test_opinion_box_belongs_to_the_form_elsewhere_and_offers_phrases():
    html = rendered("components/opinion.html", phrases=["同意。", "<请补充>"], form_id="decision")

    assert 'name="opinion" rows="2" maxlength="1000" form="decision"' in html
    assert html.count('data-fill="opinion"') == 2
    assert "&lt;请补充&gt;" in html


def test_confirm_asks_in_words_and_carries_the_token():
    html = rendered(
        "components/confirm.html", url="/x/", button="退回", question="确定？", opinion_label="原因", required=True
    )

    assert "csrfmiddlewaretoken" in html
    assert 'name="opinion" rows="3" maxlength="1000" required' in html
    assert html.startswith('<details class="confirm">')


def test_steps_mark_where_it_stands():
    steps = [{"label": "提交", "state": "done"}, {"label": "审批", "state": "now"}, {"label": "建群", "state": ""}]

    html = rendered("components/steps.html", steps=steps)

    assert re.findall(r'<li class="(\w*)"( aria-current="step")?>', html) == [
        ("done", ""),
        ("now", ' aria-current="step"'),
        ("", ""),
    ]


def test_due_says_lateness_in_words_when_given_words():
    html = rendered("components/due.html", words="已等 3 个工作日", late=True)

    assert html.strip() == '<span class="small muted">已等 3 个工作日</span>'


def test_pager_at_the_only_page_leads_nowhere():
    assert "<a " not in rendered("components/pager.html", summary="共 3 条")


def test_empty_list_says_what_will_be_here():
    html = rendered("components/empty.html", title="目前没有待办", text="有人提交申请时会出现在这里。")

    assert "<b>目前没有待办</b><p>有人提交申请时会出现在这里。</p>" in html
    assert "btn" not in html


def test_frame_marks_the_open_page_and_counts():
    html = page(
        '{% extends "base.html" %}{% block title %}页{% endblock %}{% block heading %}{{ name }}{% endblock %}',
        name=LONG,
    )

    assert f"<h1>{LONG}</h1>" in html
    assert '<a href="/" aria-current="page">工作台<span class="count num">5</span></a>' in html
    assert html.count("</main>") == 1
    assert "<title>页 · 工作群管理</title>" in html
    assert '<html lang="zh-hans"' in html


@pytest.mark.parametrize(
    ("cookie", "written"), [("dark", ' data-bs-theme="dark"'), ("light", ' data-bs-theme="light"'), ('"><b>', "")]
)
def test_theme_cookie_is_written_into_the_page_when_it_is_one_of_two(cookie, written):
    html = rendered("404.html", cookies={"theme": cookie})

    assert f'<html lang="zh-hans" class="no-js"{written}>' in html


def test_server_error_page_needs_no_context():
    html = get_template("500.html").render()

    assert "系统出现问题" in html
    assert "/static/portal/portal.css" in html


@pytest.mark.parametrize(
    "name", ["400.html", "403.html", "403_csrf.html", "404.html", "405.html", "409.html", "429.html"]
)
def test_refusal_is_a_sentence_with_a_way_on(name):
    html = rendered(name)

    assert re.search(r"<h1>[一-鿿]{4,}</h1>", html)
    assert re.search(r'class="btn btn-primary" href="/"', html)


def test_refusal_gives_its_reason():
    assert "您不是审批人&lt;" in rendered("403.html", reason="您不是审批人<")


def test_conflict_says_who_and_when():
    event = SimpleNamespace(actor="陈国栋", at=None)

    html = rendered("409.html", event=event, at=None, who="")

    assert "<b>陈国栋</b>" in html


def test_refusal_inside_a_page_is_a_fragment():
    request = RequestFactory().get("/")
    request.htmx = True

    html = render_to_string("409.html", {"who": "陈国栋"}, request=request)

    assert html.lstrip().startswith('<div class="note-box late" role="alert">')
    assert "<html" not in html
