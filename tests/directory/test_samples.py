"""The committed sample workbook and the generator agree, and everybody comes in from it."""

from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.base import File
from django.core.management import call_command

from governance.commands.demo.group_workbook import GROUP_COLUMNS
from governance.commands.demo.people import COMPANIES, HOLDERS, TEAM_MEMBERS, numbers_of_cast, people
from governance.commands.demo.workbook import COLUMNS, EXAMPLES, write_samples
from governance.directory.importing.headings import recognise
from governance.directory.importing.tables import check_table, sheets_of
from governance.directory.models import Department, Person
from groups.importing.headings import FIELDS
from tests import factories

SAMPLES = Path(__file__).parents[2] / "samples"


def rows_in(path):
    with path.open("rb") as handle:
        return [(sheet.name, list(sheet.rows)) for sheet in sheets_of(check_table(File(handle, name=path.name)))]


@pytest.mark.parametrize("name", ["people.xlsx", "people-template.xlsx", "groups-template.xlsx"])
def test_the_committed_workbook_is_what_the_generator_writes(tmp_path, name):
    write_samples(tmp_path)
    assert rows_in(SAMPLES / name) == rows_in(tmp_path / name)


def test_every_heading_of_the_template_is_known():
    columns = recognise(1, [heading for heading, *_rest in COLUMNS])
    assert columns.ignored == []
    assert list(columns.at) == [attribute for _heading, attribute, *_rest in COLUMNS]


def test_the_template_has_two_examples_and_explanations():
    (_people, rows), (explained, _explanations) = rows_in(SAMPLES / "people-template.xlsx")
    assert (len(rows), explained) == (1 + len(EXAMPLES), "填写说明")


def test_the_demo_people_are_varied():
    found = people()
    names = Counter(person.name for person in found)
    assert len(found) == len({person.number for person in found}) == 180
    assert {name for name, times in names.items() if times > 1} == {"张伟", "李娜"}
    assert {"欧阳靖", "买买提·艾力", "Emma Larsson", "赵𬱖", "周敏"} <= set(names)
    assert {person.employment_kind for person in found} == {"正式", "试用", "实习", "劳务派遣", "退休返聘", "外包"}
    assert all(person.email.endswith("@example.com") for person in found)


def test_the_holders_and_the_team_are_among_the_demo_people():
    numbers = numbers_of_cast()
    assert {holder.name for holder in HOLDERS} | set(TEAM_MEMBERS) <= set(numbers)


def test_every_heading_of_the_template_for_groups_is_known():
    columns = recognise(1, [heading for heading, *_rest in GROUP_COLUMNS], FIELDS)
    assert columns.ignored == []
    assert list(columns.at) == [field for _heading, field, *_rest in GROUP_COLUMNS]


@pytest.mark.django_db
def test_the_180_demo_people_come_from_the_workbook():
    organisation = factories.make_organisation(code="demo")
    for company in COMPANIES:
        factories.make_company(organisation=organisation, code=company.code, name=company.name, kind=company.kind)
    out = StringIO()
    call_command("import_people", str(SAMPLES / "people.xlsx"), stdout=out)
    assert Person.objects.count() == 180
    assert dict(Person.objects.values_list("number", "name")) == {person.number: person.name for person in people()}
    assert Department.objects.filter(company__code="YB", name="策划组", parent__name="营销部").count() == 1
    call_command("import_people", str(SAMPLES / "people.xlsx"), stdout=out)
    assert "180" in out.getvalue().splitlines()[-2]
