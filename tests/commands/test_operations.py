"""How the portal runs: what stopped shows within minutes, in words, with what to do; failed messages go out again."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from governance.audit.models import Event
from governance.audit.tasks import seal
from governance.commands import operations as page
from governance.commands import tasks
from governance.commands.models import LastRun
from governance.jobs.actions import start
from governance.jobs.models import Job
from governance.notifications.actions import notify, send_again, send_all_again
from governance.notifications.models import Delivery, Notice
from governance.schedule import BY_NAME, RUNNER, SCHEDULE
from governance.workflow import NotAllowed, WrongState
from tests.factories import make_holder, make_organisation, make_person, make_user

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 9, 4, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def hr():
    return make_holder(organisation=make_organisation(), code="hr_admin", language="en")


@pytest.fixture
def auditor(hr):
    return make_holder(organisation=hr.organisation, code="auditor", language="en")


def ran(name, at=NOON, **fields):
    LastRun.objects.create(name=name, started_at=at, ended_at=fields.pop("ended_at", at), **fields)


@pytest.fixture
def all_well():
    for name in ("scheduler", *BY_NAME):
        ran(name)


def parts(user, now):
    return {part.code: part for part in page.operations(user, {}, now=now).parts}


def ill(user, now):
    return sorted(code for code, part in parts(user, now).items() if not part.well)


def failed_delivery(person, number=1):
    notify([person], "circulated", person, now=NOON, key=f"test:{number}", path="/", by="", note="")
    notice = Notice.objects.get(key=f"test:{number}:{person.pk}")
    Delivery.objects.filter(notice=notice).update(
        state=Delivery.State.FAILED, next_try_at=None, attempts=6, complaint="SMTPRecipientsRefused"
    )
    return Delivery.objects.get(notice=notice)


def test_all_is_well(hr, all_well):
    seal(now=NOON)
    assert ill(hr, NOON + MINUTE) == []


def test_stopped_worker_shows_after_five_minutes(hr, all_well):
    now = NOON + 5 * MINUTE
    LastRun.objects.filter(name="scheduler").update(started_at=now)
    assert parts(hr, now - MINUTE)["worker"].well
    found = parts(hr, now)["worker"]
    assert not found.well
    assert found.says == "工作进程已有五分钟没有处理任何任务：通知、导入和导出都在等待。"
    assert parts(hr, now)["scheduler"].well


def test_stopped_scheduler_shows_and_the_worker_is_not_blamed(hr, all_well):
    found = parts(hr, NOON + 5 * MINUTE)
    assert not found["scheduler"].well
    assert found["worker"].says == "定时调度停止期间，工作进程收不到任务，因此无法判断其状态。"


def test_unreachable_queue_shows_at_once(hr, all_well, monkeypatch):
    monkeypatch.setattr(page, "broker_state", lambda: "degraded")
    assert not parts(hr, NOON)["worker"].well


def test_scheduler_leaves_word_when_it_sends_the_heartbeat(monkeypatch):
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)
    before = timezone.now()
    for name in ("sweep", "heartbeat"):
        tasks.before_task_publish.send(sender=RUNNER, body=((name,), {}, {}))
        assert LastRun.objects.filter(name="scheduler", started_at__gte=before).exists() is (name == "heartbeat")


def test_other_messages_are_no_word_of_the_scheduler():
    tasks.before_task_publish.send(sender="governance.jobs.tasks.run_job_row", body=((1,), {}, {}))
    assert not LastRun.objects.exists()


@pytest.mark.parametrize(
    ("name", "later", "well"),
    [
        ("heartbeat", 11 * MINUTE, True),
        ("heartbeat", 12 * MINUTE, False),
        ("sweep", 14 * MINUTE, True),
        ("sweep", 16 * MINUTE, False),
        ("verify-audit", timedelta(hours=15, minutes=29), True),
        ("verify-audit", timedelta(hours=15, minutes=31), False),
    ],
)
def test_job_that_missed_its_time_shows(name, later, well):
    run = LastRun(name=name, started_at=NOON, ended_at=NOON)
    assert page.line_of(BY_NAME[name], run, NOON + later).well is well


def test_failed_and_broken_off_jobs_show():
    failed = LastRun(name="sweep", started_at=NOON, ended_at=NOON, complaint="ValueError: 7")
    broken = LastRun(name="verify-audit", started_at=NOON)
    assert "ValueError: 7" in page.line_of(BY_NAME["sweep"], failed, NOON).says
    assert not page.line_of(BY_NAME["verify-audit"], broken, NOON + 11 * MINUTE).well
    assert page.line_of(BY_NAME["verify-audit"], broken, NOON + 9 * MINUTE).well


def test_every_job_of_the_schedule_has_a_name_for_the_page():
    assert set(page.NAMES) <= {job.name for job in SCHEDULE}


def test_messages_that_nobody_takes_show(hr, all_well):
    person = make_person(company=hr.person.company, email="a@example.com")
    notify([person], "circulated", person, now=NOON, key="test", path="/", by="", note="")
    assert parts(hr, NOON + 15 * MINUTE)["outbox"].well
    assert not parts(hr, NOON + 16 * MINUTE)["outbox"].well


def test_stuck_and_failed_work_shows_without_its_address_to_others(hr, auditor, all_well):
    start("register-export", by=hr, now=NOON)
    assert parts(auditor, NOON + 5 * MINUTE)["jobs"].well
    [work] = page.operations(auditor, {}, now=NOON + 7 * MINUTE).works
    assert (work.who, work.url) == (hr.name, "")
    [work] = page.operations(hr, {}, now=NOON + 7 * MINUTE).works
    assert work.url == Job.objects.get().get_absolute_url()


def test_unsealed_and_broken_log_show(hr, all_well):
    person = make_person(company=hr.person.company, email="a@example.com")
    send_again(failed_delivery(person), by=hr, now=NOON)
    seal(now=NOON)
    assert parts(hr, NOON)["seals"].well
    send_again(failed_delivery(person, 2), by=hr, now=NOON)
    assert parts(hr, NOON + 15 * MINUTE)["seals"].well
    assert not parts(hr, NOON + 16 * MINUTE)["seals"].well
    LastRun.objects.filter(name="verify-audit").update(result="2")
    assert "2" in parts(hr, NOON)["seals"].says


def test_page_shows_why_a_message_failed_and_sends_it_again(client, hr):
    delivery = failed_delivery(make_person(company=hr.person.company, name="钱多", email="a@example.com"))
    client.force_login(hr)
    said = client.get("/operations/").content.decode()
    assert "钱多" in said
    assert "The mail server does not know the address" in said
    assert client.post(f"/operations/deliveries/{delivery.pk}/send-again/").status_code == 302
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, delivery.complaint) == (Delivery.State.QUEUED, 0, "")
    assert Event.objects.filter(verb="send_again", actor=hr).count() == 1
    assert client.post(f"/operations/deliveries/{delivery.pk}/send-again/").status_code == 409
    assert Event.objects.filter(verb="send_again").count() == 1


def test_all_that_failed_goes_out_again_in_as_many_statements(hr, django_assert_num_queries):
    person = make_person(company=hr.person.company, email="a@example.com")
    other = make_person(email="b@example.com")
    kept = failed_delivery(other, 99)
    counts = []
    failed_delivery(person)
    send_all_again(by=hr, now=NOON)
    for size in (1, 3, 30):
        for number in range(size):
            failed_delivery(person, f"{size}-{number}")
        with django_assert_num_queries(5):
            counts.append(send_all_again(by=hr, now=NOON))
    kept.refresh_from_db()
    assert (counts, kept.state) == ([1, 3, 30], Delivery.State.FAILED)


def test_auditor_reads_and_sends_nothing(client, auditor):
    delivery = failed_delivery(make_person(company=auditor.person.company, email="a@example.com"))
    client.force_login(auditor)
    assert "send-again" not in client.get("/operations/").content.decode()
    with pytest.raises(NotAllowed):
        send_again(delivery, by=auditor, now=NOON)


def test_second_sending_writes_nothing(hr):
    delivery = failed_delivery(make_person(company=hr.person.company, email="a@example.com"))
    send_again(delivery, by=hr, now=NOON)
    with pytest.raises(WrongState):
        send_again(delivery, by=hr, now=NOON)


def test_page_costs_the_same_for_any_number(client, hr, django_assert_num_queries):
    client.force_login(hr)
    person = make_person(company=hr.person.company, email="a@example.com")
    client.get("/operations/")
    for size in (1, 3, 300):
        for number in range(size):
            failed_delivery(person, f"{size}-{number}")
        with django_assert_num_queries(12):
            client.get("/operations/")


def test_link_stands_where_it_is_of_use(client, hr):
    for user, shown in ((hr, True), (make_user(company=hr.person.company), False)):
        client.force_login(user)
        assert ('href="/operations/"' in client.get("/").content.decode()) is shown
