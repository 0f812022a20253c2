"""Open questions and their instructions: who may answer, what holds at once, what a change needs; the pages."""

import re
from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest
from django.urls import reverse

from governance.audit.models import Event
from governance.duties.models import Duty
from governance.notifications.models import Notice
from governance.regulations.actions import answer, load
from governance.regulations.format.answers import AnswerErrors
from governance.regulations.models import OpenQuestion
from governance.workflow import NotAllowed, WrongState, move, refusal
from groups.models import GroupType
from groups.permissions import check_can_request
from groups.queries.terms import terms_in_force
from tests.factories import (
    NOW,
    make_company,
    make_group_company,
    make_holder,
    make_office,
    make_organisation,
    make_user,
)

pytestmark = pytest.mark.django_db
State = OpenQuestion.State
LATER = NOW + timedelta(days=1)
ALLOW = {"decision": "allow", "approver": "president", "designating_office": "hr_admin"}
FORBID = {"decision": "forbid"}
COMPANY = Path("regulations/company.yaml").read_text(encoding="utf-8")
POSSIBLE = {("open", "answered"), ("open", "superseded"), ("answered", "answered"), ("answered", "superseded")} | {
    ("superseded", "answered"),  # the very question stands again, with its instruction
}


@pytest.fixture
def world():
    return make_group_company()


@pytest.fixture
def question(world):
    """Whether department groups are set up: asked of the president."""
    return OpenQuestion.objects.get(organisation=world.organisation, code="department_groups")


def fresh(subject):
    return type(subject).objects.get(pk=subject.pk)


def written():
    """Everything that a refused answer must leave as it is."""
    return (Event.objects.count(), Duty.objects.open().count(), Notice.objects.count())


def get(client, user, name, *args, **query):
    client.force_login(user)
    return client.get(reverse(name, args=args), query)


def sent(question, answers, **more):
    """The form as the page shows it, filled in."""
    seen = question.answered_at.isoformat() if question.answered_at else ""
    return {"seen_at": seen, **{f"answer-{name}": value for name, value in answers.items()}, **more}


def post(client, user, question, answers, **more):
    client.force_login(user)
    return client.post(reverse("question_answer", args=[question.pk]), sent(question, answers, **more))


def words(response):
    """What a reader reads: without tags, blanks run together."""
    main = re.search(r"<main.*", response.content.decode(), re.DOTALL)[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", main))


def why_no_request(world):
    """Why HR cannot ask for a department group; nothing when it can."""
    group_type = GroupType.objects.get(organisation=world.organisation, code="department_group")
    hr = type(world.hr_admin).objects.get(pk=world.hr_admin.pk)
    return refusal(check_can_request, hr, terms_in_force(group_type, on=NOW.date()))


@pytest.mark.parametrize(("state", "target"), list(product(State.values, State.values)))
def test_every_pair_of_states(question, state, target):
    OpenQuestion.objects.filter(pk=question.pk).update(state=state)
    question.refresh_from_db()
    before = written()
    if (state, target) in POSSIBLE:
        move(question, target, by=None, at=LATER)
        assert fresh(question).state == target
    else:
        with pytest.raises(WrongState):
            move(question, target, by=None, at=LATER)
        assert (fresh(question).state, written()) == (state, before)


# --- what an instruction does -----------------------------------------------------------------------------------------
def test_undecided_type_waits_for_the_instruction(world):
    assert why_no_request(world) == "是否建立此类群尚未明确，已列为请示事项，待批示。"


def test_allowed_type_can_be_asked_for_at_once(world, question):
    answer(question, by=world.president, now=LATER, answers=ALLOW, instruction="同意建立，从严管理。")
    assert why_no_request(world) == ""
    assert not Duty.objects.open().of_subject(question).exists()
    terms = terms_in_force(GroupType.objects.get(code="department_group"), on=NOW.date())
    assert ([step.office for step in terms.type.approval], terms.type.designation.office) == (["president"], "hr_admin")


def test_forbidden_type_is_closed(world, question):
    answer(question, by=world.president, now=LATER, answers=FORBID, instruction="不建立。")
    assert why_no_request(world) == "按批示，不建立此类群。"


def test_later_instruction_replaces_the_earlier_with_a_reason(world, question):
    answer(question, by=world.president, now=NOW, answers=ALLOW)
    before = written()
    with pytest.raises(AnswerErrors) as refused:
        answer(fresh(question), by=world.president, now=LATER, answers=FORBID, instruction="  ")
    assert (list(refused.value.errors), fresh(question).answers, written()) == (["instruction"], ALLOW, before)

    answer(fresh(question), by=world.president, now=LATER, answers=FORBID, instruction="群过多，暂停。")
    assert (fresh(question).answers, fresh(question).instruction) == (FORBID, "群过多，暂停。")
    assert why_no_request(world) == "按批示，不建立此类群。"


@pytest.mark.parametrize("who", ["hr_admin", "presidents_office", "executive_vp"])
def test_answering_for_another_office_is_refused(world, question, who):
    before = written()
    with pytest.raises(NotAllowed):
        answer(question, by=getattr(world, who), now=LATER, answers=ALLOW)
    assert (fresh(question).state, written()) == ("open", before)


def test_instruction_on_what_somebody_else_answered_meanwhile_is_late(world, question):
    seen = question.answered_at
    answer(question, by=world.president, now=NOW, answers=ALLOW)
    before = written()
    with pytest.raises(WrongState):
        answer(fresh(question), by=world.president, now=LATER, answers=FORBID, instruction="不建立。", seen_at=seen)
    assert (fresh(question).answers, written()) == (ALLOW, before)


def test_question_that_nobody_is_asked_is_answered_by_the_portals_keeper(world):
    organisation = make_organisation()
    make_company(organisation=organisation)
    load(COMPANY, filename="company.yaml", organisation=organisation, by=None, now=NOW)
    keeper = make_holder(organisation=organisation, code="portal_keeper", name="区永康")
    staff = make_user(organisation=organisation)
    make_office(organisation=organisation, code="director", name="总经理")
    asked = OpenQuestion.objects.get(organisation=organisation, code="approver")

    with pytest.raises(NotAllowed):
        answer(asked, by=staff, now=LATER, answers={"office": "director"})
    answer(asked, by=keeper, now=LATER, answers={"office": "director"})

    assert (keeper.person.tenures.get().office.name, fresh(asked).answers) == ("门户管理员", {"office": "director"})


# --- the pages --------------------------------------------------------------------------------------------------------
def test_list_has_the_open_ones_first_and_says_which_are_the_readers(client, world, question):
    other = OpenQuestion.objects.get(organisation=world.organisation, code="who_decides")
    answer(other, by=world.president, now=NOW, answers={"office": "president"}, instruction="由我决定。")
    said = words(get(client, world.president, "questions"))
    assert "尚待批示 3 项。 待您批示 1 项。" in said
    assert said.index("部门工作群是否建立") < said.index("监督部门提出的处理意见")
    assert "处理意见的决定人：总裁" in said
    assert "待您批示 2 项" in words(get(client, world.hr_admin, "questions"))
    assert "待您批示" not in words(get(client, world.marketing_vp, "questions"))


def test_list_without_questions_says_what_will_be_here(client):
    staff = make_user()
    assert "载入管理办法后，条文未写明的事项在这里请示。" in words(get(client, staff, "questions"))


def test_page_shows_the_clause_what_holds_meanwhile_and_the_form(client, world, question):
    page = get(client, world.president, "question", question.pk)
    said = words(page)
    assert "部门工作群数量多" in said
    assert "批示之前不受理部门工作群的申请。" in said
    assert [name for name in re.findall(r'name="(answer-[\w-]+)"', page.content.decode()) if name] == [
        "answer-decision",
        "answer-decision",
        "answer-approver",
        "answer-designating_office",
    ]
    assert '<option value="hr_admin" selected>行政人事部</option>' in page.content.decode()  # offered


@pytest.mark.parametrize("who", ["hr_admin", "marketing_vp"])
def test_page_is_read_only_for_others_and_says_who_answers(client, world, question, who):
    page = get(client, getattr(world, who), "question", question.pk)
    assert reverse("question_answer", args=[question.pk]) not in page.content.decode()
    assert "此事项由总裁批示。" in words(page)


def test_page_takes_the_instruction_and_shows_it_with_its_history(client, world, question):
    response = post(client, world.president, question, ALLOW, instruction="同意建立，从严管理。")
    assert response["Location"] == question.get_absolute_url()
    said = words(get(client, world.hr_admin, "question", question.pk))
    assert "陈国栋 于今天" in said
    assert "陈国栋 批示" in said
    assert "是否建立部门工作群：同意建立 · 审批：总裁 · 指定群管理员：行政人事部" in said
    assert said.count("同意建立，从严管理。") == 2  # standing, and in the history


def test_page_keeps_every_instruction_in_the_history(client, world, question):
    post(client, world.president, question, ALLOW, instruction="同意建立。")
    silent = post(client, world.president, fresh(question), FORBID)
    assert (silent.status_code, "请写明修改批示的理由。" in words(silent)) == (422, True)
    post(client, world.president, fresh(question), FORBID, instruction="群过多，暂停。")
    said = words(get(client, world.president, "question", question.pk))
    assert said.index("群过多，暂停。") < said.rindex("同意建立。")
    assert said.count("陈国栋 批示") == 2


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({}, "这个字段是必填项。"),
        ({"decision": "perhaps"}, "选择一个有效的选项"),
        ({"decision": "allow"}, "请填写此项。"),
        ({"decision": "allow", "approver": "nobody", "designating_office": "hr_admin"}, "选择一个有效的选项"),
    ],
)
def test_incomplete_instruction_comes_back_with_what_is_missing(client, world, question, answers, sentence):
    before = written()
    response = post(client, world.president, question, answers, instruction="同意建立。")
    assert (response.status_code, fresh(question).state, written()) == (422, "open", before)
    assert sentence in words(response)
    assert "同意建立。" in response.content.decode()


def test_second_click_is_late(client, world, question):
    first = sent(question, ALLOW)
    client.force_login(world.president)
    address = reverse("question_answer", args=[question.pk])
    assert client.post(address, first).status_code == 302
    before = written()
    assert client.post(address, first).status_code == 409
    assert client.post(address, {**first, "seen_at": "nonsense"}).status_code == 409
    assert (fresh(question).answers, written()) == (ALLOW, before)


def test_question_whose_clause_changed_is_not_answered_any_more(client, world, question):
    OpenQuestion.objects.filter(pk=question.pk).update(state=State.SUPERSEDED)
    page = get(client, world.president, "question", question.pk)
    assert "条文已修改，该请示事项不再有效。" in words(page)
    assert reverse("question_answer", args=[question.pk]) not in page.content.decode()
    assert post(client, world.president, question, ALLOW).status_code == 409


def test_answering_is_a_post_of_the_office_asked(client, world, question):
    other = make_group_company(name="别家集团").president
    assert get(client, world.president, "question_answer", question.pk).status_code == 405
    refused = post(client, world.hr_admin, question, ALLOW)
    assert (refused.status_code, "此事项由总裁批示。" in words(refused)) == (403, True)
    assert post(client, other, question, ALLOW).status_code == 404
    assert get(client, other, "question", question.pk).status_code == 404
    assert fresh(question).state == "open"


def test_day_and_office_of_regulation_b_are_asked_and_taken(client):
    organisation = make_organisation()
    make_company(organisation=organisation)
    version = load(COMPANY, filename="company.yaml", organisation=organisation, by=None, now=NOW)
    keeper = make_holder(organisation=organisation, code="portal_keeper")
    asked = OpenQuestion.objects.get(organisation=organisation, code="effective_date")
    assert "启用时由门户管理员或行政人事部答复。" in words(get(client, keeper, "question", asked.pk))
    wrong = post(client, keeper, asked, {"day": "31/12"})
    assert (wrong.status_code, fresh(asked).state) == (422, "open")
    post(client, keeper, asked, {"day": "2026-05-01"})
    assert fresh(version).effective_from.isoformat() == "2026-05-01"
    assert "施行日期：2026年5月1日" in words(get(client, keeper, "question", asked.pk))


def test_page_in_english(client, world, question):
    world.president.language = "en"
    world.president.save(update_fields=["language"])
    said = words(get(client, world.president, "question", question.pk))
    assert "Are department work groups to be set up?" in said
    assert "Needed with “Allow”." in said
