"""Long work: started once, run by one worker, found again when a message or a worker is lost."""

import threading
from contextlib import suppress
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from governance.files.actions import attach, store
from governance.files.models import StoredFile
from governance.jobs import actions
from governance.jobs.actions import starting
from governance.jobs.models import Job
from governance.jobs.progress import JobLost, Progress
from governance.jobs.registry import JobRefused
from tests.factories import NOW
from tests.files.samples import upload

pytestmark = pytest.mark.django_db
SECOND, MINUTE, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(days=1)


def start(user, **options):
    return actions.start("count", by=user, now=NOW, **options)


def run(job, now=NOW):
    found = actions.run(job.pk, now=now)
    job.refresh_from_db()
    return found


def fail(_job, _progress):
    raise RuntimeError("a secret about somebody")


# --- starting ---------------------------------------------------------------------------------------------------------
def test_start_asks_a_worker_after_the_commit(user, sent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        job = start(user, arguments={"rows": 3})
        assert sent == []
    assert sent == [job.pk]
    assert (job.state, job.arguments, job.organisation) == (Job.State.QUEUED, {"rows": 3}, user.organisation)


def test_start_undone_leaves_no_job_and_no_message(user, sent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), suppress(RuntimeError), transaction.atomic():
        start(user)
        raise RuntimeError
    assert (Job.objects.count(), sent) == (0, [])


def test_start_without_a_broker_is_found_by_the_tick(user, sent, monkeypatch, django_capture_on_commit_callbacks):
    def unreachable(*_args, **_options):
        raise OSError("no route to the broker")

    with monkeypatch.context() as broken:
        broken.setattr(starting.current_app, "signature", unreachable)
        with django_capture_on_commit_callbacks(execute=True):
            job = start(user)
    assert actions.sweep(now=NOW + 29 * SECOND) == 0
    assert actions.sweep(now=NOW + 30 * SECOND) == 1
    assert sent == [job.pk]


# --- running ----------------------------------------------------------------------------------------------------------
def test_run_keeps_the_result(user, work):
    work(lambda job, progress: {"counted": job.arguments["rows"], "language": get_language()})
    job = start(user, arguments={"rows": 3})
    assert run(job)
    assert (job.state, job.result, job.complaint) == (Job.State.DONE, {"counted": 3, "language": "en"}, "")
    assert job.ended_at is not None


def test_run_is_done_once(user, work):
    runs = []
    work(lambda job, progress: runs.append(job.pk))
    job = start(user)
    assert [run(job), run(job)] == [True, False]
    assert runs == [job.pk]


def test_second_worker_finds_the_job_taken(user, work):
    job, seen = start(user), []
    work(lambda job, progress: seen.append(actions.run(job.pk, now=NOW)))
    run(job)
    assert seen == [False]


def test_worker_that_comes_second_between_looking_and_taking_does_nothing(user, work):
    """As on PostgreSQL, where two workers may both have read that the job waits."""
    job, runs, quicker = start(user), [], iter([True])
    work(lambda job, progress: runs.append(job.pk))

    def other_worker(execute, sql, params, many, context):
        if sql.startswith("UPDATE") and next(quicker, False):
            Job.objects.filter(pk=job.pk).update(state=Job.State.RUNNING, attempts=1)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(other_worker):
        assert run(job) is False
    assert (runs, job.state, job.attempts) == ([], Job.State.RUNNING, 1)


def test_run_of_a_missing_job_does_nothing():
    assert actions.run(404, now=NOW) is False


def test_refused_work_says_why_and_is_not_tried_again(user, work, sent):
    def refuse(_job, _progress):
        raise JobRefused(_("The file is empty."))

    work(refuse)
    job = start(user)
    run(job)
    assert (job.state, job.complaint, job.attempts) == (Job.State.FAILED, "The file is empty.", 1)
    assert actions.sweep(now=NOW + DAY) == 0


def test_failing_work_is_tried_three_times(user, work, sent):
    work(fail)
    job, states = start(user), []
    for _attempt in range(4):
        run(job)
        states.append((job.state, job.attempts))
    assert states == [("queued", 1), ("queued", 2), ("failed", 3), ("failed", 3)]
    assert job.complaint.startswith("This did not work, tried three times.")
    assert "secret" not in job.complaint


def test_failed_attempt_waits_for_the_tick(user, work, sent):
    work(fail)
    job = start(user)
    run(job)
    assert actions.sweep(now=job.heartbeat_at + 29 * SECOND) == 0
    assert actions.sweep(now=job.heartbeat_at + 30 * SECOND) == 1
    assert sent == [job.pk]


def test_unknown_kind_fails_with_a_sentence(user):
    job = actions.start("forgotten", by=user, now=NOW)
    run(job)
    assert (job.state, job.complaint) == (Job.State.FAILED, "This kind of work no longer exists.")


# --- lost workers -----------------------------------------------------------------------------------------------------
def test_silent_worker_loses_the_job(user, work, sent):
    job = start(user)
    Job.objects.filter(pk=job.pk).update(state=Job.State.RUNNING, attempts=1, heartbeat_at=NOW)
    assert actions.sweep(now=NOW + 5 * MINUTE) == 0
    assert actions.sweep(now=NOW + 5 * MINUTE + SECOND) == 1
    work(lambda job, progress: {"by": "the second worker"})
    run(job)
    assert (job.state, job.attempts, job.result) == (Job.State.DONE, 2, {"by": "the second worker"})


def test_job_that_kills_its_worker_fails_after_three_times(user, sent):
    job = start(user)
    Job.objects.filter(pk=job.pk).update(state=Job.State.RUNNING, attempts=3, heartbeat_at=NOW)
    assert actions.sweep(now=NOW + 6 * MINUTE) == 0
    job.refresh_from_db()
    assert (job.state, job.ended_at, sent) == (Job.State.FAILED, NOW + 6 * MINUTE, [])
    assert job.complaint.startswith("This did not work")


def test_worker_that_lost_its_job_writes_nothing(user, work, sent):
    """The first worker was only slow: it comes to its end after another has taken the job over."""
    job = start(user)

    def slow(_job, progress):
        Job.objects.filter(pk=job.pk).update(attempts=2, done_count=7)
        with transaction.atomic():
            StoredFile.objects.update(name="written by the slow one")
            progress.hold()

    stored = store(upload(), organisation=user.organisation, by=user, now=NOW)
    work(slow)
    run(job)
    stored.refresh_from_db()
    assert (job.state, job.attempts, job.done_count, stored.name) == (Job.State.RUNNING, 2, 7, "说明.pdf")


def test_sweep_twice_runs_the_work_once(user, work, sent):
    runs = []
    work(lambda job, progress: runs.append(job.pk))
    job = start(user)
    actions.sweep(now=NOW + MINUTE)
    actions.sweep(now=NOW + MINUTE)
    assert sent == [job.pk, job.pk]
    for job_id in sent:
        actions.run(job_id, now=NOW)
    assert runs == [job.pk]


# --- progress ---------------------------------------------------------------------------------------------------------
def test_progress_is_saved_at_most_once_a_second_and_at_the_end(user, django_assert_num_queries):
    job = start(user)
    Job.objects.filter(pk=job.pk).update(state=Job.State.RUNNING)
    progress = Progress(job, clock=lambda: NOW + MINUTE)
    with django_assert_num_queries(2):
        for done in range(1, 1001):
            progress(done, 1000)
    job.refresh_from_db()
    assert (job.done_count, job.total_count, job.heartbeat_at) == (1000, 1000, NOW + MINUTE)


def test_progress_of_a_lost_job_stops_the_work(user):
    progress = Progress(start(user))
    with pytest.raises(JobLost):
        progress(1, 2)


# --- files ------------------------------------------------------------------------------------------------------------
def test_files_of_a_job_are_its_starters_for_thirty_days(user, work, django_capture_on_commit_callbacks):
    keep = partial(store, upload(), organisation=user.organisation, by=user, now=NOW)

    def write(job, _progress):
        job.output = keep()

    work(write)
    job = start(user, input=keep())
    run(job)
    assert [(file.purpose, file.subject) for file in job.output.attachments.all()] == [("output", job)]
    assert [file.purpose for file in job.input.attachments.all()] == ["input"]
    assert actions.purge_finished(now=job.ended_at + 30 * DAY) == 0
    assert actions.purge_finished(now=job.ended_at + 31 * DAY) == 1
    job.refresh_from_db()
    assert (job.input, job.output, StoredFile.objects.count()) == (None, None, 0)
    assert actions.purge_finished(now=job.ended_at + 31 * DAY) == 0


def test_file_that_hangs_on_something_else_outlives_the_job(user, work):
    work(lambda job, progress: None)
    kept = store(upload(), organisation=user.organisation, by=user, now=NOW)
    attach(kept, user.person)
    job = start(user, input=kept)
    run(job)
    actions.purge_finished(now=job.ended_at + 31 * DAY)
    assert list(StoredFile.objects.all()) == [kept]


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_do_the_work_once(user, work):
    runs, begin = [], threading.Barrier(2)
    work(lambda job, progress: runs.append(job.attempts))
    job = start(user)

    def worker():
        try:
            begin.wait()
            actions.run(job.pk, now=NOW)
        finally:
            connection.close()

    workers = [threading.Thread(target=worker) for _n in range(2)]
    for thread in workers:
        thread.start()
    for thread in workers:
        thread.join()
    assert runs == [1]
