"""阅知确认: one tap under the version in force, and a list of who has not."""

import pytest
from django.urls import reverse
from django.utils import timezone

from governance.audit.models import Event
from governance.directory.models import Company
from governance.duties.models import Duty
from governance.regulations.actions import acknowledging
from governance.regulations.models import Acknowledgement
from governance.workflow import NotAllowed
from tests.factories import (
    GROUP_COMPANY,
    NOW,
    load_group_company,
    make_company,
    make_group_company,
    make_login,
    make_person,
)
from tests.groups.reading import get, post, words

pytestmark = pytest.mark.django_db
NEWER = GROUP_COMPANY.read_text(encoding="utf-8").replace('version: "1.0"', 'version: "2.0"')
STATEMENTS = 10


@pytest.fixture
def world():
    return make_group_company()


@pytest.fixture
def staff(world):
    return make_login(person=make_person(company=world.project, name="李娜"))


def test_one_tap_confirms_once(client, world, staff):
    regulation = world.version.regulation_id
    assert "请阅读本版本，阅后确认。" in words(get(client, staff, "regulation", regulation))

    for _n in range(2):
        assert post(client, staff, "regulation_acknowledge", regulation).url == world.version.get_absolute_url()

    assert Acknowledgement.objects.get().person == staff.person
    assert Event.objects.filter(verb="acknowledge-regulation").count() == 1
    assert "确认阅知本版本" in words(get(client, staff, "regulation", regulation))


def test_reading_alone_confirms_nothing(client, world, staff):
    get(client, staff, "regulation", world.version.regulation_id)

    assert get(client, staff, "regulation_acknowledge", world.version.regulation_id).status_code == 405
    assert Acknowledgement.objects.count() == 0


def test_new_version_is_confirmed_anew_and_the_old_no_longer(client, world, staff):
    acknowledging.acknowledge(world.version, by=staff, now=NOW)
    newer = load_group_company(organisation=world.organisation, source=NEWER, now=timezone.now())

    assert "请阅读本版本" in words(get(client, staff, "regulation", newer.regulation_id))
    with pytest.raises(NotAllowed):
        acknowledging.acknowledge(world.version, by=world.president, now=NOW)


def test_nobody_gets_a_duty_of_it(world):
    before = Duty.objects.count()

    load_group_company(organisation=world.organisation, source=NEWER, now=timezone.now())

    assert Duty.objects.count() == before


def test_list_names_who_has_not_confirmed(client, world, staff):
    make_person(company=world.project, name="王强")
    make_person(company=world.project, name="已离职", left_on=NOW.date())
    acknowledging.acknowledge(world.version, by=staff, now=NOW)

    page = get(client, world.hr_admin, "regulation_acknowledgements", world.version.regulation_id, company=world.project.pk)

    shown = page.context["page"]
    assert (shown.confirmed, shown.company) == (1, world.project)
    assert {"王强", "李娜", "已离职"} & {person.name for person in shown.waiting} == {"王强"}
    assert reverse("regulation", args=[world.version.regulation_id]) in shown.text


def test_company_supervisor_sees_his_company_alone(client, world, staff):
    make_person(company=make_company(organisation=world.organisation, kind=Company.Kind.PROJECT), name="外人")

    page = get(client, world.project_gm_office, "regulation_acknowledgements", world.version.regulation_id)

    assert [one.company for one in page.context["page"].companies] == [world.project]


def test_list_is_for_supervisors(client, world, staff):
    assert get(client, staff, "regulation_acknowledgements", world.version.regulation_id).status_code == 403
    assert "阅知情况" not in words(get(client, staff, "regulation", world.version.regulation_id))
    assert "阅知情况" in words(get(client, world.hr_admin, "regulation", world.version.regulation_id))


def test_nonsense_for_a_company_is_no_company(client, world):
    page = get(client, world.hr_admin, "regulation_acknowledgements", world.version.regulation_id, company="x")

    assert page.context["page"].company is None


@pytest.mark.parametrize("count", [1, 3, 60])
def test_statements_do_not_grow(client, world, count, django_assert_num_queries):
    for _n in range(count):
        make_person(company=world.project)
        make_company(organisation=world.organisation, kind=Company.Kind.PROJECT)
    client.force_login(world.hr_admin)
    address = reverse("regulation_acknowledgements", args=[world.version.regulation_id])
    client.get(address)
    with django_assert_num_queries(STATEMENTS):
        client.get(address, {"company": world.project.pk})
