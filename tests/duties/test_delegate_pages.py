"""The pages on which a delegate is named, seen and ended: one's own, a person's, an office's, the desk."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from governance.directory.models import Office, Tenure
from tests.factories import (
    make_creation_request,
    make_delegation,
    make_group_company,
    make_office,
    make_tenure,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_group_company()


@pytest.fixture
def delegate(world):
    return make_user(company=world.headquarters, name="李文", number="L7")


def words(response, status=200):
    assert response.status_code == status
    return response.content.decode()


def see(client, user, name, *args):
    client.force_login(user)
    return words(client.get(reverse(name, args=args)))


def days(start=0, end=5):
    on = timezone.localdate()
    return {"starts_on": (on + timedelta(days=start)).isoformat(), "ends_on": (on + timedelta(days=end)).isoformat()}


def post(client, user, name, pk, **data):
    client.force_login(user)
    return client.post(reverse(name, args=[pk]), data, follow=True)


def test_holder_names_his_delegate_on_his_own_page(client, world, delegate):
    assert "指定流程代理人" in see(client, world.president, "my_page")
    answer = post(client, world.president, "delegate_name", world.president.person.pk, delegate="L7", **days())
    assert answer.request["PATH_INFO"] == reverse("my_page")
    page = words(answer)
    assert "已委托李文" in page
    assert "代理中" in page
    assert "代陈国栋：总裁" in see(client, delegate, "my_page")


def test_hr_names_it_on_the_persons_page(client, world, delegate):
    person = world.president.person
    assert "指定流程代理人" in see(client, world.hr_admin, "person", person.pk)
    answer = post(client, world.hr_admin, "delegate_name", person.pk, delegate="李文", **days())
    assert answer.request["PATH_INFO"] == reverse("person", args=[person.pk])


def test_others_see_no_delegates_on_a_persons_page(client, world, delegate):
    make_delegation(holder=world.president, delegate=delegate)
    assert "流程代理" not in see(client, world.marketing_vp, "person", world.president.person.pk)


def test_who_holds_nothing_is_offered_nothing(client, delegate):
    assert "流程代理" not in see(client, delegate, "my_page")


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"delegate": "L7", **days(3, 1)}, "末日早于首日"),
        ({"delegate": "L7", **days(-1, 1)}, "首日已过"),
        ({"delegate": "没有此人", **days()}, "找不到"),
        ({"delegate": "L7"}, "必填"),
    ],
)
def test_what_cannot_be_is_said_at_the_field_and_kept(client, world, delegate, said, sentence):
    page = words(post(client, world.president, "delegate_name", world.president.person.pk, **said), 422)
    assert sentence in page or "aria-invalid" in page
    assert said["delegate"] in page
    assert not Tenure.objects.exclude(stands_for=None).exists()


def test_one_of_several_offices_can_be_chosen(client, world, delegate):
    second = make_office(organisation=world.organisation, code="second", name="董事长")
    make_tenure(office=second, person=world.president.person)
    pk = world.president.person.pk
    assert "全部职务" in see(client, world.president, "delegate_name", pk)
    post(client, world.president, "delegate_name", pk, delegate="L7", office=second.pk, **days())
    assert Tenure.objects.exclude(stands_for=None).get().office == second


def test_second_click_is_refused_with_whom_it_is(client, world, delegate):
    for _click in range(2):
        answer = post(client, world.president, "delegate_name", world.president.person.pk, delegate="L7", **days())
    assert "李文已在" in words(answer, 422)
    assert Tenure.objects.exclude(stands_for=None).count() == 1


def test_ended_on_ones_own_page(client, world, delegate):
    standing = make_delegation(holder=world.president, delegate=delegate)
    back = {"next": reverse("my_page")}
    page = words(post(client, world.president, "delegate_end", standing.pk, **back))
    assert "李文不再代理该职务" in page
    assert "目前无人代您办理" in page
    words(post(client, world.president, "delegate_end", standing.pk, **back))  # a second click is harmless


def test_office_page_shows_the_delegate_beside_the_holder(client, world, delegate):
    make_delegation(holder=world.president, delegate=delegate)
    office = Office.objects.get(organisation=world.organisation, code="president")
    page = see(client, world.hr_admin, "office", office.pk)
    assert "代陈国栋" in page
    delegation = Tenure.objects.exclude(stands_for=None).get()
    assert reverse("tenure_end", args=[office.pk, delegation.pk]) not in page
    client.force_login(world.hr_admin)
    assert client.post(reverse("tenure_end", args=[office.pk, delegation.pk])).status_code == 404


def test_desk_and_request_say_on_whose_behalf(client, world, delegate):
    request = make_creation_request(world=world, at="submitted")
    make_delegation(holder=world.president, delegate=delegate)
    assert "代陈国栋" in see(client, delegate, "desk")
    page = see(client, delegate, "creation_request", request.pk)
    assert "您以流程代理人身份代总裁（陈国栋）办理" in page
    assert "李文（代陈国栋）" in page
    assert "您以流程代理人身份" not in see(client, world.president, "creation_request", request.pk)


def test_approved_by_a_delegate_reads_so_everywhere(client, world, delegate):
    request = make_creation_request(world=world, at="submitted")
    make_delegation(holder=world.president, delegate=delegate)
    post(client, delegate, "creation_request_approve", request.pk)
    assert "代总裁（陈国栋）" in see(client, world.hr_admin, "creation_request", request.pk)
    assert "李文（代陈国栋）" in see(client, world.hr_admin, "group", request.group.pk)
    assert "李文（代陈国栋）" in see(client, world.hr_admin, "creation_request_print", request.pk)


def test_delegate_costs_the_desk_no_further_statement(client, world, delegate):
    make_creation_request(world=world, at="submitted")
    make_delegation(holder=world.president, delegate=delegate)
    counts = []
    for user in (world.president, delegate):
        see(client, user, "desk")
        with CaptureQueriesContext(connection) as asked:
            see(client, user, "desk")
        counts.append(len(asked))
    assert counts[0] == counts[1]
