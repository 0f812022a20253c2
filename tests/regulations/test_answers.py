"""Open questions: what an answer must be, and where it goes."""

from pathlib import Path

import pytest
from django.utils import translation

from governance.regulations.format import read
from governance.regulations.format.answers import AnswerErrors, checked_answers, overlay, question_of, unanswered
from governance.regulations.format.paths import NoSuchPlace, shape_at
from governance.regulations.format.reader import root_shape

SHIPPED = Path(__file__).parent.parent.parent / "regulations"
OFFICES = ("president", "hr_admin", "presidents_office")


@pytest.fixture(scope="module")
def group_company():
    return read((SHIPPED / "group_company.yaml").read_bytes(), filename="a").data


@pytest.fixture(scope="module")
def company():
    return read((SHIPPED / "company.yaml").read_bytes(), filename="b").data


def entry(data, section, code):
    return next(entry for entry in data[section] if entry["code"] == code)


def test_answer_goes_to_its_places(group_company):
    given = {"decision": "allow", "approver": "president", "designating_office": "hr_admin"}

    laid = entry(overlay(group_company, {"department_groups": given}), "group_types", "department_group")

    assert laid["state"] == "open"
    assert laid["approval"] == [
        {
            "code": "instructed",
            "office": "president",
            "interpreted_as": None,
            "by_question": "department_groups",
            "article": "4.note",
        }
    ]
    assert laid["designation"] == {
        "office": "hr_admin",
        "interpreted_as": None,
        "by_question": "department_groups",
        "article": "4.note",
    }
    assert laid["interpreted_as"] is None


def test_overlay_leaves_the_data_as_it_was(group_company):
    overlay(group_company, {"department_groups": {"decision": "forbid"}})

    assert entry(group_company, "group_types", "department_group")["state"] == "undecided"
    assert "answers" not in question_of(group_company, "department_groups")


def test_what_is_not_asked_for_with_this_choice_sets_nothing(group_company):
    given = {"decision": "forbid", "approver": "president", "designating_office": "hr_admin"}

    laid = entry(overlay(group_company, {"department_groups": given}), "group_types", "department_group")

    assert (laid["state"], laid["approval"], laid["designation"]) == ("closed", None, None)


def test_answer_replaces_our_interpretation(group_company):
    laid = overlay(group_company, {"who_decides": {"office": "presidents_office"}})

    assert group_company["decides"]["interpreted_as"] is not None
    assert laid["decides"]["office"] == "presidents_office"
    assert laid["decides"]["interpreted_as"] is None
    assert laid["decides"]["by_question"] == "who_decides"
    assert laid["decides"]["article"] == "12"


def test_blank_optional_field_sets_nothing(group_company):
    laid = overlay(group_company, {"further_submitters": {"planning_group": "presidents_office"}})

    assert entry(laid, "group_types", "executive_group")["submitters"] == []
    assert [rule["office"] for rule in entry(laid, "group_types", "planning_group")["submitters"]] == ["presidents_office"]


def test_record_the_file_left_out_is_made_by_its_answer(company):
    laid = overlay(company, {"effective_date": {"day": "2026-05-01"}, "interpreter": {"office": "hr_admin"}})

    assert laid["regulation"]["effective"]["from"] == "2026-05-01"
    assert laid["interprets"]["office"] == "hr_admin"


def test_answer_to_a_question_the_file_no_longer_has_is_ignored(company):
    assert overlay(company, {"gone": {"office": "hr_admin"}}) == company


def test_unanswered_are_those_without_instruction(company):
    laid = overlay(company, {"effective_date": {"day": "2026-05-01"}})

    assert [question["code"] for question in unanswered(laid)] == [
        "submitter",
        "approver",
        "designating_office",
        "supervisor",
        "who_decides",
        "interpreter",
    ]


@pytest.mark.parametrize(
    ("given", "errors"),
    [
        ({}, {"decision": "Please answer this."}),
        ({"decision": "perhaps"}, {"decision": "Choose one of: allow, forbid."}),
        (
            {"decision": "allow", "approver": ""},
            {"approver": "Please answer this.", "designating_office": "Please answer this."},
        ),
        (
            {"decision": "allow", "approver": "nobody", "designating_office": "hr_admin"},
            {"approver": "There is no office with the code “nobody”."},
        ),
        ({"decision": "forbid", "colour": "red"}, {"colour": "This was not asked."}),
    ],
)
def test_incomplete_or_impossible_answer_is_told_by_field(group_company, given, errors):
    with translation.override("en"), pytest.raises(AnswerErrors) as refused:
        checked_answers(question_of(group_company, "department_groups"), given, offices=OFFICES)

    with translation.override("en"):
        assert {name: str(sentence) for name, sentence in refused.value.errors.items()} == errors


def test_checked_answers_keep_only_what_was_asked(group_company):
    given = {"decision": "forbid", "approver": "president"}

    assert checked_answers(question_of(group_company, "department_groups"), given, offices=OFFICES) == {
        "decision": "forbid"
    }


@pytest.mark.parametrize("day", ["2026-02-30", "tomorrow", "2026-2-3"])
def test_date_that_is_none_is_refused(company, day):
    with pytest.raises(AnswerErrors):
        checked_answers(question_of(company, "effective_date"), {"day": day}, offices=())


def ask(kind):
    return {"name": "x", "kind": kind, "options": [], "optional": False, "required_if": None, "sets": None}


@pytest.mark.parametrize(
    ("kind", "value", "kept"), [("days", "5", 5), ("days", 0, 0), ("text", " words ", "words"), ("date", "2026-03-01", "2026-03-01")]
)
def test_answer_is_kept_in_the_type_of_its_kind(kind, value, kept):
    assert checked_answers({"asks": [ask(kind)]}, {"x": value}, offices=()) == {"x": kept}


@pytest.mark.parametrize(("kind", "value"), [("days", "251"), ("days", "-1"), ("days", "two"), ("text", "x" * 2001)])
def test_answer_of_the_wrong_kind_is_refused(kind, value):
    with pytest.raises(AnswerErrors):
        checked_answers({"asks": [ask(kind)]}, {"x": value}, offices=())


@pytest.mark.parametrize(
    "path",
    [
        "",
        "nowhere",
        "group_types",
        "group_types.state",
        "group_types[gone].state",
        "group_types[department_group]",
        "group_types[department_group].members",
        "group_types[department_group].members.mandatory[1].company",
        "interprets[x].office",
        "regulation.effective",
        "regulation.effective.from.year",
        "group_types[department_group].State",
    ],
)
def test_path_that_leads_to_no_single_value_is_refused(group_company, path):
    with pytest.raises(NoSuchPlace):
        shape_at(root_shape(), group_company, path)
