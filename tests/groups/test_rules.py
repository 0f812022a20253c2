"""Names, sizes and conditions: pure functions."""

import pytest

from groups.platforms import WECHAT, WECOM, units
from groups.rules import (
    NameParts,
    RequestFacts,
    condition_holds,
    final_name,
    groups_needed,
    name_complaints,
    numbered_names,
)
from groups.terms import Condition

PARTS = NameParts(company="渝北项目公司", department="工程部", project="云栖湖二期", year="2027")


@pytest.mark.parametrize(
    ("template", "parts", "name"),
    [
        ("集团工作群", PARTS, "集团工作群"),
        ("{company}工作群", PARTS, "渝北项目公司工作群"),
        ("{company}{department}工作群", PARTS, "渝北项目公司工程部工作群"),
        ("{project}项目营销微信平台", PARTS, "云栖湖二期项目营销微信平台"),
        ("集团高管工作群[（{year}年度）]", PARTS, "集团高管工作群（2027年度）"),
        ("集团高管工作群[（{year}年度）]", NameParts(), "集团高管工作群"),
        ("[{company}·]例会群[（{year}）]", NameParts(company="本部"), "本部·例会群"),
        ("{project}群", NameParts(), "群"),
    ],
)
def test_final_name(template, parts, name):
    assert final_name(template, parts) == name


def test_name_parts_do_not_fill_places_anew():
    assert final_name("{project}群", NameParts(project="{company}", company="甲")) == "{company}群"


@pytest.mark.parametrize(
    ("name", "length"), [("集团工作群", 10), ("ABC", 3), ("（2027年度）", 4 + 4 + 4), ("ａｂ", 4), ("𠮷野家", 6), ("", 0)]
)
def test_units_count_wide_characters_twice(name, length):
    assert units(name) == length


@pytest.mark.parametrize(("name", "complaints"), [("群" * 20, 0), ("群" * 20 + "a", 1), ("群" * 50, 1)])
def test_name_longer_than_the_platform_allows_is_refused_not_cut(name, complaints):
    assert len(name_complaints(name, platform=WECHAT)) == complaints


def test_another_platform_has_another_limit():
    assert name_complaints("群" * 30, platform=WECOM) == []
    assert len(name_complaints("群" * 31, platform=WECOM)) == 1


@pytest.mark.parametrize("name", ["", "  ", "\u200b", "　"])
def test_blank_name_is_none(name):
    assert len(name_complaints(name, platform=WECHAT)) == 1


@pytest.mark.parametrize("name", ["领导专用群", "ＶＩＰ客户群", "vip 客户群"])
def test_forbidden_word_in_any_case_and_width(name):
    assert len(name_complaints(name, platform=WECHAT, forbidden=["专用", "VIP"])) == 1


@pytest.mark.parametrize(("expected", "groups"), [(0, 1), (1, 1), (500, 1), (501, 2), (1000, 2), (1204, 3)])
def test_groups_needed(expected, groups):
    assert groups_needed(expected, WECHAT) == groups


def test_numbered_names():
    assert numbered_names("集团工作群", 3) == ["集团工作群（1）", "集团工作群（2）", "集团工作群（3）"]


def facts(*, name="例会群", members=10, external=0, sensitive=False):
    return RequestFacts(name, members, external, sensitive)


@pytest.mark.parametrize(
    ("condition", "seen", "holds"),
    [
        (None, facts(), True),
        (Condition(external_members=True), facts(external=1), True),
        (Condition(external_members=True), facts(), False),
        (Condition(more_than=10), facts(members=10), False),
        (Condition(more_than=10), facts(members=11), True),
        (Condition(name_contains=("应急",)), facts(name="应 急指挥群"), True),
        (Condition(name_contains=("应急",)), facts(), False),
        (Condition(sensitive=True), facts(sensitive=True), True),
        (Condition(sensitive=True), facts(), False),
        (Condition(external_members=True, more_than=5), facts(members=6), True),
    ],
)
def test_condition_of_a_further_step(condition, seen, holds):
    assert condition_holds(condition, seen) is holds
