"""Mail: at least once, with growing pauses, and never in the way of anything."""

import logging
import smtplib
import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection

from governance.notifications.actions import deliver, delivering
from governance.notifications.actions.seeing import open_notice
from governance.notifications.models import Delivery, Notice
from governance.notifications.tasks import deliver as deliver_task
from tests import factories
from tests.factories import NOW, make_person

pytestmark = pytest.mark.django_db
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


class BrokenBackend(EmailBackend):
    def send_messages(self, messages):
        raise smtplib.SMTPRecipientsRefused({message.to[0]: (550, b"no such user") for message in messages})


@pytest.fixture
def broken(settings):
    settings.EMAIL_BACKEND = f"{__name__}.BrokenBackend"


@pytest.fixture(autouse=True)
def _backend(settings, monkeypatch):
    monkeypatch.setattr(delivering, "get_connection", lambda: BACKENDS[settings.EMAIL_BACKEND.rsplit(".", 1)[-1]]())


BACKENDS = {"BrokenBackend": BrokenBackend, "EmailBackend": EmailBackend}


def rows():
    return [(row.state, row.attempts, row.next_try_at) for row in Delivery.objects.all()]


def test_mail_says_what_until_when_and_where(person, tell):
    tell(person)
    assert deliver(now=NOW + MINUTE) == 1
    [message] = mail.outbox
    assert (message.to, message.subject) == (["zhoumin@example.com"], "[Group governance] Please decide on “运营群”")
    assert message.body.startswith("Please decide on “运营群”\nDue 4 Mar 18:00.\n\nhttp://127.0.0.1:8000/jobs/\n")
    [row] = Delivery.objects.all()
    assert (row.state, row.sent_at, row.next_try_at) == (Delivery.State.SENT, NOW + MINUTE, None)


def test_mail_is_sent_once(person, tell):
    tell(person)
    assert [deliver(now=NOW), deliver(now=NOW), deliver(now=NOW + HOUR)] == [1, 0, 0]
    assert len(mail.outbox) == 1


def test_mail_is_in_the_readers_language(person, tell):
    chinese = make_person(company=person.company, email="hanxue@example.com")
    tell(person, chinese)
    deliver(now=NOW)
    assert {message.to[0]: "Please do not reply" in message.body for message in mail.outbox} == {
        "zhoumin@example.com": True,
        "hanxue@example.com": False,
    }


def test_mail_of_one_notice_has_one_name(person, tell):
    tell(person)
    deliver(now=NOW)
    Delivery.objects.update(state=Delivery.State.QUEUED, next_try_at=NOW)
    deliver(now=NOW)
    first, second = (message.extra_headers["Message-ID"] for message in mail.outbox)
    assert first == second


def test_title_with_line_breaks_writes_no_header(person, tell):
    tell(person, title="群\r\nBcc: all@example.com")
    deliver(now=NOW)
    assert mail.outbox[0].message()["Subject"] is not None
    assert mail.outbox[0].recipients() == ["zhoumin@example.com"]


@pytest.mark.parametrize("reason", ["seen", "left", "no address"])
def test_mail_that_is_not_needed_is_skipped(person, tell, reason):
    [notice] = tell(person)
    if reason == "seen":
        open_notice(notice, now=NOW)
    elif reason == "left":
        type(person).objects.filter(pk=person.pk).update(left_on="2026-03-01")
    else:
        type(person).objects.filter(pk=person.pk).update(email="")
    deliver(now=NOW)
    assert (rows(), mail.outbox) == ([(Delivery.State.SKIPPED, 1, None)], [])


@pytest.mark.usefixtures("broken")
def test_failed_mail_waits_longer_each_time_and_then_gives_up(person, tell, caplog):
    tell(person)
    now, pauses = NOW, []
    for _attempt in range(5):
        deliver(now=now)
        [(state, _attempts, next_try_at)] = rows()
        assert state == Delivery.State.QUEUED
        assert deliver(now=next_try_at - SECOND) == 0
        pauses.append(next_try_at - now)
        now = next_try_at
    assert pauses == [MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 12 * HOUR]
    deliver(now=now)
    assert rows() == [(Delivery.State.FAILED, 6, None)]
    assert Delivery.objects.get().complaint == "SMTPRecipientsRefused"
    assert "zhoumin" not in caplog.text


def test_one_bad_mail_stops_no_other(person, tell, monkeypatch, caplog):
    other = make_person(company=person.company, email="hanxue@example.com")
    tell(person, other)
    real = delivering.mail_for
    monkeypatch.setattr(delivering, "mail_for", lambda notice: 1 / 0 if notice.person == person else real(notice))
    with caplog.at_level(logging.WARNING):
        deliver(now=NOW)
    assert [message.to for message in mail.outbox] == [["hanxue@example.com"]]
    assert Delivery.objects.get(notice__person=person).complaint == "ZeroDivisionError"


def test_mail_of_a_worker_that_died_is_sent_after_its_lease(person, tell):
    tell(person)
    assert len(delivering.claim(NOW, 200)) == 1
    assert deliver(now=NOW + 9 * MINUTE) == 0
    assert deliver(now=NOW + 10 * MINUTE) == 1
    assert len(mail.outbox) == 1


def test_slow_server_gives_the_rest_back(person, tell, monkeypatch):
    other = make_person(company=person.company, email="hanxue@example.com")
    tell(person, other)
    clock = iter([0.0, 1.0, 301.0])
    monkeypatch.setattr(delivering.time, "monotonic", lambda: next(clock))
    deliver(now=NOW)
    assert sorted((row.state, row.attempts) for row in Delivery.objects.all()) == [("queued", 0), ("sent", 1)]
    monkeypatch.undo()
    assert Delivery.objects.get(state="queued").next_try_at == NOW


def test_outbox_after_a_long_outage_is_emptied_in_batches(person, tell, monkeypatch):
    tell(*[make_person(company=person.company, email=f"p{n}@example.com") for n in range(7)])
    monkeypatch.setattr("governance.notifications.tasks.BATCH", 3)
    assert deliver_task(now=NOW + timedelta(days=1)) == 7
    assert len({message.to[0] for message in mail.outbox}) == 7


def test_delivering_never_touches_the_notice(person, tell):
    [notice] = tell(person)
    deliver(now=NOW)
    assert Notice.objects.get().seen_at is None
    assert notice.deliveries.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_each_mail_once(monkeypatch):
    """Both claim at the same moment, from connections of their own."""
    from governance.notifications.actions import notify

    company = factories.make_company()
    people = [make_person(company=company, email=f"p{n}@example.com") for n in range(20)]
    notify(people, "task", people[0], now=NOW, key="k", path="/jobs/", title="群")
    start, claimed = threading.Barrier(2), []

    def work():
        try:
            start.wait()
            claimed.extend(row.pk for row in delivering.claim(NOW, 15))
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _n in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(claimed) == len(set(claimed))
    assert set(claimed) | {row.pk for row in delivering.claim(NOW, 99)} == set(
        Delivery.objects.values_list("pk", flat=True)
    )
