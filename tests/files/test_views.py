"""Opening a file: for whom, how it is served, and the line in the log."""

import uuid

import pytest
from django.core.files.storage import default_storage

from governance.audit.models import Event
from governance.directory.models import Person
from governance.files import actions, permissions
from tests import factories
from tests.factories import NOW
from tests.files import samples
from tests.files.samples import picture, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return factories.make_user()


@pytest.fixture
def colleague(user):
    return factories.make_user(company=user.person.company)


@pytest.fixture(autouse=True)
def _people_open_their_own(monkeypatch):
    """Files on a person may be opened by that person."""
    monkeypatch.setitem(permissions.checks, Person, lambda user, person: user.person == person)


def store(user, content=samples.PDF, name="说明.pdf"):
    return actions.store(upload(content, name), organisation=user.organisation, by=user, now=NOW)


def opened():
    return [(event.actor, event.subject) for event in Event.objects.filter(verb="open_file")]


def test_document_is_offered_for_saving(client, user):
    stored = store(user)
    client.force_login(user)
    response = client.get(f"/files/{stored.uuid}/")
    assert b"".join(response.streaming_content) == samples.PDF
    assert response.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''%E8%AF%B4")
    assert (response.headers["Content-Type"], response.headers["X-Content-Type-Options"]) == (
        "application/pdf",
        "nosniff",
    )
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response.headers["Cache-Control"] == "private, no-cache"


def test_picture_is_shown(client, user):
    stored = store(user, picture("PNG"), "照片.png")
    client.force_login(user)
    response = client.get(f"/files/{stored.uuid}/")
    assert response.headers["Content-Type"] == "image/png"
    assert response.headers["Content-Disposition"].startswith("inline")


def test_text_is_served_as_plain_bytes(client, user):
    stored = store(user, b"a,b\n1,2\n", "表.csv")
    client.force_login(user)
    assert client.get(f"/files/{stored.uuid}/").headers["Content-Type"] == "application/octet-stream"


def test_opening_is_logged_and_asking_about_it_is_not(client, user):
    stored = store(user)
    client.force_login(user)
    assert client.head(f"/files/{stored.uuid}/").status_code == 200
    assert opened() == []
    client.get(f"/files/{stored.uuid}/")
    client.get(f"/files/{stored.uuid}/")
    assert opened() == [(user, stored), (user, stored)]


def test_file_that_hangs_on_nothing_is_its_uploaders(client, user, colleague):
    stored = store(user)
    client.force_login(colleague)
    assert client.get(f"/files/{stored.uuid}/").status_code == 404
    assert opened() == []


def test_attached_file_is_for_whoever_may_see_the_subject(client, user, colleague):
    stored = store(user)
    actions.attach(stored, colleague.person)
    client.force_login(colleague)
    assert client.get(f"/files/{stored.uuid}/").status_code == 200
    client.force_login(user)
    assert client.get(f"/files/{stored.uuid}/").status_code == 404


def test_file_on_a_thing_nobody_spoke_for_is_closed(client, user):
    stored = store(user)
    actions.attach(stored, user.person.company)
    client.force_login(user)
    assert client.get(f"/files/{stored.uuid}/").status_code == 404


def test_another_organisations_file_is_closed(client, user, monkeypatch):
    stranger = factories.make_user()
    monkeypatch.setitem(permissions.checks, Person, lambda _user, _person: True)
    stored = store(stranger)
    actions.attach(stored, stranger.person)
    client.force_login(user)
    assert client.get(f"/files/{stored.uuid}/").status_code == 404


def test_missing_file_is_not_found(client, user):
    stored = store(user)
    default_storage.delete(stored.content.name)
    client.force_login(user)
    assert client.get(f"/files/{stored.uuid}/").status_code == 404
    assert client.get(f"/files/{uuid.uuid4()}/").status_code == 404
    assert client.get("/files/../settings.py/").status_code == 404
    assert opened() == []


def test_nobody_opens_without_signing_in(client, user):
    response = client.get(f"/files/{store(user).uuid}/")
    assert (response.status_code, response.headers["Location"].split("?")[0]) == (302, "/accounts/login/")


def test_file_is_not_changed_by_a_post(client, user):
    client.force_login(user)
    assert client.post(f"/files/{store(user).uuid}/").status_code == 405
