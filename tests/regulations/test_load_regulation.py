"""`manage.py load_regulation FILE [--check] [--organisation CODE]`."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from governance.regulations.models import RegulationVersion
from tests.factories import make_organisation

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.regulations.urls")]

ROOT = Path(__file__).parent.parent.parent
GROUP_COMPANY = ROOT / "regulations" / "group_company.yaml"
BROKEN = ROOT / "tests" / "data" / "broken_regulations" / "53_many_at_once.yaml"


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def run(*arguments):
    out = StringIO()
    call_command("load_regulation", *arguments, stdout=out)
    return out.getvalue()


def test_check_writes_nothing():
    make_organisation()

    said = run(GROUP_COMPANY, "--check")

    assert said == f"{GROUP_COMPANY}: in order. Articles and items: 34; group types: 6; open questions: 4.\n"
    assert not RegulationVersion.objects.exists()


def test_file_is_loaded_into_the_only_organisation():
    organisation = make_organisation()

    said = run(GROUP_COMPANY)

    version = RegulationVersion.objects.get()
    assert version.organisation == organisation
    assert said == f"Rules for WeChat work groups, version 1.0, in force from {version.effective_from}. Open questions: 4.\n"


def test_organisation_is_named_where_there_are_two():
    make_organisation(code="one")
    two = make_organisation(code="two")

    with pytest.raises(CommandError, match="Say which organisation with --organisation CODE; there are: one, two"):
        run(GROUP_COMPANY)
    run(GROUP_COMPANY, "--organisation", "two")

    assert RegulationVersion.objects.get().organisation == two


@pytest.mark.parametrize("arguments", [(), ("--check",)])
def test_broken_file_is_refused_line_by_line(arguments):
    make_organisation()

    with pytest.raises(CommandError) as refused:
        run(BROKEN, *arguments)

    first, second, third, last = str(refused.value).split("\n")
    assert first.startswith(f"{BROKEN}:5: regulation.version: there is a number here")
    assert second.startswith(f"{BROKEN}:16: offices[clerk].kind: “board” does not fit here")
    assert third.startswith(f"{BROKEN}:29: group_types[staff].aproval: the key “aproval” is not known here")
    assert last == "3 to mend; nothing was loaded."
    assert not RegulationVersion.objects.exists()


def test_file_that_is_not_there_is_told_in_a_sentence():
    with pytest.raises(CommandError, match="nowhere.yaml cannot be read: No such file or directory"):
        run("nowhere.yaml", "--check")
