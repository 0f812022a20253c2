"""One cell at a time: what is taken, what it becomes, and what is refused with a sentence."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.directory.importing import cells
from governance.directory.importing.cells import CellFault

ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=80),
    st.sampled_from(["", " ", "\0", "=1+1", "#N/A"]),
)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("001", "001"),
        (1001.0, "1001"),
        (1001, "1001"),
        (" A-7 ", "A-7"),
        ("ＡＢ１", "AB1"),
        ("1001.0", "1001.0"),
        (1e15, "1000000000000000"),
    ],
)
def test_staff_number(cell, number):
    assert cells.staff_number(cell) == number


@pytest.mark.parametrize(
    "cell", ["", None, "  ", 1.5, "1 2", True, "=A1", "#N/A", "1\u200b2", "9" * 41, float("nan"), "\x07"]
)
def test_staff_number_refused(cell):
    with pytest.raises(CellFault):
        cells.staff_number(cell)


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("张三", "张三"),
        ("张 三", "张三"),
        ("张　三", "张三"),
        (" 欧阳 靖 ", "欧阳靖"),
        ("Emma  Larsson", "Emma Larsson"),
        ("买买提•艾力", "买买提·艾力"),
        ("买买提 . 艾力", "买买提·艾力"),
        ("J. R. R. Tolkien", "J. R. R. Tolkien"),
        ("赵𬱖", "赵𬱖"),
        ("王𰻝", "王𰻝"),
        ("⼀夫", "一夫"),
        ("e\u0301tienne", "étienne"),
        ("محمد", "محمد"),
        ("김철수", "김철수"),
        ("甲" * 50, "甲" * 50),
        ("𬱖" * 50, "𬱖" * 50),
        ("O'Brien", "O'Brien"),
    ],
)
def test_personal_name(cell, name):
    assert cells.personal_name(cell) == name


@pytest.mark.parametrize(
    "cell",
    [
        "",
        None,
        123,
        1.0,
        True,
        "甲" * 51,
        "张\u200b三",
        "张\u202e三",
        "张\u3164三",
        "张\x00三",
        "=张三",
        "+张三",
        "@张三",
        "123",
        "---",
        "#REF!",
        "张\ufeff三",
    ],
)
def test_personal_name_refused(cell):
    with pytest.raises(CellFault):
        cells.personal_name(cell)


@pytest.mark.parametrize(
    ("cell", "kind"),
    [("正式", "regular"), ("试用期", "probation"), ("实习生", "intern"), ("劳务派遣", "dispatched"), ("返聘", "rehired"), ("外包", "contracted"), ("Regular", "regular"), ("ＩＮＴＥＲＮ", "intern"), ("", "")],
)  # fmt: skip
def test_employment_kind(cell, kind):
    assert cells.employment_kind(cell) == kind


def test_employment_kind_refused_with_what_is_allowed():
    with pytest.raises(CellFault) as fault:
        cells.employment_kind("临时")
    for word in ("正式", "试用", "实习", "劳务派遣", "退休返聘", "外包"):
        assert word in fault.value.sentence


@pytest.mark.parametrize(
    "cell",
    [
        "2026-01-05",
        "2026-1-5",
        "2026.1.5",
        "2026/1/5",
        "2026年1月5日",
        "2026年01月05",
        "20260105",
        20260105.0,
        46027,
        46027.5,
        "46027",
        "２０２６－０１－０５",
        "2026-01-05 00:00:00",
        " 2026-1-5 ",
    ],
)
def test_day(cell):
    assert cells.day(cell) == date(2026, 1, 5)


@pytest.mark.parametrize("cell", ["", None, "-", "—", "无", "/"])
def test_no_day(cell):
    assert cells.day(cell) is None


@pytest.mark.parametrize(
    "cell",
    [
        "2026-02-30",
        "2026-13-01",
        "20261301",
        20260230.0,
        "5.1.2026",
        "长期",
        "1900-01-01",
        "9999-12-31",
        -5,
        0,
        1e300,
        float("nan"),
        float("inf"),
        True,
        "2026年",
        12,
        "99999",
    ],
)
def test_day_refused(cell):
    with pytest.raises(CellFault):
        cells.day(cell)


@pytest.mark.parametrize(
    ("cell", "phone"),
    [(13800000001.0, "13800000001"), ("+86 138-0000-0001", "+86 138-0000-0001"), ("023-6700 0000 转 12", None), ("(023)67000000", "(023)67000000"), ("６７００", "6700"), ("-", ""), (None, ""), ("=1", None), ("abc", None), ("1" * 31, None)],
)  # fmt: skip
def test_phone(cell, phone):
    if phone is None:
        with pytest.raises(CellFault):
            cells.phone(cell)
    else:
        assert cells.phone(cell) == phone


@pytest.mark.parametrize(
    ("cell", "email"), [("a@example.com", "a@example.com"), ("ａ@example.com", "a@example.com"), ("无", ""), ("", "")]
)
def test_email(cell, email):
    assert cells.email(cell) == email


@pytest.mark.parametrize("cell", ["a@", "a b@example.com", "=HYPERLINK(1)", "@example.com", 5.0])
def test_email_refused(cell):
    with pytest.raises(CellFault):
        cells.email(cell)


def sentence_or_value(clean, value):
    try:
        return clean(value)
    except CellFault as fault:
        return f"fault: {fault.sentence}"


@given(ANYTHING)
def test_no_cell_raises_anything_but_its_fault(value):
    for clean in (
        cells.staff_number,
        cells.personal_name,
        cells.employment_kind,
        cells.email,
        cells.phone,
        cells.day,
        lambda value: cells.optional(value, most=50),
    ):
        assert sentence_or_value(clean, value) != "fault: "


@given(st.text(max_size=60))
def test_a_name_that_was_cleaned_is_clean(value):
    try:
        once = cells.personal_name(value)
    except CellFault:
        return
    assert cells.personal_name(once) == once
    assert 1 <= len(once) <= 50
