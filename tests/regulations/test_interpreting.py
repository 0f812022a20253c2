"""Questions on articles and interpretations: asked, answered to one or to all, replaced and withdrawn with history."""

import pytest
from django.urls import reverse
from django.utils import timezone

from governance.directory.models import Office
from governance.duties.models import Duty
from governance.notifications.models import Notice
from governance.regulations.actions import interpreting
from governance.regulations.models import ArticleQuestion, Interpretation
from governance.workflow import NotAllowed, WrongState, move
from tests.factories import (
    GROUP_COMPANY,
    NOW,
    load_group_company,
    make_group_company,
    make_holder,
    make_login,
    make_person,
)
from tests.groups.reading import get, post, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_group_company()


@pytest.fixture
def staff(world):
    return make_login(person=make_person(company=world.project, name="李娜"))


STATEMENTS_LIST, STATEMENTS_PAGE = 10, 14


def asked(world, staff, article="7.p2", text="实习生怎么写部门？"):
    return interpreting.ask(world.version.regulation, article=article, text=text, by=staff, now=NOW)


def published(world, staff, **about):
    return interpreting.answer_publicly(
        asked(world, staff, **about), answer="写所在部门的全称。", published_question="实习生写哪个部门？", by=world.hr_admin, now=NOW
    )


# --- asking -----------------------------------------------------------------------------------------------------------
def test_from_the_question_to_the_interpretation_beside_the_article(client, world, staff):
    regulation = world.version.regulation_id
    assert f"{reverse('article_question_new', args=[regulation])}?article=7" in get(client, staff, "regulation", regulation).content.decode()

    response = post(client, staff, "article_question_new", regulation, article="7.p2", text="实习生怎么写部门？")
    question = ArticleQuestion.objects.get()
    assert response.url == question.get_absolute_url()
    assert "行政人事部 今天" in words(client.get(response.url)) or "行政人事部" in words(client.get(response.url))

    duty = Duty.objects.open().of_subject(question).get()
    assert (duty.verb, duty.office.code, duty.article, duty.ladder, duty.days) == (
        "answer-question",
        "hr_admin",
        "7.p2",
        "answer",
        3,
    )
    assert "李娜" in words(get(client, world.hr_admin, "article_question", question.pk))

    post(client, world.hr_admin, "article_question_answer", question.pk,
         answer="写所在部门的全称。", how="publish", published_question="实习生写哪个部门？")  # fmt: skip

    shown = words(get(client, world.president, "regulation", regulation))
    assert "实习生写哪个部门？写所在部门的全称。" in shown
    assert "李娜" not in shown
    assert not Duty.objects.open().of_subject(question).exists()
    told = Notice.objects.get(kind="article-question-answered")
    assert (told.person, told.path) == (staff.person, question.get_absolute_url())


def test_private_answer_is_read_by_the_asker_alone(client, world, staff):
    question = asked(world, staff)

    post(client, world.hr_admin, "article_question_answer", question.pk, answer="写部门全称。", how="private")

    assert "写部门全称。" in words(get(client, staff, "article_question", question.pk))
    assert get(client, world.president, "article_question", question.pk).status_code == 404
    assert "写部门全称。" not in words(get(client, staff, "regulation", world.version.regulation_id))
    assert Interpretation.objects.count() == 0


def test_second_click_asks_once(client, world, staff):
    for _n in range(2):
        post(client, staff, "article_question_new", world.version.regulation_id, article="6", text="同一个问题")

    assert ArticleQuestion.objects.count() == 1


def test_nothing_typed_is_said_at_the_field(client, world, staff):
    assert post(client, staff, "article_question_new", world.version.regulation_id, article="99", text="x").status_code == 422
    assert post(client, staff, "article_question_new", world.version.regulation_id, article="6", text=" ").status_code == 422
    assert ArticleQuestion.objects.count() == 0


def test_login_without_a_person_asks_nothing(world, staff):
    person = staff.person
    person.user = None
    person.save()

    with pytest.raises(NotAllowed):
        asked(world, type(staff).objects.get(pk=staff.pk))


def test_asker_takes_it_back_and_the_duty_goes(client, world, staff):
    question = asked(world, staff)

    post(client, staff, "article_question_withdraw", question.pk)

    question.refresh_from_db()
    assert question.state == "withdrawn"
    assert not Duty.objects.open().of_subject(question).exists()
    late = post(client, world.hr_admin, "article_question_answer", question.pk, answer="迟了。", how="private")
    assert late.status_code == 409


# --- answering --------------------------------------------------------------------------------------------------------
def test_only_the_interpreting_office_answers(world, staff):
    question = asked(world, staff)

    for user in (staff, world.president, world.presidents_office):
        with pytest.raises(NotAllowed):
            interpreting.answer_privately(question, answer="不。", by=user, now=NOW)
    assert ArticleQuestion.objects.get().state == "asked"


def test_late_answer_is_told_who_was_quicker(client, world, staff):
    question = asked(world, staff)
    interpreting.answer_privately(question, answer="先到。", by=world.hr_admin, now=NOW)

    late = post(client, world.hr_admin, "article_question_answer", question.pk, answer="后到。", how="publish")

    assert late.status_code == 409
    assert (ArticleQuestion.objects.get().answer, Interpretation.objects.count()) == ("先到。", 0)


@pytest.mark.parametrize("state", ArticleQuestion.State.values)
@pytest.mark.parametrize("target", ArticleQuestion.State.values)
def test_every_pair_of_states_of_a_question(world, staff, state, target):
    question = asked(world, staff)
    ArticleQuestion.objects.filter(pk=question.pk).update(state=state)
    question.refresh_from_db()

    if (state, target) in {("asked", "answered"), ("asked", "withdrawn")}:
        move(question, target, by=None, at=NOW)
    else:
        with pytest.raises(WrongState):
            move(question, target, by=None, at=NOW)


@pytest.mark.parametrize("state", Interpretation.State.values)
@pytest.mark.parametrize("target", Interpretation.State.values)
def test_every_pair_of_states_of_an_interpretation(world, staff, state, target):
    made = published(world, staff)
    Interpretation.objects.filter(pk=made.pk).update(state=state)
    made.refresh_from_db()

    if (state, target) in {("published", "replaced"), ("published", "withdrawn")}:
        move(made, target, by=None, at=NOW)
    else:
        with pytest.raises(WrongState):
            move(made, target, by=None, at=NOW)


# --- interpretations --------------------------------------------------------------------------------------------------
def test_replaced_one_stays_readable_and_the_newer_stands(client, world, staff):
    older = published(world, staff)

    response = post(client, world.hr_admin, "interpretation_replace", older.pk, text="写部门简称。", reason="与名册一致。")

    newer = Interpretation.objects.get(replaces=older)
    assert response.url == newer.get_absolute_url()
    shown = words(get(client, staff, "regulation", world.version.regulation_id))
    assert "写部门简称。" in shown
    assert "写所在部门的全称。" not in shown
    gone = words(get(client, staff, "interpretation", older.pk))
    assert "写所在部门的全称。" in gone
    assert "与名册一致。" in gone
    assert Notice.objects.get(kind="interpretation-replaced").person == staff.person


def test_withdrawn_one_needs_a_reason_and_keeps_its_history(client, world, staff):
    made = published(world, staff)
    assert post(client, world.hr_admin, "interpretation_withdraw", made.pk, opinion=" ").status_code == 422

    post(client, world.hr_admin, "interpretation_withdraw", made.pk, opinion="有误。")

    assert "写所在部门的全称。" not in words(get(client, staff, "regulation", world.version.regulation_id))
    assert "有误。" in words(get(client, staff, "interpretation", made.pk))
    assert post(client, world.hr_admin, "interpretation_withdraw", made.pk, opinion="再撤。").status_code == 409


def test_asker_hears_of_it_through_the_whole_chain(world, staff):
    first = published(world, staff)
    second = interpreting.replace(first, text="二。", reason="改。", by=world.hr_admin, now=NOW)
    interpreting.withdraw(second, reason="撤。", by=world.hr_admin, now=NOW)

    assert Notice.objects.get(kind="interpretation-withdrawn").person == staff.person


def test_reworded_article_is_said_beside_its_interpretation(client, world, staff):
    published(world, staff)
    text = GROUP_COMPANY.read_text(encoding="utf-8").replace("群昵称为“部门-姓名”", "群昵称一律为“部门-姓名”")
    load_group_company(organisation=world.organisation, source=text, now=timezone.now())

    assert "条文已改动" in words(get(client, staff, "regulation", world.version.regulation_id))


def test_interpretations_are_printed_behind_the_text(client, world, staff):
    published(world, staff)

    assert "写所在部门的全称。" in words(get(client, staff, "regulation_print", world.version.regulation_id))


# --- search -----------------------------------------------------------------------------------------------------------
def test_search_finds_articles_and_interpretations(client, world, staff):
    published(world, staff)
    page = world.version.regulation_id

    found = get(client, staff, "regulation", page, q="全称").context["found"]
    assert [clause.code for clause in found] == ["7.p2"]
    assert [clause.code for clause in get(client, staff, "regulation", page, q="保密").context["found"]] == ["11"]
    nothing = get(client, staff, "regulation", page, q="月球")
    assert "没有找到" in words(nothing)
    assert nothing.context["found"] == []


def test_list_holds_what_waits_for_the_office_first(client, world, staff):
    first = asked(world, staff, text="第一问")
    interpreting.answer_privately(first, answer="答。", by=world.hr_admin, now=NOW)
    asked(world, staff, text="第二问")

    page = get(client, world.hr_admin, "article_questions").context["page"]
    mine = get(client, staff, "article_questions").context["page"]

    assert ([one.text for one in page.to_answer], [one.text for one in page.rest]) == (["第二问"], ["第一问"])
    assert ([one.text for one in mine.to_answer], [one.text for one in mine.rest]) == ([], ["第二问", "第一问"])


@pytest.mark.parametrize("count", [1, 3, 60])
def test_lists_read_the_same_statements_for_any_number(client, world, staff, count, django_assert_num_queries):
    for n in range(count):
        published(world, staff, text=f"第 {n} 问")
    client.force_login(world.hr_admin)
    client.get(reverse("article_questions"))
    with django_assert_num_queries(STATEMENTS_LIST):
        client.get(reverse("article_questions"))
    with django_assert_num_queries(STATEMENTS_PAGE):
        client.get(reverse("regulation", args=[world.version.regulation_id]))


def test_without_an_interpreting_office_hr_has_it(world, staff):
    text = GROUP_COMPANY.read_text(encoding="utf-8").replace('interprets: {office: hr_admin, article: "13"}\n', "")
    load_group_company(organisation=world.organisation, source=text, now=NOW)

    question = asked(world, staff)

    assert Duty.objects.open().of_subject(question).get().office == Office.objects.get(code="hr_admin")


# --- open questions are duties with a clock ---------------------------------------------------------------------------
def test_open_question_has_a_due_day_and_reminds_executives_through_their_office(world):
    duty = Duty.objects.open().get(verb="instruct", article="4.note")

    assert (duty.ladder, duty.days) == ("instruction", 10)
    assert duty.tells == {"nudging": f"office:{Office.objects.get(code='presidents_office').pk}"}


def test_holder_of_another_organisation_sees_nothing(client, world, staff):
    question, made = asked(world, staff), published(world, staff, text="另一问")
    stranger = make_holder(organisation=make_group_company(name="别家集团").organisation, code="hr_admin", name="何人")

    assert get(client, stranger, "article_question", question.pk).status_code == 404
    assert get(client, stranger, "interpretation", made.pk).status_code == 404
