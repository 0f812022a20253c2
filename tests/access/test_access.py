"""Every address × role × method has a stated, hand-written outcome; an address that is not in the table fails."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from tests.access import existing, life, logins, order, regulations, stand_ins, table, talk
from tests.access.table import OPEN, ROLES
from tests.access.world import build

ROWS = [
    *table.ROWS,
    *existing.ROWS,
    *life.ROWS,
    *logins.ROWS,
    *order.ROWS,
    *regulations.ROWS,
    *stand_ins.ROWS,
    *talk.ROWS,
]


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Built once for the whole table; every request runs in a savepoint that is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


def names(patterns, found=None):
    found = set() if found is None else found
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            found.add(pattern.name)
        else:
            names(pattern.url_patterns, found)
    return found


def outcome(response) -> str:
    """The status; `in` is sent to sign-in, `to` is sent on after the thing was done."""
    if response.status_code != 302:
        return str(response.status_code)
    return "in" if response["Location"].startswith(reverse("account_login")) else "to"


def ask(world, row, role) -> str:
    client = Client(raise_request_exception=False)
    user = world.people[role]
    if user is not None:
        client.force_login(user)
    address = reverse(row.name, kwargs=row.where(world.things))
    with transaction.atomic():
        response = getattr(client, row.method)(address, row.data(world.things, world.people) if row.data else {})
        transaction.set_rollback(True)
    return outcome(response)


@pytest.mark.django_db
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.method}-{row.name}-{row.note}")
def test_access_is_as_the_table_says(world, row):
    expected = dict(zip(ROLES, row.outcomes.split(), strict=True))

    found = {role: ask(world, row, role) for role in ROLES}

    assert found == expected


def test_every_address_stands_in_the_table():
    known = {row.name for row in ROWS} | set(OPEN)

    assert names(get_resolver().url_patterns) - known == set()
    assert known - names(get_resolver().url_patterns) == set()


def test_every_address_says_what_both_methods_do():
    methods = {(row.name, row.method) for row in ROWS}

    assert {name for name, method in methods if (name, "get") not in methods or (name, "post") not in methods} == set()
