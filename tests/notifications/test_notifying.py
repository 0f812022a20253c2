"""Writing into the outbox: everybody once, in the action's own transaction."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import connection, transaction

from governance.audit.queries import history_of
from governance.notifications.actions import circulate, open_circulation
from governance.notifications.models import Circulation, Delivery, Notice
from governance.notifications.queries import circulated_to
from governance.notifications.wordings import text_of
from tests import factories
from tests.factories import NOW, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague(person):
    return make_person(company=person.company, name="韩雪")


def test_everybody_is_told_once(person, colleague, tell):
    first = tell(person, colleague, person)
    again = tell(person, colleague, now=NOW + timedelta(hours=1))
    assert (sorted(notice.person.name for notice in first), again) == (sorted([person.name, "韩雪"]), [])
    assert Notice.objects.count() == 2


def test_mail_goes_to_who_has_an_address(person, colleague, tell):
    tell(person, colleague)
    assert [delivery.notice.person for delivery in Delivery.objects.all()] == [person]


def test_telling_is_undone_with_the_action(person, tell):
    with suppress(RuntimeError), transaction.atomic():
        tell(person)
        raise RuntimeError
    assert (Notice.objects.count(), Delivery.objects.count()) == (0, 0)


def test_telling_many_costs_as_much_as_telling_one(person, tell, django_assert_num_queries):
    people = [make_person(company=person.company, email=f"p{n}@example.com") for n in range(30)]
    with django_assert_num_queries(2 if connection.vendor == "postgresql" else 3):  # and one to read them
        tell(*people)


def test_telling_nobody_is_nothing(tell):
    assert tell() == []


# --- circulation ------------------------------------------------------------------------------------------------------
def test_circulation_shows_the_subject_and_tells(user, colleague, subject):
    [shown] = circulate(subject, [colleague], by=user, now=NOW, note="请知悉")
    assert [(row, row.title, row.path) for row in circulated_to(colleague)] == [
        (shown, "说明.pdf", subject.get_absolute_url())
    ]
    [notice] = Notice.objects.filter(person=colleague)
    assert text_of(notice) == (f"{user.name} showed you “说明.pdf”", "请知悉")
    event = history_of(subject).first()
    assert (event.verb, event.actor, event.note, event.facts) == (
        "circulate",
        user,
        "请知悉",
        {"people": "韩雪", "person_ids": [colleague.pk]},
    )


def test_circulating_again_adds_only_who_was_not_shown(user, person, colleague, subject):
    circulate(subject, [colleague], by=user, now=NOW)
    again = circulate(subject, [colleague, person], by=user, now=NOW + timedelta(hours=1))
    assert [row.person for row in again] == [person]
    assert circulate(subject, [colleague, person], by=user, now=NOW) == []
    assert [event.verb for event in history_of(subject)] == ["circulate", "circulate", "store_file"]


def test_circulation_stays_in_the_organisation(user, subject):
    assert circulate(subject, [make_person()], by=user, now=NOW) == []
    assert Circulation.objects.count() == 0


def test_circulation_is_seen_the_first_time(user, colleague, subject):
    [shown] = circulate(subject, [colleague], by=user, now=NOW)
    open_circulation(shown, now=NOW + timedelta(hours=1))
    open_circulation(shown, now=NOW + timedelta(hours=2))
    shown.refresh_from_db()
    assert shown.seen_at == NOW + timedelta(hours=1)


def test_circulations_are_one_statement(user, colleague, subject, django_assert_num_queries):
    circulate(subject, [colleague], by=user, now=NOW)
    with django_assert_num_queries(1):
        assert [row.circulated_by.name for row in circulated_to(colleague)] == [user.name]
    assert list(circulated_to(None)) == []


def test_circulated_row_is_opened_by_its_reader(client, user, colleague, subject):
    reader = factories.make_login(person=colleague)
    [shown] = circulate(subject, [colleague], by=user, now=NOW)
    client.force_login(user)
    assert client.post(f"/inbox/circulated/{shown.pk}/open/").status_code == 404
    client.force_login(reader)
    assert client.get(f"/inbox/circulated/{shown.pk}/open/").status_code == 405
    assert client.post(f"/inbox/circulated/{shown.pk}/open/").headers["Location"] == subject.get_absolute_url()
    shown.refresh_from_db()
    assert shown.seen_at is not None
