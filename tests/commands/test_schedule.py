"""The schedule: every entry can run, expires, and leaves word of how it went."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from celery.schedules import crontab
from django.core.management import CommandError, call_command
from django.utils.module_loading import import_string

from governance import celery_app, schedule
from governance.commands import tasks
from governance.commands.models import LastRun
from governance.schedule import BY_NAME, SCHEDULE, ScheduledJob, beat_entries
from tests.factories import NOW

NOON_IN_SHANGHAI = datetime(2026, 3, 9, 4, 0, tzinfo=UTC)


@pytest.mark.parametrize("job", SCHEDULE, ids=lambda job: job.name)
def test_every_job_can_be_imported_and_says_why_it_runs_then(job):
    assert callable(import_string(job.task))
    assert job.reason


@pytest.mark.parametrize("job", SCHEDULE, ids=lambda job: job.name)
def test_every_message_expires_before_the_next_one_comes(job):
    period = timedelta(days=1) if isinstance(job.when, crontab) else job.when
    assert 0 < job.expires < period.total_seconds()


def test_beat_sends_every_job_to_the_one_runner():
    assert celery_app.conf.beat_schedule == beat_entries()
    assert {entry["task"] for entry in beat_entries().values()} == {tasks.run_scheduled.name}
    assert {entry["args"] for entry in beat_entries().values()} == {(job.name,) for job in SCHEDULE}


def test_no_name_stands_twice():
    assert len(BY_NAME) == len(SCHEDULE)


@pytest.mark.django_db
@pytest.mark.parametrize("job", SCHEDULE, ids=lambda job: job.name)
def test_every_job_runs_on_an_empty_database_twice(job):
    tasks.run(job.name, now=NOW)
    tasks.run(job.name, now=NOW)
    last = LastRun.objects.get(name=job.name)
    assert last.ended_at >= last.started_at
    assert last.complaint == ""


seen = []


def a_task(*, now):
    seen.append(now)
    return 7


def a_task_without_time():
    return None


def a_failing_task(*, now):
    raise ValueError("寄不出去" * 100)


@pytest.fixture
def planted(monkeypatch):
    def plant(task):
        job = ScheduledJob("planted", f"{__name__}.{task.__name__}", schedule.every(60), expires=50, reason="-")
        monkeypatch.setitem(BY_NAME, "planted", job)
        monkeypatch.setattr(tasks, "import_string", lambda _path: task)

    return plant


@pytest.mark.django_db
def test_job_hears_the_moment_and_its_result_is_kept(planted):
    planted(a_task)
    assert tasks.run("planted", now=NOW) == 7
    assert seen.pop() == NOW
    assert LastRun.objects.get(name="planted").result == "7"


@pytest.mark.django_db
def test_job_that_asks_for_no_time_gets_none(planted):
    planted(a_task_without_time)
    assert tasks.run("planted", now=NOW) is None


@pytest.mark.django_db
def test_failure_is_written_down_and_goes_on_to_the_caller(planted):
    planted(a_failing_task)
    with pytest.raises(ValueError, match="寄不出去"):
        tasks.run("planted", now=NOW)
    last = LastRun.objects.get(name="planted")
    assert last.complaint.startswith("ValueError: 寄不出去")
    assert len(last.complaint) == 300
    assert last.ended_at is not None


@pytest.mark.django_db
def test_run_job_takes_noon_of_the_day(planted):
    planted(a_task)
    said = StringIO()
    call_command("run_job", "planted", "--on", "2026-03-09", stdout=said)
    assert seen.pop() == NOON_IN_SHANGHAI
    assert said.getvalue() == "planted: 7\n"


@pytest.mark.django_db
def test_run_job_with_an_unknown_name_lists_the_known_ones():
    with pytest.raises(CommandError, match="There is no job “nope”. Jobs: heartbeat, "):
        call_command("run_job", "nope")
    assert not LastRun.objects.exists()


def test_run_job_with_an_impossible_day_is_refused():
    with pytest.raises(CommandError, match="invalid day value"):
        call_command("run_job", "heartbeat", "--on", "2026-02-30")
