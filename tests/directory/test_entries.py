"""From rows to people: headings in every guise, and every fault with its row, column and sentence."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from governance.directory.importing.entries import MOST_ERRORS, read
from governance.directory.importing.headings import COLUMNS, recognise
from governance.directory.importing.places import Places
from governance.directory.importing.plan import make_plan
from governance.files.kinds import FileRefused
from tests import factories
from tests.directory.tables import csv_table, xlsx

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    found = factories.make_organisation()
    factories.make_company(organisation=found, code="HQ", name="启明集团本部", short_name="本部")
    factories.make_company(organisation=found, code="YB", name="启明渝北公司", short_name="渝北", kind="project")
    return found


def read_rows(organisation, *rows, **options):
    return read(xlsx(list(rows), **options), Places(organisation))


def faults(organisation, *rows):
    return [
        (error.row, error.column, error.value)
        for error in read_rows(organisation, ["工号", "姓名", "公司", "部门", "邮箱", "入职日期"], *rows).errors
    ]


def refusal_of(organisation, *rows):
    with pytest.raises(FileRefused) as refused:
        read_rows(organisation, *rows)
    return str(refused.value.sentence)


@pytest.mark.parametrize("spelling", [0, 1])
def test_all_headings_in_chinese_and_in_english(spelling):
    columns = recognise(1, [names[spelling] for names in COLUMNS.values()])
    assert (list(columns.at), columns.ignored) == (list(COLUMNS), [])


@pytest.mark.parametrize(
    ("heading", "field"),
    [("员工编号", "number"), ("*工号", "number"), ("工 号", "number"), ("工号（必填）", "number"), ("Staff Number", "number"), ("STAFF_NUMBER", "number"), ("Employee No.", "number"), ("姓名：", "name"), ("E-Mail", "email"), ("email", "email"), ("手机号码", "phone"), ("入职时间", "joined_on"), ("leave-date", "left_on")],
)  # fmt: skip
def test_headings_by_other_names(heading, field):
    assert recognise(1, [heading]).at == {field: 0}


def test_no_heading_means_two_columns():
    names = [name for names in COLUMNS.values() for name in names]
    assert len(names) == len(set(names))


def test_titles_above_and_other_sheets_before_do_not_matter(organisation):
    reading = read_rows(
        organisation,
        ["启明集团花名册"],
        ["制表：行政人事部", "2026年3月"],
        ["序号", "工号", "姓名", "公司", "血型"],
        [1, "001", "陈思远", "本部", "A"],
        before=[("说明", [["请勿改动"], ["工号", "填工号"]])],
    )
    assert [(entry.row, entry.number, entry.company.code) for entry in reading.entries] == [(4, "001", "HQ")]
    assert (reading.columns.ignored, reading.sheet) == (["序号", "血型"], "花名册")


def test_missing_columns_are_named_with_those_there_are(organisation):
    sentence = refusal_of(organisation, ["工号", "姓名", "颜色"], ["1", "甲", "红"])
    assert ("公司" in sentence, "颜色" in sentence) == (True, True)


def test_two_columns_for_one_fact_are_refused(organisation):
    assert "员工编号" in refusal_of(organisation, ["工号", "员工编号", "姓名", "公司"], ["1", "1", "甲", "HQ"])


def test_an_empty_table_is_refused(organisation):
    assert refusal_of(organisation, ["工号", "姓名", "公司"])
    assert refusal_of(organisation, [])


def test_every_fault_has_its_row_column_and_value(organisation):
    assert faults(
        organisation,
        ["001", "甲", "HQ", "", "", ""],
        [],
        ["002", "", "别家", "", "x@", "2026-02-30"],
        ["001", "丙", "HQ", "", "", ""],
        ["", "丁", "HQ", "", "", ""],
    ) == [
        (4, "姓名", ""),
        (4, "公司", "别家"),
        (4, "邮箱", "x@"),
        (4, "入职日期", "2026-02-30"),
        (5, "工号", "001"),
        (6, "工号", ""),
    ]


def test_duplicates_name_the_first_row_blind_to_case(organisation):
    reading = read_rows(organisation, ["工号", "姓名", "公司"], ["a1", "甲", "HQ"], ["A1", "乙", "HQ"])
    (error,) = reading.errors
    assert (error.row, "2" in error.sentence) == (3, True)


def test_faults_are_counted_beyond_those_shown(organisation):
    reading = read_rows(organisation, ["工号", "姓名", "公司"], *[[f"{n}", "", "HQ"] for n in range(MOST_ERRORS + 50)])
    assert (len(reading.errors), reading.error_count) == (MOST_ERRORS, MOST_ERRORS + 50)


def test_an_error_of_a_formula_is_a_fault_and_no_empty_cell(organisation):
    reading = read(csv_table("工号,姓名,公司,手机\n1,甲,HQ,\n2,乙,#N/A,\n"), Places(organisation))
    assert [(error.row, error.column) for error in reading.errors] == [(3, "公司")]


def test_companies_by_code_short_name_and_name(organisation):
    rows = [[str(n), "甲", name] for n, name in enumerate(["HQ", "hq", "本部", "启明集团本部", "启明 集团本部"])]
    assert {entry.company.code for entry in read_rows(organisation, ["工号", "姓名", "公司"], *rows).entries} == {"HQ"}


def test_an_ambiguous_company_name_finds_none(organisation):
    factories.make_company(organisation=organisation, code="X", name="第三公司", short_name="本部", kind="project")
    reading = read_rows(organisation, ["工号", "姓名", "公司"], ["1", "甲", "本部"])
    assert reading.error_count == 1


@pytest.mark.parametrize(
    "path",
    [
        "营销部/策划组",
        "营销部 / 策划组",
        "营销部／策划组",
        "营销部>策划组",
        "营销部＞策划组",
        "营销部\\策划组",
        "/营销部/策划组/",
    ],
)
def test_department_paths(organisation, path):
    reading = read_rows(organisation, ["工号", "姓名", "公司", "部门"], ["1", "甲", "HQ", path])
    assert reading.entries[0].parts == ("营销部", "策划组")


@pytest.mark.parametrize("path", ["甲" * 101, "/".join("甲乙丙丁戊己庚辛壬癸子"), "\u200b营销部", "=营销部"])
def test_department_paths_refused(organisation, path):
    assert faults(organisation, ["1", "甲", "HQ", path, "", ""]) == [(2, "部门", path[:80])]


CELL = st.one_of(
    st.sampled_from(["", "HQ", "本部", "001", "正式", "营销部/甲", "甲/甲", "2026-01-05", "=1", "无"]),
    st.text(max_size=20),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(CELL, min_size=14, max_size=14), max_size=8))
def test_any_cells_give_a_plan_or_a_refusal(organisation, rows):
    import csv
    import io

    out = io.StringIO()
    csv.writer(out).writerows([list(COLUMNS), *rows])
    try:
        plan = make_plan(csv_table(out.getvalue()), organisation, on=date(2026, 3, 2))
    except (FileRefused, UnicodeEncodeError):
        return
    assert plan.reading.row_count <= len(rows)
    assert len(plan.digest()) == 64
    for error in plan.reading.errors:
        assert error.sentence
        assert error.row >= 2
