"""Nicknames judged (DESIGN §4 *Nicknames*): the samples, the house rules, and what must hold for any text."""

import json
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from members.nicknames.folding import fold
from members.nicknames.reading import as_rule, member_of_list, read_rules
from members.rules import Roster, Verdict, judge

DATA = Path(__file__).parents[1] / "data"
ENTRIES = read_rules(DATA / "nickname_rules.yaml")
RULES = {code: as_rule(entry) for code, entry in ENTRIES.items()}
SAMPLES = [json.loads(line) for line in (DATA / "nicknames.jsonl").read_text(encoding="utf-8").splitlines()]
# What only its owner knows cannot be derived: a number with a digit missing, whether father or mother writes.
NOT_DERIVABLE = {"甲班-李刚-1390000000", "李明家长"}


def judged(rule, nickname, name, dept, title=None, roster=()):
    entry = ENTRIES[rule]
    others = Roster(member_of_list({"name": other[0], "dept": other[1]}, entry) for other in roster)
    member = member_of_list({"name": name, "dept": dept, "title": title}, entry)
    return judge(nickname, member, RULES[rule], others)


def codes(judgement):
    return [fault.code for fault in judgement.faults]


@pytest.mark.parametrize("row", SAMPLES, ids=lambda row: f"{row['rule_id']}:{row['nickname']!r}")
def test_sample_is_judged_as_written_down(row):
    member = member_of_list(row["person"], ENTRIES[row["rule_id"]])
    found = judge(row["nickname"], member, RULES[row["rule_id"]])
    assert found.verdict == row["expected"]
    if "canonical" in row and row["nickname"] not in NOT_DERIVABLE:
        assert found.canonical == row["canonical"]
    assert bool(found.faults) == (found.verdict == Verdict.VIOLATION)


def test_all_rules_of_the_samples_are_written_in_our_format():
    assert sorted(ENTRIES) == sorted("ABCDEFGHIJKLMNOPQRSTUVW")
    assert {row["rule_id"] for row in SAMPLES} <= set(ENTRIES)


def test_a_form_is_suggested_for_most_samples_and_is_right_itself():
    derived = 0
    for row in SAMPLES:
        rule, member = RULES[row["rule_id"]], member_of_list(row["person"], ENTRIES[row["rule_id"]])
        if canonical := judge(row["nickname"], member, rule).canonical:
            derived += 1
            assert judge(canonical, member, rule).verdict in (Verdict.OK, Verdict.EXEMPT), canonical
    assert derived >= 0.9 * len(SAMPLES)


# --- the member decides, not the string ---------------------------------------------------------------------------
def test_the_same_string_is_right_for_one_and_wrong_for_another():
    assert judged("A", "行政部长孙建国", "长孙建国", "行政部").verdict == Verdict.OK
    assert judged("A", "行政部长孙建国", "孙建国", "行政部", "部长").verdict == Verdict.VIOLATION


@pytest.mark.parametrize(
    ("nickname", "dept"),
    [
        ("工程部王强", "工程部/土建组"),
        ("工程部-土建组-王强", "工程部/土建组"),
        ("工程部/土建组/王强", "工程部/土建组"),
        ("銷售部-王強", "销售部"),
        ("销售一部一王强", "销售一部"),
        ("销售部ー王强", "销售部"),
        ("销售部——王强", "销售部"),
        ("销售部\u00a0王强", "销售部"),
        ("hr 王强", "行政人事部"),
        ("销售部(王强)", "销售部"),
    ],
)
def test_these_are_the_department_and_the_name(nickname, dept):
    assert judged("A", nickname, "王强", dept).verdict == Verdict.OK


@pytest.mark.parametrize(
    ("nickname", "dept", "code"),
    [
        ("土建组-王强", "工程部/土建组", "missing"),
        ("销售部-王强", "销售一部", "shortened"),
        ("销售部-王强(休假)", "销售部", "extra"),
        ("销售部-王强、李四", "销售部", "two_people"),
        ("销售部-王强经理", "销售部", "title"),
        ("销售部-王强13800000000", "销售部", "phone"),
        ("🔥销售部-王强", "销售部", "decoration"),
        ("\ufeff销售部-王强", "销售部", "invisible"),
        ("销售部\u3164王强", "销售部", "invisible"),
        ("王强-销售部", "销售部", "order"),
        ("销售部-王?", "销售部", "unreadable"),
        ("销售部-小王", "销售部", "form_of_address"),
        ("部门+姓名", "销售部", "pattern_copied"),
        ("XX部-王强", "销售部", "pattern_copied"),
        ("   ", "销售部", "empty"),
        ("销售部-王强" * 50, "销售部", "too_long"),
    ],
)
def test_the_fault_says_what_is_wrong(nickname, dept, code):
    found = judged("A", nickname, "王强", dept)
    assert found.verdict == Verdict.VIOLATION
    assert code in codes(found)
    assert found.canonical == f"{dept.split('/')[0]}-王强"


def test_a_stale_department_is_told_from_a_wrong_one():
    found = judged("A", "财务部-李娜", "李娜", "行政人事部", roster=[("王伟", "财务部")])
    assert codes(found) == ["not_his_own"]


# --- exemptions -----------------------------------------------------------------------------------------------------
def test_exempt_means_the_bare_name():
    assert judged("A", "张建国", "张建国", "集团", "常务副总裁").verdict == Verdict.EXEMPT
    assert judged("A", "集团-张建国", "张建国", "集团", "总裁").verdict == Verdict.OK
    assert judged("A", "张总", "张建国", "集团", "总裁").verdict == Verdict.VIOLATION
    assert judged("A", "张建国", "张建国", "总裁办", "总裁助理").verdict == Verdict.VIOLATION


def test_outside_the_rule_may_have_to_show_what_they_are():
    assert judged("K", "业委会老王", "王某", "业委会", "主任").verdict == Verdict.EXEMPT
    assert codes(judged("K", "小王", "王某", "业委会", "主任")) == ["role_not_shown"]
    assert judged("S", "风继续吹", "风继续吹", None).verdict == Verdict.EXEMPT


# --- ambiguity ------------------------------------------------------------------------------------------------------
def test_two_who_are_equal_after_folding_are_never_matched_by_themselves():
    roster = [("张云", "销售部"), ("張雲", "销售部")]
    assert judged("A", "销售部-张云", "张云", "销售部", roster=roster).verdict == Verdict.AMBIGUOUS


def test_namesakes_in_two_departments_are_told_apart():
    roster = [("张云", "销售部"), ("张云", "财务部")]
    assert judged("A", "销售部-张云", "张云", "销售部", roster=roster).verdict == Verdict.OK


# --- the other rules ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("rule", "nickname", "name", "dept", "title", "expected"),
    [
        ("B", "广西南宁市杜鹃", "杜鹃", "南宁", None, "ok"),
        ("B", "广东南宁-杜鹃", "杜鹃", "南宁", None, "violation"),
        ("C", "徽商机械销售部李四", "李四", "徽商机械/销售部", "经理", "ok"),
        ("C", "徽商机械销售部主管李四", "李四", "徽商机械/销售部", "经理", "violation"),
        ("D", "大朗李发财-东莞毛织", "李发财", "大朗分会/东莞毛织有限公司", None, "ok"),
        ("D", "大朗分会李发财(东莞毛织)", "李发财", "大朗分会/东莞毛织有限公司", None, "violation"),
        ("E", "区财政局预算股王敏", "王敏", "区财政局/预算股", None, "ok"),
        ("F", "中建三局王强", "王强", "中建三局", None, "violation"),
        ("G", "张三－天华－行政部", "张三", "天华/行政部", None, "ok"),
        ("G", "张三_天华_行政部", "张三", "天华/行政部", None, "violation"),
        ("G", "张三-天华集团-行政部", "张三", "天华集团/行政部", None, "violation"),
        ("H", "甲班李刚+86 139-0000-0000", "李刚", "甲班", None, "ok"),
        ("H", "甲班-李刚-12900000000", "李刚", "甲班", None, "violation"),
        ("I", "张三(渝A·11111)13900000000", "张三", "司机/渝A11111", None, "ok"),
        ("I", "张三(渝AO1111)13900000000", "张三", "司机/渝A01111", None, "violation"),
        ("J", "李明的妈妈", "李明", "3班", "家长", "violation"),
        ("J", "王老师", "王芳", "3班", "语文老师", "exempt"),
        ("K", "1－201", "(户)", "1幢201", None, "ok"),
        ("K", "1-1-201", "(户)", "1幢201", None, "violation"),
        ("K", "1201", "(户)", "1幢201", None, "violation"),
        ("L", "8-1-802王", "王伟", "8-1-802", None, "ok"),
        ("L", "8-1-802王先生", "王伟", "8-1-802", None, "violation"),
        ("L", "社区民警老李", "李强", "派出所", "民警", "exempt"),
        ("M", "张 三", "张三", "办公室", None, "ok"),
        ("N", "染整05级32班张三", "张三", "染整0532", None, "violation"),
        ("O", "张三-资勘221-团支书", "张三", "资勘221", "班长", "violation"),
        ("P", "渝北财政局-王敏", "王敏", "重庆市渝北区财政局", None, "violation"),
        ("Q", "人资中心-李娜", "李娜", "人力资源中心", None, "ok"),
        ("Q", "人力中心-李娜", "李娜", "人力资源中心", None, "violation"),
        ("R", "副经理-张三", "张三", "销售部", "经理", "violation"),
        ("S", "0123-风继续吹", "风继续吹", "义工/0123", None, "ok"),
        ("T", "浙江杭州-天华科技-张三", "张三", "杭州/天华科技", None, "ok"),
        ("U", "预算科-王敏", "王敏", "预算股", None, "violation"),
        ("V", "家电部五一店-张三", "张三", "家电部/五一店", None, "ok"),
        ("W", "18-法学院-张三", "张三", "2018/法学院", None, "violation"),
    ],
)
def test_other_rules_judge_by_their_words(rule, nickname, name, dept, title, expected):
    assert judged(rule, nickname, name, dept, title).verdict == expected


def test_a_number_the_rule_asks_for_is_flagged_as_personal_data():
    assert judged("H", "甲班李刚13900000000", "李刚", "甲班").holds_personal_data
    assert not judged("A", "销售部-张三", "张三", "销售部").holds_personal_data


# --- any text -------------------------------------------------------------------------------------------------------
ANYTHING = st.text(st.characters(exclude_categories=()), max_size=260)


@settings(max_examples=300, deadline=None)
@given(nickname=ANYTHING, rule=st.sampled_from(sorted(RULES)))
def test_no_text_makes_it_fail_and_every_violation_has_a_sentence(nickname, rule):
    found = judged(rule, nickname, "张三", "销售部/一组", "经理")
    for language in ("zh-hans", "en"):
        with translation.override(language):
            assert all(str(fault).strip() for fault in found.faults)
    assert bool(found.faults) == (found.verdict == Verdict.VIOLATION)


@settings(max_examples=200, deadline=None)
@given(
    name=st.text(st.characters(categories=["Lo", "Lu", "Ll"]), min_size=1, max_size=12),
    dept=st.text(st.characters(categories=["Lo", "Lu", "Ll", "Nd"]), min_size=1, max_size=12),
)
def test_what_is_suggested_is_right(name, dept):
    canonical = judged("A", "", name, dept).canonical
    if canonical is not None and fold(name) and fold(dept):
        assert judged("A", canonical, name, dept).verdict in (Verdict.OK, Verdict.EXEMPT)


@settings(max_examples=200, deadline=None)
@given(text=ANYTHING)
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)
    assert len(fold(text)) <= 20 * len(text)
