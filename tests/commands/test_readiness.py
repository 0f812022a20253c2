"""/healthz and /readyz: who may ask (anybody), what is told, and what takes a server out of service."""

from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

from governance import readiness
from governance.commands.models import LastRun
from tests.conftest import TEST_REDIS_URL
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh(monkeypatch):
    monkeypatch.setattr(readiness, "_migrated", set())


def test_probe_needs_no_host_and_no_sign_in(client):
    for path in ("/healthz", "/readyz"):
        response = client.get(path, headers={"host": "10.0.0.7"})
        assert response.status_code == 200
        assert "Set-Cookie" not in response.headers


def test_all_is_well(client, monkeypatch):
    LastRun.objects.create(name="heartbeat", started_at=NOW)
    LastRun.objects.create(name="scheduler", started_at=NOW)
    assert readiness.readiness(now=NOW) == {
        "ready": True,
        "database": "ok",
        "migrations": "ok",
        "broker": "ok",
        "scheduler": "ok",
        "jobs": "ok",
    }


def test_missing_migration_takes_it_out_of_service(client):
    MigrationRecorder.Migration.objects.filter(app="commands").delete()
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["migrations"] == "missing"


def test_dead_database_takes_it_out_of_service(client, monkeypatch):
    def refuse():
        raise OperationalError("no connection")

    monkeypatch.setattr(connection, "cursor", refuse)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {
        "ready": False,
        "database": "unreachable",
        "migrations": "unknown",
        "broker": "ok",
        "scheduler": "unknown",
        "jobs": "unknown",
    }


def test_dead_broker_is_told_and_pages_go_on(client, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    response = client.get("/readyz")
    assert response.status_code == 200
    assert (response.json()["ready"], response.json()["broker"]) == (True, "degraded")


def test_missing_broker_folder_is_told(client, settings, tmp_path):
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {"data_folder_in": tmp_path / "nowhere"}
    assert client.get("/readyz").json()["broker"] == "degraded"


@pytest.mark.redis
def test_living_redis_is_well(settings):
    settings.REDIS_URL = TEST_REDIS_URL
    assert readiness.broker_state() == "ok"


@pytest.mark.parametrize(("minutes", "state"), [(0, "ok"), (4, "ok"), (5, "silent"), (600, "silent")])
def test_jobs_are_silent_after_five_minutes_without_a_heartbeat(minutes, state):
    LastRun.objects.create(name="heartbeat", started_at=NOW)
    assert readiness.jobs_state(NOW + timedelta(minutes=minutes)) == state


@pytest.mark.parametrize(("minutes", "state"), [(0, "ok"), (4, "ok"), (5, "silent"), (600, "silent")])
def test_scheduler_is_silent_after_five_minutes_without_a_word(minutes, state):
    LastRun.objects.create(name="scheduler", started_at=NOW)
    assert readiness.scheduler_state(NOW + timedelta(minutes=minutes)) == state


def test_jobs_are_silent_before_the_first_heartbeat():
    assert readiness.jobs_state(NOW) == "silent"


def test_migrations_are_read_once_in_a_process(django_assert_num_queries):
    readiness.readiness(now=NOW)
    with django_assert_num_queries(3):
        readiness.readiness(now=NOW)
