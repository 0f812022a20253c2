"""The list of requests: who sees what, filters, pages by keyset, one number of statements."""

from datetime import timedelta
from itertools import cycle, islice

import pytest
from django.urls import reverse

from governance.directory.models import Office
from groups.actions import creation
from groups.models import CreationRequest
from tests.factories import (
    NOW,
    decider_of,
    make_creation_request,
    make_group_company,
    make_login,
    make_person,
    make_tenure,
)

pytestmark = pytest.mark.django_db
State = CreationRequest.State
STATEMENTS = 8  # session, user, offices, types, page, duties, count of the waiting, badge


@pytest.fixture
def world():
    return make_group_company()


def get(client, user, **query):
    client.force_login(user)
    return client.get(reverse("creation_requests"), query)


def names(response):
    return [row.request.name for row in response.context["rows"]]


def many(world, count, *, now=NOW):
    """So many requests of all types in turn, in every state, a minute apart, by two submitters."""
    colleague = make_login(person=make_person(company=world.headquarters, name="何俊"), language="en")
    make_tenure(office=Office.objects.get(organisation=world.organisation, code="hr_admin"), person=colleague.person)
    types = cycle(["executive_group", "planning_group", "headquarters_group", "project_company_group", "marketing_platform"])
    states = cycle([State.SUBMITTED, State.APPROVED, State.SENT_BACK, State.REFUSED, State.WITHDRAWN, State.SUBMITTED, State.DRAFT])
    submitters = cycle([world.hr_admin, colleague, world.hr_admin])
    for n, (kind, state, by) in enumerate(islice(zip(types, states, submitters, strict=False), count)):
        make_creation_request(
            world=world, group_type=kind, at=state, submitter=by, name_suffix=f"（{n}）", now=now + timedelta(minutes=n)
        )


@pytest.mark.parametrize("count", [1, 3, 60])
@pytest.mark.parametrize("who", ["hr_admin", "president"])
def test_list_asks_the_same_for_few_and_many(client, world, django_assert_num_queries, count, who):
    many(world, count)
    user = getattr(world, who)
    get(client, user)
    with django_assert_num_queries(STATEMENTS):
        client.get(reverse("creation_requests"))


def test_list_is_newest_first_and_says_who_has_each(client, world):
    first = make_creation_request(world=world, at="submitted", group_type="marketing_platform", project="云")
    second = make_creation_request(world=world, at="sent_back", now=NOW + timedelta(hours=1))
    response = get(client, world.hr_admin)
    rows = response.context["rows"]
    assert [row.request for row in rows] == [second, first]
    assert [str(row.duty.office or row.duty.person) for row in rows] == ["周敏", "营销副总"]
    assert response.context["waiting"] == 1


def test_pages_by_keyset_meet_without_gap_or_double(client, world):
    for n in range(120):
        make_creation_request(world=world, name_suffix=f"（{n}）", now=NOW + timedelta(minutes=n // 2))
    seen, url = [], reverse("creation_requests")
    client.force_login(world.hr_admin)
    while url:
        response = client.get(url)
        seen += names(response)
        url = response.context["page"].next and reverse("creation_requests") + response.context["page"].next
    assert seen == [f"集团高管工作群（{n}）" for n in range(119, -1, -1)]
    back = client.get(reverse("creation_requests") + response.context["page"].previous)
    assert names(back) == seen[50:100]
    front = client.get(reverse("creation_requests") + back.context["page"].previous)
    assert (names(front), front.context["page"].previous) == (seen[:50], "")


@pytest.mark.parametrize("cursor", ["nonsense", "2026-13-45T00:00:00+00:00_1", "_", "2026-03-02T01:00:00+00:00_" + "9" * 30, "\x00"])
@pytest.mark.parametrize("side", ["before", "after"])
def test_nonsense_cursor_is_the_first_page(client, world, cursor, side):
    make_creation_request(world=world)
    assert names(get(client, world.hr_admin, **{side: cursor})) == ["集团高管工作群"]


def test_filters(client, world):
    executive = make_creation_request(world=world, at="submitted")
    make_creation_request(world=world, at="refused", group_type="planning_group")
    make_creation_request(world=world, group_type="headquarters_group")
    assert names(get(client, world.hr_admin, state="submitted")) == ["集团高管工作群"]
    assert names(get(client, world.hr_admin, type=executive.group_type_id)) == ["集团高管工作群"]
    assert names(get(client, world.hr_admin, mine="1", state="refused")) == ["计划运营推动群"]
    assert names(get(client, world.presidents_office, mine="1")) == []
    assert len(names(get(client, world.hr_admin, state="nonsense", type="nonsense"))) == 3
    assert "没有符合条件的申请" in get(client, world.hr_admin, state="withdrawn").content.decode()


def test_filters_stay_from_page_to_page(client, world):
    for n in range(51):
        make_creation_request(world=world, name_suffix=f"（{n}）", now=NOW + timedelta(minutes=n))
    response = get(client, world.hr_admin, state="draft", mine="1")
    assert response.context["page"].next.startswith("?state=draft&mine=1&after=")
    assert names(client.get(reverse("creation_requests") + response.context["page"].next)) == ["集团高管工作群（0）"]


def test_empty_list_says_how_it_fills(client, world):
    assert "还没有建群申请" in get(client, world.president).content.decode()


def test_executives_lateness_is_not_marked_and_others_is(client, world):
    make_creation_request(world=world, at="submitted")
    assert [row.late for row in get(client, world.hr_admin).context["rows"]] == [False]
    Office.objects.filter(code="president").update(executive=False)
    assert [row.late for row in get(client, world.hr_admin).context["rows"]] == [True]


def test_list_of_another_organisation_is_empty(client, world):
    make_creation_request(world=world, at="submitted")
    assert names(get(client, make_group_company(name="别家集团").presidents_office)) == []


def test_request_decided_elsewhere_has_no_duty_of_its_own(client, world):
    request = make_creation_request(world=world, at="submitted")
    creation.approve(request, by=decider_of(request), now=NOW)
    assert [row.duty for row in get(client, world.hr_admin).context["rows"]] == [None]
