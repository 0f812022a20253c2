"""Folding, and the keys by which names are sorted and found."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from governance.directory.names import fold, initials, search_keys, sort_key, syllables


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Marketing", "ｍａｒｋｅｔｉｎｇ"),
        ("张 三", "张三"),
        ("张　三", "张三"),
        ("张\u200b三", "张三"),
        ("买买提·艾力", "买买提•艾力"),
        ("买买提·艾力", "买买提・艾力"),
        ("买买提·艾力", "买买提･艾力"),
        ("买买提·艾力", "买买提.艾力"),
        ("集团—营销", "集团-营销"),
        ("集团－营销", "集团–营销"),
        ("⼀组", "一组"),
        ("é", "e\u0301"),
        ("①组", "1组"),
    ],
)
def test_fold_counts_as_one(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("张三", "张叁"), ("一组", "-组"), ("一组", "ー组"), ("江北", "江北项目")])
def test_fold_keeps_apart(one, other):
    assert fold(one) != fold(other)


@given(st.text(max_size=60))
@example("E¯")
@example("ΐ\u0345")
def test_fold_twice_is_fold_once(text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("name", "reading"),
    [
        ("单思远", "shan si yuan"), ("仇海波", "qiu hai bo"), ("曾广平", "zeng guang ping"), ("解思齐", "xie si qi"),
        ("查理文", "zha li wen"), ("区永康", "ou yong kang"), ("朴敏善", "piao min shan"), ("盖立新", "ge li xin"),
        ("乐嘉", "yue jia"), ("任重", "ren zhong"), ("尉迟月", "yu chi yue"), ("万俟川", "mo qi chuan"),
        ("万里", "wan li"), ("长孙建国", "zhang sun jian guo"), ("单于飞", "chan yu fei"), ("欧阳靖", "ou yang jing"),
        ("乐正绫", "yue zheng ling"), ("周敏", "zhou min"), ("吕布", "lv bu"), ("卜凡", "bu fan"), ("阚清", "kan qing"),
        ("买买提·艾力", "mai mai ti ai li"), ("Emma Larsson", "emma larsson"), ("O'Brien", "obrien"),
    ],
)  # fmt: skip
def test_sort_key_of_a_person(name, reading):
    assert sort_key(name, personal=True) == reading


def test_sort_key_of_a_group_reads_everyday_words():
    assert sort_key("重庆单位长江群") == "chong qing dan wei chang jiang qun"


def test_an_extension_character_does_not_break_the_keys():
    assert syllables("王𰻝", personal=True)[0] == "wang"
    assert "王𰻝" in search_keys("王𰻝", personal=True)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("单思远", {"ssy", "dsy"}),
        ("曾国", {"zg", "cg"}),
        ("周敏", {"zm"}),
        ("欧阳靖", {"oyj"}),
        ("Emma Larsson", {"el"}),
    ],
)
def test_initials_read_the_surname_right_and_as_people_misread_it(name, found):
    assert initials(name, personal=True) == found


def test_initials_know_several_readings_of_a_given_name():
    assert {"rz", "rc"} <= initials("任重", personal=True)


def test_initials_leave_out_the_dot():
    assert all(found.isalnum() for found in initials("买买提·艾力", personal=True))


def test_search_keys_hold_name_pinyin_and_initials_a_line_each():
    assert search_keys("单思远", personal=True).split("\n") == ["单思远", "shansiyuan", "dsy", "ssy"]


@given(st.text(max_size=50), st.booleans())
def test_keys_of_any_text_fit_their_columns(text, personal):
    assert len(sort_key(text, personal=personal)) <= 200
    assert len(search_keys(text, personal=personal)) <= 400
