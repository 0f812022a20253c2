"""Two schedulers at once, a decision at the moment of the lapse, and how much a big sweep asks of PostgreSQL."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.audit.queries import history_of
from governance.commands.proofs import contradictions
from governance.directory.models import Person
from governance.duties.actions import sweep
from governance.duties.models import Duty, Reminder
from governance.notifications.models import Delivery, Notice
from governance.workflow import WrongState
from groups.actions import creation
from groups.models import CreationRequest, Group
from tests import factories
from tests.factories import make_creation_request, make_group_company
from tests.postgres.at_once import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
State = CreationRequest.State
SHANGHAI = ZoneInfo("Asia/Shanghai")
OPENED = datetime(2026, 3, 2, 9, 5, tzinfo=SHANGHAI)
NEXT_DAY = OPENED + timedelta(days=1)
LAPSING = datetime(2026, 3, 24, 9, 5, tzinfo=SHANGHAI)


def fresh(subject):
    return type(subject).objects.get(pk=subject.pk)


def sweeping(now):
    return lambda: sweep(now=now)


def told():
    return sorted(Notice.objects.filter(created_at__gt=OPENED).values_list("person__name", "kind", "created_at"))


def test_two_schedulers_at_once_tell_once():
    world = make_group_company()
    for nth in range(5):
        make_creation_request(world=world, at=State.SUBMITTED, name_suffix=f"（{nth}）", now=OPENED)
    for day, expected in ((1, 1), (2, 1), (3, 5), (4, 0)):
        now = OPENED + timedelta(days=day)
        outcomes = at_once(*[sweeping(now)] * 3)
        assert sorted(outcomes) == [0, 0, expected], day
    assert told() == [
        *[("许明哲", "duty-overdue", OPENED + timedelta(days=3))] * 5,
        ("陈国栋", "digest", OPENED + timedelta(days=1)),
        ("陈国栋", "digest", OPENED + timedelta(days=2)),
    ]
    assert Reminder.objects.filter(notice=None).count() == 0


def test_keys_alone_tell_once_where_the_lock_does_not_hold(monkeypatch):
    """Without the lock the rows themselves still admit each rung once: the slower sweep fails and is undone."""
    monkeypatch.setattr("governance.duties.actions.sweeping.alone", lambda organisation_id: True)
    world = make_group_company()
    make_creation_request(world=world, at=State.SUBMITTED, now=OPENED)
    at_once(*[sweeping(NEXT_DAY)] * 3)
    sweep(now=NEXT_DAY)
    assert told() == [("陈国栋", "digest", NEXT_DAY)]
    assert [(row.rung, row.notice.kind) for row in Reminder.objects.all()] == [("holder-opened-1", "digest")]


def test_decision_at_the_moment_of_the_lapse_has_one_outcome():
    world = make_group_company()
    for nth in range(6):
        request = make_creation_request(
            world=world, group_type="marketing_platform", at=State.SUBMITTED, name_suffix=f"（{nth}）", now=OPENED
        )

        def approve(request=request):
            creation.approve(fresh(request), by=world.marketing_vp, now=LAPSING)
            return "approved"

        decided, swept = at_once(approve, sweeping(LAPSING + timedelta(minutes=nth)))
        state = fresh(request).state
        assert isinstance(swept, int)
        assert state == ("approved" if decided == "approved" else "lapsed")
        assert decided == "approved" or isinstance(decided, WrongState)
        assert history_of(request).filter(verb__in=["approve", "lapse"]).count() == 1
        assert Group.objects.filter(creation_request=request).exists() == (state == "approved")
    assert list(contradictions()) == []


def test_two_schedulers_let_it_lapse_once():
    world = make_group_company()
    request = make_creation_request(world=world, group_type="marketing_platform", at=State.SUBMITTED, now=OPENED)
    at_once(*[sweeping(LAPSING)] * 3)
    assert history_of(request).filter(verb="lapse").count() == 1
    assert Notice.objects.filter(kind="duty-resubmit").count() == 1
    assert list(contradictions()) == []


def many_duties(count, people=400):
    """Duties of the persons of one company, each person with the same share of them."""
    company = factories.make_company()
    Person.objects.bulk_create(
        Person(
            organisation=company.organisation,
            company=company,
            number=f"M{number}",
            name=f"员工{number}",
            email=f"m{number}@example.com",
        )
        for number in range(people)
    )
    keys = list(Person.objects.filter(number__startswith="M").values_list("pk", flat=True))
    kind = ContentType.objects.get_for_model(Person)
    Duty.objects.bulk_create(
        Duty(
            organisation=company.organisation,
            subject_type=kind,
            subject_id=number,
            verb="review",
            person_id=keys[number % people],
            title=f"群{number}",
            path="/",
            ladder="designation",
            opened_at=OPENED - timedelta(days=10),
            due_at=OPENED + timedelta(hours=8, minutes=55),
            days=2,
        )
        for number in range(count)
    )


def asked_in(captured):
    """The statements that are no frame of a transaction."""
    frames = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
    return [query["sql"] for query in captured if not query["sql"].startswith(frames)]


def test_big_sweep_asks_fifteen_statements_and_one_for_five_thousand_reminders():
    many_duties(20_000)
    with CaptureQueriesContext(connection) as captured:
        assert sweep(now=OPENED) == 400
    assert Reminder.objects.count() == 20_000
    assert Delivery.objects.count() == 400
    assert len(asked_in(captured)) <= 15 + 20_000 // 5_000
    with CaptureQueriesContext(connection) as captured:
        assert sweep(now=OPENED + timedelta(hours=1)) == 0
    assert len(asked_in(captured)) <= 13
    assert Reminder.objects.count() == 20_000
