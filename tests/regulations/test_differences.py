"""What differs between two versions, in words a reader can follow."""

from pathlib import Path

import pytest

from governance.regulations.differences import Segment, compared, differences, merged
from governance.regulations.format import read

GROUP_COMPANY = Path("regulations/group_company.yaml").read_text(encoding="utf-8")


def data(text=GROUP_COMPANY):
    return read(text, filename="file.yaml").data


def found(*changes):
    text = GROUP_COMPANY
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    return differences(data(), data(text))


def test_same_text_differs_in_nothing():
    same = differences(data(), data())

    assert (same.nothing, same.clauses, same.rules) == (True, [], [])
    assert {question.kind for question in same.questions} == {"kept"}
    assert same.same_clauses > 25


def test_changed_words_are_marked_on_both_sides():
    before, after = compared("建群报总裁审批。另报备案。", "建群报常务副总裁审批。另报备案。")

    assert before == [Segment("建群报总裁审批。另报备案。")]
    assert after == [Segment("建群报"), Segment("常务副", "added"), Segment("总裁审批。另报备案。")]


def test_a_text_without_anything_in_common_is_marked_whole():
    before, after = compared("甲。", "乙")

    assert {segment.change for segment in before + after} == {"removed", "added"}


def test_a_very_long_sentence_is_compared_in_no_time():
    before, after = compared("甲乙丙" * 100_000, "甲乙丁" * 100_000)

    assert [segment.change for segment in before + after] == ["removed", "added"]


def test_what_is_gone_stands_where_it_stood():
    assert merged(["1", "2", "3"], ["1", "3", "4"]) == ["1", "2", "3", "4"]
    assert merged(["0", "1"], ["1"]) == ["0", "1"]


def test_changed_article_names_what_else_differs():
    changed = found(("        strength: in_principle\n", "        strength: must\n"))

    assert [(clause.code, clause.kind) for clause in changed.clauses] == [("5.3", "changed")]
    assert changed.clauses[0].notes == ["效力：“原则上”改为“应”。"]


def test_approver_and_deadline_stand_side_by_side():
    changed = found(
        ('      - {office: marketing_vp, article: "4.5"}', '      - {office: president, article: "4.5"}'),
        ("      within_days: 5", "      within_days: 8"),
    )

    assert [(rule.article, rule.label, rule.before, rule.after) for rule in changed.rules if rule.label == "审批"] == [
        ("4.5", "审批", "营销副总", "总裁")
    ]
    (filing,) = [rule for rule in changed.rules if rule.label == "备案"]
    assert ("5 个工作日" in filing.before, "8 个工作日" in filing.after) == (True, True)


def test_questions_are_new_changed_kept_or_dropped():
    changed = found(("监督部门提出的处理意见，由谁决定？", "处理意见由哪个职务决定？"), ("code: further_submitters", "code: more_submitters"))

    assert {question.code: question.kind for question in changed.questions} == {
        "department_groups": "kept",
        "more_submitters": "new",
        "project_heads_nickname": "kept",
        "who_decides": "again",
        "further_submitters": "dropped",
    }


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_change_in_the_other_language_only_is_said(language, settings):
    from django.utils import translation

    with translation.override(language):
        other = ("The Group's HR & Administration interprets these rules. They", "HR interprets these rules. They")
        changed = found(other)
    notes = changed.clauses[0].notes
    assert notes == (["仅另一语言的文字有改动。"] if language == "zh-hans" else [])
