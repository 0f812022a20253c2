"""Every kind of broken regulation file: refused with its line, its field and what is expected there."""

from pathlib import Path

import pytest
from django.utils import translation

from governance.regulations.format import RegulationErrors, read

BROKEN = Path(__file__).parent.parent / "data" / "broken_regulations"

SCALAR = "a line of text; write numbers and dates in quotes"
BOTH = "a text in both languages: {zh: …, en: …}"
CODES = "a code: small letters, digits, _ and -, beginning with a letter"
KEYS = "keys such as regulation, articles and group_types"
ARTICLE_NUMBER = 'a number in quotes such as "4", "4.1" (item), "7.p2" (paragraph) or "4.note"'
YAML = "valid YAML; check the indentation, colons, quotes and brackets of this line and the one above"
STAFF = "group_types[staff]"
PICK, WHO = "open_questions[how].asks[pick]", "open_questions[how].asks[who]"

# file: [(line, path, message, expected)], written by hand while looking at the file
EXPECTED = {
    "01_empty": [(1, "", "the file is empty", KEYS)],
    "02_a_list": [(1, "", "the file is not a mapping", KEYS)],
    "03_two_documents": [(54, "", "a second document begins here", "one regulation in one file")],
    "04_tab": [(5, "", "there is a tab character", "blanks instead of tabs")],
    "05_not_utf8": [(4, "", "the file is not UTF-8 text", "UTF-8")],
    "06_control_character": [(9, "", "there is a control character (code U+0007)", "printable text")],
    "07_unclosed_bracket": [
        (5, "", "the file is not readable as YAML from here on (did not find expected ',' or '}')", YAML)
    ],
    "08_anchor": [
        (9, "", "there is an anchor (&one)", "no anchors"),
        (13, "", "there is an alias (*one)", "the text itself"),
    ],
    "09_laughs": [
        (1, "", "there is an anchor (&a)", "no anchors"),
        (2, "", "there is an anchor (&b)", "no anchors"),
        (2, "", "there is an alias (*a)", "the text itself"),
        (2, "", "there is an alias (*a)", "the text itself"),
        (3, "", "there is an anchor (&c)", "no anchors"),
        (3, "", "there is an alias (*b)", "the text itself"),
        (3, "", "there is an alias (*b)", "the text itself"),
        (4, "", "there is an alias (*c)", "the text itself"),
    ],
    "10_tag": [(5, "", "there is a tag (tag:yaml.org,2002:python/object/apply:os.system)", "no tags")],
    "11_too_deep": [(1, "", "the file is nested too deeply", "at most 20 levels")],
    "12_duplicate_key": [
        (6, "regulation.version", "the key “version” stands here twice", "every key once"),
    ],
    "13_unknown_key": [(29, f"{STAFF}.aproval", "the key “aproval” is not known here", "“approval”, perhaps")],
    "14_unknown_section": [(20, "evry_type", "the key “evry_type” is not known here", "“every_type”, perhaps")],
    "15_english_missing": [(4, "regulation.title.en", "“en” is missing", BOTH)],
    "16_text_in_one_language": [(9, "articles[1].text", "there is a text here", BOTH)],
    "17_blank_text": [(15, "offices[boss].name.en", "this is blank", SCALAR)],
    "18_unquoted_number": [
        (11, "articles[1].items[1.1].code", "there is a number with decimals here", ARTICLE_NUMBER)
    ],
    "19_missing_title": [(3, "regulation.title", "“title” is missing", BOTH)],
    "20_missing_articles": [(7, "articles", "there is nothing here", "a list: a dash and a blank before each entry")],
    "21_format_of_tomorrow": [(1, "format", "2 is out of bounds", "1")],
    "22_bad_code": [(3, "regulation.code", "“测试” does not fit here", CODES)],
    "23_bad_date": [
        (6, "regulation.effective.from", "“2026-02-30” is not a date", "a date as YYYY-MM-DD, or: publication")
    ],
    "24_reversed_dates": [
        (
            6,
            "regulation.effective.to",
            "the last day, 2025-12-31, is before the first, 2026-01-01",
            "a day not before the first",
        )
    ],
    "25_unknown_strength": [
        (
            12,
            "articles[1].items[1.1].strength",
            "“should” does not fit here",
            "one of: must, advised, in_principle",
        )
    ],
    "26_undefined_article": [
        (30, f"{STAFF}.approval[boss].article", "the article “1.2” is not in this file", "one of: 1, 1.1")
    ],
    "27_undefined_office": [
        (30, f"{STAFF}.approval[bos].office", "the office “bos” is not in this file", "“boss”, perhaps")
    ],
    "28_undefined_question": [
        (28, f"{STAFF}.question", "the open question “whether” is not in this file", "one of: how")
    ],
    "29_duplicate_office": [
        (
            17,
            "offices[boss]",
            "the code “boss” is used twice in this list, first in line 15",
            "every code once; give the entry a code of its own",
        )
    ],
    "30_duplicate_article": [
        (11, "articles[1].items[1].code", "the article “1” is defined twice, first in line 8", "every code once")
    ],
    "31_item_of_another_article": [
        (11, "articles[1].items[2.1].code", "“2.1” stands under “1”", "a number that begins with 1.")
    ],
    "32_no_basis": [
        (
            30,
            f"{STAFF}.approval[boss]",
            "neither of these is here: article, interpreted_as",
            "the article the rule comes from, or interpreted_as where no article says it",
        )
    ],
    "33_cycle_of_offices": [
        (
            15,
            "offices[boss].above",
            "the offices stand above each other in a circle: boss → clerk → boss",
            "one office at the top, without above",
        )
    ],
    "34_supervisor_without_company": [
        (
            19,
            "supervises[clerk].scope",
            "clerk is not an office of a company",
            "scope: all, or an office with scope: company",
        )
    ],
    "35_unknown_place": [
        (28, f"{STAFF}.name_template", "the place {compny} is not known", "“company”, perhaps")
    ],
    "36_place_never_filled": [
        (28, f"{STAFF}.name_template", "the place {project} is never filled", "project among the parameters")
    ],
    "37_half_a_bracket": [
        (
            28,
            f"{STAFF}.name_template",
            "a bracket is open or closed without its other half",
            "{place} and [left out when blank]",
        )
    ],
    "38_forbidden_word_in_name": [
        (28, f"{STAFF}.name_template", "the name contains the forbidden word “员工”", "a name without it")
    ],
    "39_requested_without_parameter": [
        (
            34,
            f"{STAFF}.members.mandatory[1].company",
            "no company is requested for this type",
            "company among the parameters",
        )
    ],
    "40_rule_for_everybody": [
        (
            35,
            f"{STAFF}.members.mandatory[1]",
            "neither of these is here: offices, posts, company, department, teams, employment_kinds, functions",
            "at least one criterion: a rule without any would name everybody",
        )
    ],
    "41_nobody_consents": [
        (35, f"{STAFF}.members.by_approval", "nobody agrees to these members", "consent, with its office")
    ],
    "42_nobody_designates": [
        (
            24,
            f"{STAFF}.designation",
            "“designation” is missing and no open question asks for it",
            f"designation, or an open question with sets: {STAFF}.designation…",
        )
    ],
    "43_body_as_default_post": [
        (31, f"{STAFF}.designation.default_post", "clerk is a body, not a post", "one of: boss, site")
    ],
    "44_company_office_without_company": [
        (
            29,
            f"{STAFF}.approval[site].office",
            "site is an office of a company, and no company is requested",
            "company among the parameters",
        )
    ],
    "45_undecided_without_question": [
        (
            24,
            f"{STAFF}.question",
            "the type is undecided and no open question decides on it",
            "one of: how",
        )
    ],
    "46_platform_not_covered": [
        (28, f"{STAFF}.platform", "the regulation is not about wecom", "one of: wechat")
    ],
    "47_path_to_nowhere": [
        (
            48,
            f"{PICK}.sets",
            "group_types[stuff].state leads nowhere: “group_types” has no entry “stuff”",
            "“staff”, perhaps",
        )
    ],
    "48_option_that_cannot_be": [
        (
            47,
            f"{PICK}.options[shut]",
            f"“shut” cannot stand at {STAFF}.state",
            "one of: open, undecided, closed",
        )
    ],
    "49_condition_on_later_field": [
        (
            52,
            f"{WHO}.required_if.field",
            "“who” is not a choice asked above this field",
            "one of: pick",
        )
    ],
    "50_choice_of_one": [
        (46, f"{PICK}.options", "a choice needs something to choose from", "at least two options")
    ],
    "51_days_out_of_bounds": [
        (19, "clocks.approval.days", "900 is out of bounds", "a whole number from 0 to 250")
    ],
    "52_number_as_text": [
        (19, "clocks.approval.days", "there is a text here", "a whole number from 0 to 250")
    ],
    "53_many_at_once": [
        (5, "regulation.version", "there is a number here", SCALAR),
        (16, "offices[clerk].kind", "“board” does not fit here", "one of: post, body"),
        (29, f"{STAFF}.aproval", "the key “aproval” is not known here", "“approval”, perhaps"),
    ],
}


def problems_of(name):
    file = BROKEN / f"{name}.yaml"
    with pytest.raises(RegulationErrors) as refused:
        read(file.read_bytes(), filename=file.name)
    return refused.value.problems


@pytest.mark.parametrize("name", EXPECTED)
def test_broken_file_is_refused_with_line_field_and_expectation(name):
    with translation.override("en"):
        found = [(p.line, p.path, str(p.message), str(p.expected)) for p in problems_of(name)]

    assert found == EXPECTED[name]


def test_every_broken_file_stands_in_the_table():
    assert sorted(file.stem for file in BROKEN.glob("*.yaml")) == sorted(EXPECTED)


def test_problem_reads_as_one_line():
    with translation.override("en"):
        (problem,) = problems_of("27_undefined_office")

        assert str(problem) == (
            "27_undefined_office.yaml:30: group_types[staff].approval[bos].office: "
            "the office “bos” is not in this file — expected “boss”, perhaps"
        )
        assert problem.column == 18


def test_problem_reads_in_chinese():
    with translation.override("zh-hans"):
        (problem,) = problems_of("27_undefined_office")

        assert str(problem) == (
            "27_undefined_office.yaml:30: group_types[staff].approval[bos].office: "
            "文件中没有部门或职务“bos”——应为：可能是“boss”"
        )


def test_refusal_lists_all_problems_in_the_order_of_their_lines():
    with translation.override("en"):
        assert str(RegulationErrors(reversed(problems_of("53_many_at_once")))) == "\n".join(
            [
                f"53_many_at_once.yaml:5: regulation.version: there is a number here — expected {SCALAR}",
                "53_many_at_once.yaml:16: offices[clerk].kind: “board” does not fit here — expected one of: post, body",
                "53_many_at_once.yaml:29: group_types[staff].aproval: the key “aproval” is not known here"
                " — expected “approval”, perhaps",
            ]
        )
