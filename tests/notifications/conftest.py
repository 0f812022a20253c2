"""Something to tell people about, in a language without translations."""

import pytest
from django.utils import translation

from governance.files.actions import store
from governance.notifications import wordings
from governance.notifications.actions import notify
from governance.notifications.models import Notice
from governance.notifications.wordings import Wording
from tests import factories
from tests.factories import NOW
from tests.files.samples import upload


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _worded(monkeypatch):
    monkeypatch.setitem(wordings.wordings, "task", Wording("Please decide on “%(title)s”", "Due %(due)s."))


@pytest.fixture
def user():
    return factories.make_user(email="zhoumin@example.com", language="en")


@pytest.fixture
def person(user):
    return user.person


@pytest.fixture
def subject(user):
    """Anything with an address of its own."""
    return store(upload(), organisation=user.organisation, by=user, now=NOW)


@pytest.fixture
def tell(subject):
    """Tell people about the subject; returns the notices."""

    def telling(*people, key="k", now=NOW, path="/jobs/", **parameters):
        parameters = parameters or {"title": "运营群", "due": "2026-03-04T18:00:00+08:00"}
        notify(people, "task", subject, now=now, key=key, path=path, **parameters)
        keys = [f"{key}:{person.pk}" for person in people]
        return list(Notice.objects.filter(key__in=keys, created_at=now))

    return telling
