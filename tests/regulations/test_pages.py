"""The regulation's pages: article by article, with what is carried out, what is ours, and what is open."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import translation

from governance.regulations.actions import answer, load
from governance.regulations.models import OpenQuestion, Regulation
from governance.regulations.regulation_pages import regulation_page
from governance.regulations.templatetags.articles import article
from tests.factories import (
    GROUP_COMPANY,
    NOW,
    load_group_company,
    make_company,
    make_group_company,
    make_organisation,
    make_user,
)

pytestmark = pytest.mark.django_db
COMPANY = Path("regulations/company.yaml").read_text(encoding="utf-8")
LATER = NOW + timedelta(days=30)


@pytest.fixture
def world():
    return make_group_company()


def get(client, user, name, *args, **query):
    client.force_login(user)
    return client.get(reverse(name, args=args), query)


def words(response):
    """What a reader reads: without tags, blanks run together."""
    main = re.search(r"<main.*", response.content.decode(), re.DOTALL)[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", main))


def page_of(version):
    return regulation_page(version, on=NOW.date())


def clauses(page):
    """Every clause of the page by its number."""
    found, waiting = {}, [clause for chapter in page.chapters for clause in chapter.articles]
    while waiting:
        clause = waiting.pop()
        found[clause.code] = clause
        waiting.extend(clause.items)
    return found


def rules(page, code):
    return [(rule.label, rule.value) for rule in clauses(page)[code].rules]


# --- what stands under which article ----------------------------------------------------------------------------------
def test_type_with_consents_stands_under_its_article(world):
    assert rules(page_of(world.version), "4.1") == [
        ("群类型", "群名称“集团高管工作群（〈年份〉年度）”"),
        ("应建", "整个单位一个"),
        ("成员", "总裁、常务副总裁、各分管副总"),
        ("经逐一同意可加入", "总裁助理、高管级负责人"),
        ("审批", "总裁"),
        ("逐一同意", "总裁"),
    ]


def test_filed_type_with_customers_stands_under_its_article(world):
    assert rules(page_of(world.version), "4.5") == [
        ("时限：备案", "5 个工作日内"),
        ("群类型", "群名称“〈项目〉项目营销微信平台”"),
        ("成员", "该项目营销策划人员、客户作为外部联系人入群。"),
        ("审批", "营销副总"),
        ("备案", "5 个工作日内报行政人事部备案（建群）"),
    ]


def test_designation_stands_under_its_own_article_naming_the_types(world):
    page = page_of(world.version)
    assert rules(page, "5.1") == [
        ("管理员", "集团高管工作群：由总裁办指定"),
        ("管理员", "计划运营推动群：由总裁办指定"),
    ]
    assert rules(page, "5.3") == [
        ("管理员", "项目营销微信平台：由营销副总指定；原则上由营销经理担任，另选他人须说明理由"),
    ]


def test_core_rules_stand_under_their_articles(world):
    page = page_of(world.version)
    assert rules(page, "3") == [("适用单位", "集团本部、项目公司")]
    assert rules(page, "12") == [
        ("日常监督", "总裁办：全部群"),
        ("日常监督", "项目总经办：本公司的群"),
        ("处理意见的决定", "总裁"),
        ("可撤销同意", "总裁办"),
    ]
    assert rules(page, "13") == [("施行", "自发布之日起"), ("解释", "行政人事部")]
    assert [(rule.label, rule.value) for rule in page.elsewhere] == [
        ("高管的催办", "总裁办"),
        ("口头、书面决定的代录", "总裁办；审批人 3 个工作日内可提出异议"),
        ("时限：审批", "2 个工作日内；15 个工作日无人办理则终止"),
        ("时限：征求意见答复", "1 个工作日内"),
        ("时限：请示事项批示", "10 个工作日内"),
        ("时限：条文咨询答复", "3 个工作日内"),
    ]


def test_every_rule_without_an_article_is_ours(world):
    assert all(rule.ours for rule in page_of(world.version).elsewhere)


def test_question_stands_beside_its_article_and_its_answer_in_its_place(world):
    before = page_of(world.version)
    assert rules(before, "4.note")[0] == ("群类型", "批示之前不受理申请")
    assert [shown.question.code for shown in clauses(before)["4.note"].questions] == ["department_groups"]
    answer(
        OpenQuestion.objects.get(code="department_groups"),
        by=world.president,
        now=NOW,
        answers={"decision": "allow", "approver": "president", "designating_office": "hr_admin"},
        instruction="同意建立。",
    )
    after = page_of(world.version)
    assert rules(after, "4.note")[0] == ("群类型", "群名称“〈公司〉〈部门〉工作群”")
    instructed = [rule for rule in clauses(after)["4.note"].rules + after.elsewhere if rule.question == "department_groups"]
    assert [(rule.label, rule.value.split("：")[-1]) for rule in instructed] == [("审批", "总裁"), ("管理员", "由行政人事部指定")]
    assert (before.open_questions, after.open_questions) == (4, 3)


# --- the pages --------------------------------------------------------------------------------------------------------
def test_list_names_the_regulation_in_force_and_what_is_open(client, world):
    said = words(get(client, make_user(company=world.headquarters), "regulations"))
    assert "施行中 第 1.0 版 微信群管理办法 集团行政人事部 · 3月2日起施行" in said
    assert "请示事项 4 项" in said


def test_list_without_a_regulation_says_what_will_be_here(client):
    assert "尚无管理办法" in words(get(client, make_user(), "regulations"))


def test_list_says_that_a_regulation_waits_for_its_day(client):
    organisation = make_organisation()
    make_company(organisation=organisation)
    text = GROUP_COMPANY.read_text(encoding="utf-8").replace("effective: {from: publication", 'effective: {from: "2127-01-01"')
    load(text, filename="a.yaml", organisation=organisation, by=None, now=NOW)
    assert "尚未施行" in words(get(client, make_user(organisation=organisation), "regulations"))


def test_page_shows_articles_with_anchors_strengths_and_our_readings(client, world):
    page = get(client, world.hr_admin, "regulation", world.version.regulation_id)
    markup, said = page.content.decode(), words(page)
    for code in ("art-1", "art-4-1", "art-4-note", "art-7-p2", "art-13"):
        assert f'id="{code}"' in markup
    assert 'href="#art-13"' in markup
    assert re.search(r"第四条第 1 项</a> <b>集团高管工作群</b>\s*<span class=\"chip plain\">应</span>", markup)
    assert re.search(r"第五条第 3 项</a>\s*<span class=\"chip plain\">原则上</span>", markup)
    assert re.search(r"第七条第三款</a>\s*<span class=\"chip plain\">宜</span>", markup)
    assert "◊ 本系统解释：“经批准”由总裁对每一位人员逐一同意" in said
    assert "部门工作群是否建立？如建立，由谁审批、由谁指定群管理员？待批示" in said


def test_page_in_english_shows_the_chinese_text_too(client, world):
    user = make_user(company=world.headquarters, language="en")
    said = words(get(client, user, "regulation", world.version.regulation_id))
    assert "The president approves the group." in said
    assert "集团高管工作群由总裁、常务副总裁、各分管副总组成" in said
    assert "◊ Our reading: “Once approved” is a consent of the president to each single person" in said


def test_page_of_the_short_regulation_marks_what_is_inferred_and_what_is_open(client):
    organisation = make_organisation()
    make_company(organisation=organisation)
    version = load(COMPANY, filename="company.yaml", organisation=organisation, by=None, now=NOW)
    page = get(client, make_user(organisation=organisation), "regulation", version.regulation_id)
    assert page.content.decode().count('<span class="chip soon">推定</span>') == 4  # legend, 3.5, 3.6, 3.7
    said = words(page)
    assert "待批示事项 7 项" in said
    assert "启用时答复。" in said


def test_page_shows_an_older_version_by_its_key(client, world):
    text = GROUP_COMPANY.read_text(encoding="utf-8").replace('version: "1.0"', 'version: "1.1"')
    newer = load_group_company(organisation=world.organisation, source=text, now=LATER)
    regulation = world.version.regulation_id
    assert "第 1.1 版" in words(get(client, world.hr_admin, "regulation", regulation)).split("本系统解释")[0]
    older = words(get(client, world.hr_admin, "regulation", regulation, version=world.version.pk))
    assert "不再施行" in older
    assert "第 1.0 版 2026-03-02 – 2026-03-31 · 当前显示" in older
    assert newer.pk != world.version.pk


@pytest.mark.parametrize("asked", ["0", "x", "9" * 30])
def test_version_that_is_not_there(client, world, asked):
    assert get(client, world.hr_admin, "regulation", world.version.regulation_id, version=asked).status_code == 404


def test_version_of_another_regulation_is_not_shown(client, world):
    other = load(COMPANY, filename="b.yaml", organisation=world.organisation, by=None, now=NOW)
    response = get(client, world.hr_admin, "regulation", world.version.regulation_id, version=other.pk)
    assert response.status_code == 404


def test_pages_of_another_organisation_are_not_found(client, world):
    stranger = make_user()
    assert get(client, stranger, "regulation", world.version.regulation_id).status_code == 404


def test_pages_take_the_same_number_of_statements_for_one_answer_and_for_all(client, world, django_assert_max_num_queries):
    client.force_login(world.hr_admin)
    address = reverse("regulation", args=[world.version.regulation_id])
    client.get(address)
    with django_assert_max_num_queries(14):
        client.get(address)
    for question in OpenQuestion.objects.filter(code__in=["who_decides", "department_groups"]):
        decided = {"decision": "forbid"} if question.code == "department_groups" else {"office": "president"}
        answer(question, by=None, now=NOW, answers=decided)
    with django_assert_max_num_queries(14):
        client.get(address)


def test_article_leads_to_its_place_on_the_page(world):
    address = reverse("regulation", args=[world.version.regulation_id])
    assert article("4.1", world.version) == f'<a href="{address}?version={world.version.pk}#art-4-1">第四条第 1 项</a>'
    assert (article("", world.version), article("4.1")) == ("", "第四条第 1 项")
    with translation.override("en"):
        assert article("7.p2") == "Art. 7, paragraph 2"


def test_printed_regulation_keeps_our_readings_out_of_the_text(client):
    world = make_group_company()
    client.force_login(world.hr_admin)
    regulation = Regulation.objects.get()
    page = client.get(reverse("regulation_print", args=[regulation.pk]))
    text, notes = page.content.decode().split('class="printed-notes"')
    ours = "所有工作群记入同一本台账"
    assert [part for part in ("第一条", "第四条第 1 项", "第十三条") if part not in text] == []
    assert (ours in text, ours in notes, "本系统解释" in notes) == (False, True, True)
    marks, listed = text.count("<sup>["), notes.count('<li id="note-')
    assert marks == listed > 5
    assert reverse("regulation_print", args=[regulation.pk]) in client.get(
        reverse("regulation", args=[regulation.pk])
    ).content.decode()
