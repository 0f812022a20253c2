"""Reading: what is accepted, what the document holds, and that nothing else than a refusal ever comes out."""

import json
import random
from pathlib import Path

import pytest
import yaml

from governance.regulations import sections
from governance.regulations.format import RegulationErrors, read
from governance.regulations.format.section import Section
from governance.regulations.format.shapes import Line

SHIPPED = Path(__file__).parent.parent.parent / "regulations"
SMALL = """\
format: 1
regulation:
  code: small
  title: {zh: 小办法, en: Small rules}
  version: "1"
chapters:
  - {code: "1", title: {zh: 总则, en: General}}
articles:
  - code: "1"
    chapter: "1"
    text:
      zh: |
        第一行。
        第二行。
      en: One.
"""


def small(old="", new=""):
    assert old in SMALL
    return read(SMALL.replace(old, new) if old else SMALL, filename="small.yaml")


def test_small_file_gets_every_key_of_the_core_with_its_default():
    data = small().data

    assert data["regulation"] == {
        "code": "small",
        "title": {"zh": "小办法", "en": "Small rules"},
        "number": None,
        "version": "1",
        "issued_by": None,
        "about": None,
        "covers": None,
        "platforms": ["wechat"],
        "effective": None,
        "replaced_by": None,
        "transition": None,
    }
    assert data["articles"] == [
        {
            "code": "1",
            "title": None,
            "strength": None,
            "text": {"zh": "第一行。\n第二行。", "en": "One."},
            "interpreted_as": None,
            "inferred": False,
            "items": [],
            "chapter": "1",
        }
    ]
    assert (data["offices"], data["supervises"], data["group_types"], data["open_questions"]) == ([], [], [], [])
    assert data["interprets"] is None


def test_document_is_plain_json():
    document = small()

    assert json.loads(json.dumps(document.data)) == document.data


def test_file_that_says_nothing_about_clocks_gets_the_default_ones():
    clocks = small().data["clocks"]

    assert {step: (clock["days"], clock["lapse_days"], clock["ladder"]) for step, clock in clocks.items()} == {
        "approval": (2, 15, "approval"),
        "designation": (2, "never", "designation"),
        "acceptance": (2, "never", "acceptance"),
        "establishment": (5, 25, "establishment"),
        "filing": (5, "never", "filing"),
        "opinion": (1, "never", "opinion"),
        "instruction": (10, "never", "instruction"),
        "answer": (3, "never", "answer"),
    }
    assert all(clock["interpreted_as"]["zh"] and clock["interpreted_as"]["en"] for clock in clocks.values())


def test_own_clock_replaces_only_its_step():
    clocks = read(SMALL + 'clocks:\n  filing: {days: 9, article: "1"}\n', filename="f").data["clocks"]

    assert (clocks["filing"]["days"], clocks["filing"]["interpreted_as"], clocks["approval"]["days"]) == (9, None, 2)


@pytest.mark.parametrize("day", ["2026-01-31", '"2026-01-31"', "'2026-01-31'"])
def test_date_may_be_quoted_or_not(day):
    effective = small('  version: "1"\n', f'  version: "1"\n  effective: {{from: {day}, article: "1"}}\n')

    assert effective.data["regulation"]["effective"]["from"] == "2026-01-31"


def test_byte_order_mark_and_windows_line_ends_are_welcome():
    assert read(b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode(), filename="f").data == small().data


def test_file_of_more_than_a_mebibyte_is_refused():
    with pytest.raises(RegulationErrors) as refused:
        read(SMALL + "#" * (1024 * 1024), filename="f")

    assert [problem.line for problem in refused.value.problems] == [1]


def test_file_with_endless_problems_is_refused_with_the_first_two_hundred():
    with pytest.raises(RegulationErrors) as refused:
        read("".join(f"key_{n}: 1\n" for n in range(5000)), filename="f")

    assert len(refused.value.problems) == 200


@pytest.mark.parametrize(("written", "line"), [("010", 16), ("0x1F", 16), ("2.5", 16), ("1_0", 16), ("~", 16), ("-1", 16)])
def test_days_are_plain_whole_numbers(written, line):
    with pytest.raises(RegulationErrors) as refused:
        read(SMALL + f'clocks: {{approval: {{days: {written}, article: "1"}}}}\n', filename="f")

    assert [(problem.line, problem.path) for problem in refused.value.problems] == [(line, "clocks.approval.days")]


def test_digest_of_a_clause_changes_with_its_own_words_only():
    before = small()
    reworded = small("en: One.", "en: The one.")
    rewrapped = small("第一行。\n        第二行。", "第一行。   第二行。")
    interpreted = small("      en: One.\n", "      en: One.\n    interpreted_as: {zh: 我们, en: Ours}\n")

    assert reworded.digests["articles"]["1"] != before.digests["articles"]["1"]
    assert rewrapped.digests == before.digests
    assert interpreted.digests == before.digests
    assert interpreted.digest != before.digest


def test_further_section_is_read_and_checked_once_registered(monkeypatch):
    def refuse_bad(reading):
        if reading.data["nicknames"] == "bad":
            reading.problem("nicknames", "this is bad", "something good")

    monkeypatch.setitem(
        sections._registered, "nicknames", Section("nicknames", Line(), "Nickname rule", check=refuse_bad)
    )

    assert read(SMALL + "nicknames: good\n", filename="f").data["nicknames"] == "good"
    with pytest.raises(RegulationErrors) as refused:
        read(SMALL + "nicknames: bad\n", filename="f")
    assert [str(problem) for problem in refused.value.problems] == [
        "f:16: nicknames: this is bad" + str(refused.value.problems[0])[len("f:16: nicknames: this is bad") :]
    ]


def test_section_cannot_be_registered_twice():
    with pytest.raises(ValueError):
        sections.register(Section("articles", Line(), "again"))


def mutated(text, random_source):
    """The text with one to three of its lines dropped, doubled, cut, moved in, or with a character changed."""
    lines = text.split("\n")
    for _round in range(random_source.randint(1, 3)):
        at = random_source.randrange(len(lines))
        lines[at : at + 1] = random_source.choice(
            [
                [],
                [lines[at], lines[at]],
                [lines[at][: len(lines[at]) // 2]],
                ["  " + lines[at]],
                [lines[at].replace(":", "", 1)],
                [lines[at].replace("{", "[", 1)],
                [lines[at].replace('"', "", 1)],
                [lines[at] + random_source.choice([" &a", " *a", " !x", "\t", " []", " {}", " 1", "\x00", "\ud800"])],
            ]
        )
    return "\n".join(lines)


def read_or_refusal(text):
    try:
        return read(text, filename="damaged.yaml")
    except RegulationErrors as refused:
        return refused


@pytest.mark.parametrize("seed", range(60))
def test_damaged_file_is_read_or_refused_and_nothing_else(seed):
    text = mutated((SHIPPED / "group_company.yaml").read_text(encoding="utf-8"), random.Random(seed))

    outcome = read_or_refusal(text)

    if isinstance(outcome, RegulationErrors):
        assert outcome.problems
        assert all(problem.line >= 1 and str(problem) for problem in outcome.problems)
    else:
        assert outcome.data["regulation"]["code"] == yaml.safe_load(text)["regulation"]["code"]
