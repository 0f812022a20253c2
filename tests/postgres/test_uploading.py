"""Two real connections loading a regulation at once: one wins, the other is told, one version is there."""

import pytest
from django.utils import timezone

from governance.regulations.actions import uploading
from governance.regulations.models import RegulationVersion
from tests.factories import GROUP_COMPANY, make_group_company
from tests.postgres.at_once import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
TEXT = GROUP_COMPANY.read_text(encoding="utf-8")


def kinds(outcomes):
    return sorted(type(outcome).__name__ for outcome in outcomes)


def loading(world, number, by):
    text = TEXT.replace('version: "1.0"', f'version: "{number}"')
    uploaded = uploading.start(text.encode(), filename="办法.yaml", by=by, now=timezone.now())
    return lambda: uploading.confirm(uploaded, seen=world.version.pk, by=by, now=timezone.now())


def test_two_files_loaded_at_once():
    world = make_group_company()

    outcomes = at_once(loading(world, "2.0", world.hr_admin), loading(world, "2.1", world.presidents_office))

    assert kinds(outcomes) == ["RegulationVersion", "WrongState"]
    assert RegulationVersion.objects.count() == 2


def test_one_file_loaded_twice_at_once():
    world = make_group_company()
    load = loading(world, "2.0", world.hr_admin)

    outcomes = at_once(load, load)

    assert kinds(outcomes) == ["RegulationVersion", "WrongState"]
    assert RegulationVersion.objects.count() == 2
