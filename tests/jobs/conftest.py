"""Kinds of work for the tests, and messages that are remembered instead of sent."""

import pytest

from governance.jobs import registry
from governance.jobs.actions import starting
from tests import factories


@pytest.fixture
def user():
    return factories.make_user(language="en")


@pytest.fixture
def work(monkeypatch):
    """Registers what the job of kind "count" does; returns the function that does it."""

    def register(run, **options):
        monkeypatch.setitem(registry.kinds, "count", registry.JobKind("count", run, **options))

    return register


@pytest.fixture
def sent(monkeypatch):
    """The ids that the broker was given."""
    ids = []
    monkeypatch.setattr(starting.current_app, "signature", lambda task, args: Message(ids, args[0]))
    return ids


class Message:
    def __init__(self, ids, job_id):
        self.ids, self.job_id = ids, job_id

    def apply_async(self, **_options):
        self.ids.append(self.job_id)
