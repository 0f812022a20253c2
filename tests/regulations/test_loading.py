"""Loading a file into the database, again and again, and answering what it leaves open."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from governance.audit.models import Event
from governance.directory.models import Company, Office, Team
from governance.duties.models import Duty
from governance.notifications.models import Notice
from governance.regulations.actions import answer, ensure_offices, load
from governance.regulations.format import RegulationErrors
from governance.regulations.format.answers import AnswerErrors
from governance.regulations.models import OpenQuestion, Regulation, RegulationVersion
from governance.regulations.queries import data_with_answers, version_in_force
from governance.workflow import NotAllowed
from groups.models import GroupType
from groups.terms import terms_of
from tests.factories import NOW, make_company, make_holder, make_office, make_organisation

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.regulations.urls")]

ROOT = Path(__file__).parent.parent.parent
GROUP_COMPANY = (ROOT / "regulations" / "group_company.yaml").read_text(encoding="utf-8")
COMPANY = (ROOT / "regulations" / "company.yaml").read_text(encoding="utf-8")
ALLOW = {"decision": "allow", "approver": "president", "designating_office": "hr_admin"}
LATER = NOW + timedelta(days=30)


def load_text(text=GROUP_COMPANY, *, organisation, by=None, now=NOW):
    return load(text, filename="file.yaml", organisation=organisation, by=by, now=now)


def question(organisation, code, **conditions):
    return OpenQuestion.objects.exclude(state="superseded").get(organisation=organisation, code=code, **conditions)


def rows():
    models = (Regulation, RegulationVersion, OpenQuestion, GroupType, Office, Team, Event, Duty, Notice)
    return {model.__name__: model.objects.count() for model in models}


def test_loading_stores_version_types_offices_teams_and_questions():
    organisation = make_organisation()
    make_company(organisation=organisation, kind=Company.Kind.HEADQUARTERS)
    project = make_company(organisation=organisation, kind=Company.Kind.PROJECT)

    version = load_text(organisation=organisation)

    assert (version.regulation.code, str(version.regulation), version.version) == ("group_company", "微信群管理办法", "1.0")
    assert (version.effective_from, version.effective_to) == (date(2026, 3, 2), None)
    assert version.source == GROUP_COMPANY
    assert list(GroupType.objects.values_list("code", "name", "position", "retired")) == [
        ("executive_group", "集团高管工作群", 0, False),
        ("planning_group", "计划运营推动群", 1, False),
        ("headquarters_group", "集团工作群", 2, False),
        ("project_company_group", "项目公司工作群", 3, False),
        ("marketing_platform", "项目营销微信平台", 4, False),
        ("department_group", "部门工作群", 5, False),
    ]
    offices = Office.objects.values_list("code", "company", "kind", "executive", "oversees")
    assert sorted(offices, key=str) == sorted(
        [
            ("president", None, "post", True, False),
            ("executive_vp", None, "post", True, False),
            ("vp_in_charge", None, "post", True, False),
            ("marketing_vp", None, "post", True, False),
            ("presidents_office", None, "body", False, True),
            ("hr_admin", None, "body", False, True),
            ("project_gm_office", project.pk, "body", False, True),
            ("planning_manager", None, "post", False, False),
            ("marketing_manager", project.pk, "post", False, False),
        ],
        key=str,
    )
    assert [(team.code, team.name) for team in Team.objects.all()] == [("operations", "运营推动小组")]
    assert [(found.code, found.article, found.asked_of.code) for found in OpenQuestion.objects.all()] == [
        ("department_groups", "4.note", "president"),
        ("further_submitters", "4", "hr_admin"),
        ("project_heads_nickname", "7.p2", "hr_admin"),
        ("who_decides", "12", "president"),
    ]


def test_open_question_waits_on_the_desk_of_who_is_asked():
    organisation = make_organisation()
    load_text(organisation=organisation)

    duty = Duty.objects.open().of_subject(question(organisation, "department_groups")).get()

    assert (duty.verb, duty.office.code, duty.fallback_office.code, duty.article) == (
        "instruct",
        "president",
        "hr_admin",
        "4.note",
    )
    assert duty.title == "部门工作群是否建立？如建立，由谁审批、由谁指定群管理员？"
    assert duty.facts == {"asked_by": "行政人事部"}


def test_same_file_again_changes_nothing():
    organisation = make_organisation()
    first = load_text(organisation=organisation)
    before = rows()

    again = load_text(organisation=organisation, now=LATER)

    assert again == first
    assert rows() == before


def test_broken_file_leaves_nothing_behind():
    organisation = make_organisation()
    before = rows()

    with pytest.raises(RegulationErrors):
        load_text(GROUP_COMPANY.replace("office: hr_admin, article: \"13\"", "office: hr, article: \"13\""), organisation=organisation)

    assert rows() == before


def test_two_organisations_have_their_own():
    one, two = make_organisation(), make_organisation()
    load_text(organisation=one)
    load_text(organisation=two)

    assert [version.organisation for version in RegulationVersion.objects.order_by("pk")] == [one, two]
    assert Office.objects.filter(organisation=two, code="president").count() == 1


def test_new_version_supersedes_and_keeps_answers_until_the_clause_changes():
    organisation = make_organisation()
    load_text(organisation=organisation)
    answer(question(organisation, "department_groups"), by=None, now=NOW, answers=ALLOW)
    answer(question(organisation, "who_decides"), by=None, now=NOW, answers={"office": "hr_admin"})

    changed = GROUP_COMPANY.replace("备注：部门工作群数量多，", "备注：部门工作群数量很多，").replace('version: "1.0"', 'version: "1.1"')
    version = load_text(changed, organisation=organisation, now=LATER)

    asked = OpenQuestion.objects.filter(code="department_groups").order_by("pk")
    assert [(found.state, found.answers) for found in asked] == [("superseded", ALLOW), ("open", {})]
    assert question(organisation, "who_decides").state == "answered"
    terms = terms_of(data_with_answers(version))
    assert (terms["department_group"].state, version.version) == ("undecided", "1.1")
    assert version_in_force(version.regulation, on=date(2026, 4, 30)) == version
    assert Duty.objects.open().of_subject(asked[1]).count() == 1


def test_reworded_interpretation_keeps_the_answer_and_shows_the_new_words():
    organisation = make_organisation()
    load_text(organisation=organisation)
    answer(question(organisation, "who_decides"), by=None, now=NOW, answers={"office": "hr_admin"})

    load_text(GROUP_COMPANY.replace("      zh: 由总裁决定。", "      zh: 暂由总裁决定。"), organisation=organisation, now=LATER)

    kept = question(organisation, "who_decides")
    assert (kept.state, kept.answers, kept.data["interpreted_as"]["zh"]) == (
        "answered",
        {"office": "hr_admin"},
        "暂由总裁决定。",
    )


def test_type_and_question_that_the_file_drops_are_retired():
    organisation = make_organisation()
    load_text(organisation=organisation)
    head, rest = GROUP_COMPANY.split("  - code: department_group\n")
    questions = rest[rest.index("open_questions:") :]
    without = questions[: questions.index("  - code: department_groups")] + questions[questions.index("  - code: further_submitters") :]

    load_text(head + without, organisation=organisation, now=LATER)

    assert GroupType.objects.get(code="department_group").retired is True
    assert OpenQuestion.objects.get(code="department_groups").state == "superseded"
    assert not Duty.objects.open().filter(title__startswith="部门工作群").exists()


def test_office_called_otherwise_by_the_new_version_is_renamed():
    organisation = make_organisation()
    load_text(organisation=organisation)

    load_text(GROUP_COMPANY.replace("name: {zh: 总裁办,", "name: {zh: 总裁办公室,"), organisation=organisation, now=LATER)

    assert [office.name for office in Office.objects.filter(code="presidents_office")] == ["总裁办公室"]


def test_two_regulations_of_one_organisation_share_their_offices():
    organisation = make_organisation()
    load_text(organisation=organisation)
    other = COMPANY + (
        "\noffices:\n  - {code: hr_admin, name: {zh: 行政部, en: Admin}, kind: body, article: \"1\"}"
        "\ninterprets: {office: hr_admin, article: \"1\"}\n"
    )
    load_text(other, organisation=organisation)
    before = rows()

    load_text(other, organisation=organisation, now=LATER)

    offices = Office.objects.filter(code__in=["hr_admin", "presidents_office"]).order_by("code")
    assert [(office.name, office.oversees) for office in offices] == [("行政人事部", True), ("总裁办", True)]
    assert rows() == before


def test_company_added_later_gets_its_offices():
    organisation = make_organisation()
    load_text(organisation=organisation)
    company = make_company(organisation=organisation, kind=Company.Kind.PROJECT)

    ensure_offices(organisation, by=None, now=NOW)

    assert sorted(Office.objects.filter(company=company).values_list("code", flat=True)) == [
        "marketing_manager",
        "project_gm_office",
    ]


def test_hr_loads_and_others_do_not():
    organisation = make_organisation()
    hr = make_holder(organisation=organisation, code="hr_admin", office_name="行政人事部")
    president = make_holder(organisation=organisation, code="president", office_name="总裁")

    with pytest.raises(NotAllowed):
        load_text(organisation=organisation, by=president)
    version = load_text(organisation=organisation, by=hr)

    assert RegulationVersion.objects.get() == version
    assert version.loaded_by == hr


# --- answering ----------------------------------------------------------------------------------------------------------
def test_president_instructs_and_the_type_opens():
    organisation = make_organisation()
    president = make_holder(organisation=organisation, code="president", office_name="总裁")
    hr = make_holder(organisation=organisation, code="hr_admin", office_name="行政人事部")
    version = load_text(organisation=organisation)
    asked = question(organisation, "department_groups")

    answer(asked, by=president, now=LATER, answers=ALLOW, instruction="同意建立，从严管理。")

    asked.refresh_from_db()
    assert (asked.state, asked.answers, asked.instruction) == ("answered", ALLOW, "同意建立，从严管理。")
    assert (asked.answered_at, asked.answered_by) == (LATER, president)
    assert terms_of(data_with_answers(version))["department_group"].state == "open"
    event = Event.objects.filter(verb="instruct").get()
    assert (event.actor, event.office, event.was, event.became, event.article, event.note) == (
        president,
        "总裁",
        "open",
        "answered",
        "4.note",
        "同意建立，从严管理。",
    )
    assert not Duty.objects.open().of_subject(asked).exists()
    assert [notice.person for notice in Notice.objects.filter(kind="question-answered")] == [hr.person]


def test_only_the_office_asked_instructs():
    organisation = make_organisation()
    hr = make_holder(organisation=organisation, code="hr_admin", office_name="行政人事部")
    stranger = make_holder(organisation=make_organisation(), code="president", office_name="总裁")
    load_text(organisation=organisation)
    asked = question(organisation, "department_groups")

    for user in (hr, stranger):
        with pytest.raises(NotAllowed):
            answer(asked, by=user, now=LATER, answers=ALLOW)

    asked.refresh_from_db()
    assert (asked.state, asked.answers) == ("open", {})


def test_what_is_asked_at_set_up_is_not_answered_by_another_organisation():
    organisation = make_organisation()
    load_text(COMPANY, organisation=organisation)
    stranger = make_holder(organisation=make_organisation(), code="hr_admin", office_name="行政部")

    with pytest.raises(NotAllowed):
        answer(question(organisation, "effective_date"), by=stranger, now=NOW, answers={"day": "2026-05-01"})

    assert question(organisation, "effective_date").state == "open"


def test_incomplete_instruction_changes_nothing():
    organisation = make_organisation()
    load_text(organisation=organisation)
    asked = question(organisation, "department_groups")
    before = rows()

    with pytest.raises(AnswerErrors) as refused:
        answer(asked, by=None, now=LATER, answers={"decision": "allow", "approver": "nobody"})

    asked.refresh_from_db()
    assert set(refused.value.errors) == {"approver", "designating_office"}
    assert (asked.state, rows()) == ("open", before)


def test_later_instruction_replaces_the_earlier():
    organisation = make_organisation()
    version = load_text(organisation=organisation)
    answer(question(organisation, "department_groups"), by=None, now=NOW, answers=ALLOW)

    answer(question(organisation, "department_groups"), by=None, now=LATER, answers={"decision": "forbid"})

    assert terms_of(data_with_answers(version))["department_group"].state == "closed"


def test_company_regulation_has_no_desk_to_ask_on_and_is_answered_at_set_up():
    organisation = make_organisation()
    version = load_text(COMPANY, organisation=organisation)
    hr = make_holder(organisation=organisation, code="hr_admin", office_name="行政部")
    make_office(organisation=organisation, code="director", name="总经理")

    assert not Duty.objects.exists()
    assert version.effective_from is None
    for code in ("submitter", "designating_office", "supervisor", "interpreter"):
        answer(question(organisation, code), by=hr, now=NOW, answers={"office": "hr_admin"})
    for code in ("approver", "who_decides"):
        answer(question(organisation, code), by=hr, now=NOW, answers={"office": "director"})
    answer(question(organisation, "effective_date"), by=hr, now=NOW, answers={"day": "2026-05-01"})

    version.refresh_from_db()
    terms = terms_of(data_with_answers(version))["department_group"]
    assert version.effective_from == date(2026, 5, 1)
    assert (terms.state, [step.office for step in terms.approval]) == ("open", ["director"])
    assert Office.objects.get(organisation=organisation, code="hr_admin").oversees is True
    assert Office.objects.get(organisation=organisation, code="director").oversees is False
