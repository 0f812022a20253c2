"""One's own work: how far it is, and what came of it."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from governance.files.actions import store
from governance.jobs import actions
from governance.jobs.models import Job
from governance.jobs.queries import sentence_of, shown_job
from tests import factories
from tests.factories import NOW
from tests.files.samples import upload

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture
def job(user):
    return actions.start("count", by=user, now=NOW)


def at(job, **fields):
    Job.objects.filter(pk=job.pk).update(**fields)
    job.refresh_from_db()
    return job


def page(client, job, *, htmx=False):
    with time_machine.travel(NOW + SECOND, tick=False):
        return client.get(job.get_absolute_url(), headers={"HX-Request": "true"} if htmx else {})


def test_job_page_of_the_starter(client, user, job):
    client.force_login(user)
    response = page(client, at(job, state="running", done_count=5, total_count=10))
    assert response.status_code == 200
    assert "5 of 10 are done." in response.content.decode()
    assert 'value="5" max="10"' in response.content.decode()


def test_job_page_polls_until_the_end(client, user, job):
    client.force_login(user)
    fragment = page(client, job, htmx=True).content.decode()
    assert 'hx-trigger="every 2s"' in fragment
    assert "<html" not in fragment
    ended = page(client, at(job, state="done", ended_at=NOW), htmx=True).content.decode()
    assert "hx-trigger" not in ended
    assert "This is done." in ended


def test_job_page_leads_to_the_result(client, user, job, work):
    work(None, title="Count the rows", link=lambda job: ("/people/", "Look at the people"))
    client.force_login(user)
    assert "/people/" not in page(client, job).content.decode()
    assert (
        '<a class="btn btn-primary" href="/people/">Look at the people</a>'
        in page(client, at(job, state="done", ended_at=NOW)).content.decode()
    )


def test_job_page_offers_the_file_it_wrote(client, user, job, work):
    def write(job, _progress):
        job.output = store(upload(), organisation=user.organisation, by=user, now=NOW)

    work(write)
    actions.run(job.pk, now=NOW)
    job.refresh_from_db()
    client.force_login(user)
    assert f'href="/files/{job.output.uuid}/"' in page(client, job).content.decode()
    assert client.get(job.output.get_absolute_url()).status_code == 200
    client.force_login(factories.make_user(company=user.person.company))
    assert client.get(job.output.get_absolute_url()).status_code == 404


def test_another_persons_job_is_not_found(client, user, job):
    client.force_login(factories.make_user(company=user.person.company))
    assert page(client, job).status_code == 404
    assert client.get("/jobs/").context["shown_jobs"] == []


@pytest.mark.parametrize(
    ("fields", "seconds", "sentence"),
    [
        ({}, 60, "This waits for its turn"),
        ({}, 61, "Nobody has taken this up for over a minute"),
        ({"state": "running"}, 600, "The work is under way."),
        ({"state": "running", "total_count": 9, "done_count": 4}, 600, "4 of 9 are done."),
        ({"state": "done"}, 600, "This is done."),
        ({"state": "failed", "complaint": "Row 3 has no name."}, 600, "Row 3 has no name."),
    ],
)
def test_sentence_says_what_is_happening(job, fields, seconds, sentence):
    with translation.override("en"):
        assert sentence_of(at(job, **fields), now=NOW + seconds * SECOND).startswith(sentence)


def test_job_list_costs_the_same_for_one_and_for_many(client, user, work):
    work(None, title="Count the rows")
    client.force_login(user)
    assert "Nothing here yet" in client.get("/jobs/").content.decode()
    actions.start("count", by=user, now=NOW)
    counts = []
    for _more in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get("/jobs/")
        counts.append(len(queries))
        for _n in range(60):
            actions.start("count", by=user, now=NOW)
    assert counts[0] == counts[1]
    assert len(client.get("/jobs/").context["shown_jobs"]) == 50


def test_job_of_a_forgotten_kind_has_a_page(client, user):
    job = actions.start("forgotten", by=user, now=NOW)
    client.force_login(user)
    assert page(client, job).status_code == 200
    assert shown_job(job, now=NOW).result_url == ""
