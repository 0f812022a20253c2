"""Two sealing jobs at once: each event gets one seal and the chain stays whole."""

from datetime import timedelta

import pytest

from governance.audit.actions import record, seal_events
from governance.audit.models import Event, Seal
from governance.audit.queries import flaws
from tests.factories import NOW, make_company
from tests.postgres.at_once import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_sealers_at_once_seal_each_event_once():
    company = make_company()
    for _round in range(5):
        before = Seal.objects.count()
        for _ in range(50):
            record("look", company, by=None, at=NOW)
        outcomes = at_once(*[lambda: seal_events(now=NOW)] * 3)
        assert all(isinstance(outcome, int) for outcome in outcomes)
        assert before + sum(outcomes) == Seal.objects.count() == Event.objects.count()
    assert list(flaws(now=NOW + timedelta(days=9))) == []


def test_writers_do_not_wait_for_the_sealer():
    company = make_company()

    def write():
        return [record("look", company, by=None, at=NOW).pk for _ in range(30)]

    outcomes = at_once(write, lambda: seal_events(now=NOW), write)
    assert [len(outcomes[0]), len(outcomes[2])] == [30, 30]
    seal_events(now=NOW + timedelta(minutes=5))
    assert Seal.objects.count() == Event.objects.count()
    assert list(flaws(now=NOW + timedelta(minutes=6))) == []
