"""The command line of the import: the same engine, readable words, and a refusal for everything unclear."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from governance.audit.models import Event
from governance.directory.models import Person
from tests import factories
from tests.directory.tables import xlsx_bytes

pytestmark = pytest.mark.django_db
HEADINGS = ["工号", "姓名", "公司", "部门", "血型"]


@pytest.fixture
def organisation():
    found = factories.make_organisation(code="demo")
    factories.make_company(organisation=found, code="HQ", name="启明集团本部")
    return found


@pytest.fixture
def run(tmp_path):
    def import_people(*rows, **options):
        file = tmp_path / "people.xlsx"
        file.write_bytes(xlsx_bytes([HEADINGS, *rows]))
        out, err = StringIO(), StringIO()
        try:
            call_command("import_people", str(file), stdout=out, stderr=err, **options)
        except CommandError as refused:
            return out.getvalue(), f"{err.getvalue()}{refused}"
        return out.getvalue(), err.getvalue()

    return import_people


def rows(count):
    return [[f"N{n}", "王一", "HQ", "营销部", "A"] for n in range(count)]


def test_check_says_what_would_change_and_writes_nothing(organisation, run):
    out, err = run(*rows(2), check=True)
    assert ("新增 2" in out, "+ 部门 营销部" in out, "血型" in out, err) == (True, True, True, "")
    assert not Person.objects.exists()


def test_import_writes_and_is_logged(organisation, run):
    run(*rows(2))
    assert Person.objects.count() == 2
    assert Event.objects.get(verb="import-people").facts["added"] == 2


def test_changes_are_said_field_by_field(organisation, run):
    run(*rows(1))
    out, _err = run(["N0", "王二", "HQ", "工程部", "A"])
    assert "~ N0 王二  姓名: 王一 → 王二; 部门: 营销部 → 工程部" in out


def test_faulty_rows_are_named_and_nothing_is_written(organisation, run):
    _out, err = run(*rows(2), ["N9", "", "HQ", "", ""])
    assert ("第 4 行" in err, "姓名" in err) == (True, True)
    assert not Person.objects.exists()


def test_many_leavers_need_their_number(organisation, run):
    run(*rows(3))
    _out, err = run(*rows(1), complete="HQ")
    assert "--leaving 2" in err
    assert Person.objects.filter(left_on=None).count() == 3
    run(*rows(1), complete="启明集团本部", leaving=2)
    assert Person.objects.filter(left_on=None).count() == 1


def test_an_unknown_company_or_organisation_is_said_with_those_known(organisation, run):
    assert "启明集团本部" in run(*rows(1), complete="别家")[1]
    assert "demo" in run(*rows(1), organisation="nobody")[1]
    factories.make_organisation(code="other")
    assert "other" in run(*rows(1))[1]
    assert run(*rows(1), organisation="demo")[1] == ""


def test_a_file_that_is_not_there_or_no_table_is_said(organisation, tmp_path):
    for content in (None, b"%PDF-1.4"):
        file = tmp_path / "x.xlsx"
        if content:
            file.write_bytes(content)
        with pytest.raises(CommandError, match=r"x\.xlsx"):
            call_command("import_people", str(file), stderr=StringIO())


def test_english_on_demand(organisation, run):
    assert "2 rows: 2 new" in run(*rows(2), language="en")[0]
