"""How many statements a submission and its approval ask, through the pages: DESIGN.md section 7, at most 35 for both."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from governance.directory.models import Person
from governance.duties.models import Duty, Nudge
from governance.notifications.models import Delivery
from groups.models import CreationRequest, Group
from tests.factories import NOW, make_creation_request, make_group_company

AT_MOST = {"postgresql": 35, "sqlite": 37}  # SQLite takes two statements to write notices and their mails
FRAMES = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")  # of a transaction

pytestmark = pytest.mark.django_db


def statements_of(client, name, request, said):
    """What one click asks, session and user included."""
    with CaptureQueriesContext(connection) as captured:
        answer = client.post(reverse(name, args=[request.pk]), said)
        assert answer.status_code == 302
        return [query["sql"] for query in captured if not query["sql"].startswith(FRAMES)]


@pytest.fixture
def world(monkeypatch):
    """Everybody has an address, so that every message also goes by mail."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    world = make_group_company()
    ContentType.objects.get_for_models(CreationRequest, Group, Duty, Nudge)  # a running process knows them
    for person in Person.objects.all():
        Person.objects.filter(pk=person.pk).update(email=f"p{person.pk}@example.com")
    return world


@pytest.mark.parametrize("group_type", ["marketing_platform", "executive_group", "headquarters_group"])
def test_submission_and_approval_ask_few_statements(client, world, group_type):
    request = make_creation_request(world=world, group_type=group_type, at=CreationRequest.State.DRAFT, now=NOW)
    client.force_login(request.submitter.user)
    submitting = statements_of(client, "creation_request_submit", request, {})
    request.refresh_from_db()
    step = request.steps.get()
    client.force_login(step.office.tenures.get().person.user)
    approving = statements_of(client, "creation_request_approve", request, {"opinion": "同意。"})
    assert Group.objects.filter(creation_request=request).exists()
    assert Delivery.objects.filter(notice__created_at=NOW).count() >= 3
    asked = [*submitting, "--", *approving]
    assert len(asked) - 1 <= AT_MOST[connection.vendor], "\n".join(sql[:200] for sql in asked)
