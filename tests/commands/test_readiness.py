"""/healthz and /readyz: who may ask (anybody), what is told, and what takes a server out of service."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

from governance import readiness
from governance.commands.models import LastRun
from governance.jobs.actions import start
from governance.jobs.models import Job
from governance.notifications.actions import notify
from governance.notifications.models import Delivery
from tests.conftest import TEST_REDIS_URL
from tests.factories import NOW, make_person, make_user

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
        "numbers": {
            "scheduler_seconds_ago": 0,
            "worker_seconds_ago": 0,
            "sweep_seconds_ago": None,
            "sealing_seconds_ago": None,
            "scheduled_jobs_failed": 0,
            "messages_waiting": 0,
            "messages_overdue_seconds": None,
            "messages_failed": 0,
            "work_waiting": 0,
            "work_running": 0,
            "work_stuck": 0,
            "work_failed": 0,
        },
        "thresholds": readiness.THRESHOLDS,
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
        "numbers": None,
        "thresholds": readiness.THRESHOLDS,
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
    caches["process"].clear()
    with django_assert_num_queries(6):
        readiness.readiness(now=NOW)
    with django_assert_num_queries(3):  # the numbers are remembered for ten seconds: anybody may ask
        readiness.readiness(now=NOW)


def test_numbers_say_what_waits_and_what_failed():
    person = make_person(email="a@example.com")
    for number in range(3):
        notify([person], "circulated", person, now=NOW, key=f"test:{number}", path="/", by="", note="")
    Delivery.objects.filter(notice__key__startswith="test:2").update(state=Delivery.State.FAILED, next_try_at=None)
    user = make_user(company=person.company)
    start("register-export", by=user, now=NOW)
    failed = start("register-export", by=user, now=NOW)
    Job.objects.filter(pk=failed.pk).update(state=Job.State.FAILED, ended_at=NOW)
    LastRun.objects.create(name="sweep", started_at=NOW, complaint="ValueError: 7")
    found = readiness.readiness(now=NOW + timedelta(minutes=10))["numbers"]
    assert found | {"scheduler_seconds_ago": 0, "worker_seconds_ago": 0} == {
        "scheduler_seconds_ago": 0,
        "worker_seconds_ago": 0,
        "sweep_seconds_ago": 600,
        "sealing_seconds_ago": None,
        "scheduled_jobs_failed": 1,
        "messages_waiting": 2,
        "messages_overdue_seconds": 600,
        "messages_failed": 1,
        "work_waiting": 1,
        "work_running": 0,
        "work_stuck": 1,
        "work_failed": 1,
    }


def test_answer_holds_numbers_and_words_only(client):
    """Whoever asks is nobody: no names, no addresses, no versions."""
    make_user(name="段小雨")
    said = client.get("/readyz").json()
    assert set(said) == {
        *("ready", "database", "migrations", "broker", "scheduler", "jobs", "numbers", "thresholds")
    }
    assert all(value is None or isinstance(value, int) for value in said["numbers"].values())
    assert set(said["thresholds"]) <= set(said["numbers"])
