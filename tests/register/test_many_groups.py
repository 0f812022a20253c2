"""A register of many groups: pages, where one is, and the same number of statements for few and many."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from groups.models import Group
from tests.factories import make_designation, make_filing, make_group, make_group_company, make_user

pytestmark = pytest.mark.django_db
State = Group.State


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def world():
    return make_group_company()


def register(client, user, **asked):
    client.force_login(user)
    return client.get("/groups/", asked)


def names(response):
    return [line.name for line in response.context["page"].rows]


def words(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode()))


# --- pages ------------------------------------------------------------------------------------------------------------------
def bulk_groups(world, count):
    """Copies of one real group under other names: only the register reads them."""
    model = make_group(world=world, group_type="headquarters_group")
    request = model.creation_request
    for number in range(count - 1):
        request.pk, request.number, request.name_folded = None, f"JQ-{number:04}", f"n{number}"
        request.save(force_insert=True)
        Group.objects.create(
            **{field: getattr(model, field) for field in ("organisation", "company", "group_type", "version")},
            designating_office=model.designating_office,
            approved_at=model.approved_at,
            creation_request=request,
            name=f"群{number:04}",
            name_folded=f"n{number}",
            sort_key=f"qun {number:04}",
            search=f"群{number:04}\nqun{number:04}",
        )


def test_pages_hold_fifty_and_say_where_one_is(client, world):
    bulk_groups(world, 120)
    first = register(client, world.presidents_office)
    second = client.get("/groups/" + first.context["page"].next)
    third = client.get("/groups/" + second.context["page"].next)
    assert [page.context["summary"] for page in (first, second, third)] == [
        "第 1–50 条，共 120 条",
        "第 51–100 条，共 120 条",
        "第 101–120 条，共 120 条",
    ]
    assert len(set(names(first) + names(second) + names(third))) == 120
    assert names(client.get("/groups/" + third.context["page"].previous)) == names(second)
    assert third.context["page"].next == ""


def test_last_page_is_numbered_from_the_count(client, world):
    bulk_groups(world, 60)
    assert register(client, world.presidents_office, before="end").context["summary"] == "第 11–60 条，共 60 条"


def test_filter_is_kept_on_the_next_page(client, world):
    bulk_groups(world, 60)
    first = register(client, world.presidents_office, q="群0")
    following = client.get("/groups/" + first.context["page"].next)
    assert following.context["filters"].q == "群0"
    assert following.context["summary"] == "第 51–59 条，共 59 条"


def test_large_register_counts_no_further_than_a_thousand(client, world, monkeypatch):
    monkeypatch.setattr("governance.register.queries.COUNTED", 10)
    monkeypatch.setattr("governance.register.lede.COUNTED", 10)
    bulk_groups(world, 60)
    response = register(client, world.presidents_office)
    assert "超过 10 个群" in words(response)
    assert response.context["counts"].new == 60
    assert response.context["summary"] == "第 1–50 条，共 10+ 条"


# --- statements ---------------------------------------------------------------------------------------------------------
def statements(client, path):
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(path)
    assert response.status_code == 200
    return len(captured)


@pytest.mark.parametrize("query", ["", "?q=qun", "?odd=1", "?step=new"])
def test_statements_are_the_same_for_one_three_and_three_hundred(client, world, now, query):
    """Session, user, offices, counts of the frame; counts, choices, groups, what waits about them."""
    client.force_login(world.presidents_office)
    counts = []
    make_group(world=world, group_type="planning_group", now=now - timedelta(days=30))
    counts.append(statements(client, f"/groups/{query}"))
    make_filing(world=world, now=now)
    make_designation(world=world, group_type="project_company_group", now=now)
    counts.append(statements(client, f"/groups/{query}"))
    bulk_groups(world, 297)
    counts.append(statements(client, f"/groups/{query}"))
    assert counts == [8, 8, 8]


def test_employees_list_costs_no_more(client, world, now):
    member = make_user(company=world.headquarters)
    make_group(world=world, group_type="headquarters_group", at=State.ESTABLISHED, members=[member.person], now=now)
    client.force_login(member)
    assert statements(client, "/groups/") == 7
