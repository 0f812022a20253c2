"""The sweep: who is told what on which day, once, whatever happens in between."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from governance.calendar.models import CalendarDay, WorkCalendar
from governance.directory.actions import end_tenure
from governance.duties import actions, kinds
from governance.duties.actions import sweep
from governance.duties.actions.handing_over import Clock
from governance.duties.kinds import DutyKind
from governance.duties.models import Duty, Reminder
from governance.notifications.models import Delivery, Notice
from governance.notifications.wordings import text_of, wordings
from tests import factories

pytestmark = pytest.mark.django_db
SHANGHAI = ZoneInfo("Asia/Shanghai")


def march(day, hour=9, minute=5):
    """Mondays are the 2nd, 9th, 16th, 23rd and 30th; no holiday in the month."""
    return datetime(2026, 3, day, hour, minute, tzinfo=SHANGHAI)


@pytest.fixture(autouse=True)
def _kind(monkeypatch):
    monkeypatch.setattr(kinds, "kinds", {})
    monkeypatch.setitem(wordings, "duty-decide", None)
    kinds.register(DutyKind("decide", "to decide", "Decide", "Please decide on “%(title)s”"))
    with translation.override("en"):
        yield


@pytest.fixture
def world():
    """The president decides, the President's Office reminds him; HR has what nobody holds."""
    organisation = factories.make_organisation()
    company = factories.make_company(organisation=organisation)
    found = SimpleNamespace(organisation=organisation, company=company)
    for code, name, who in (
        ("president", "总裁", "陈国栋"),
        ("presidents_office", "总裁办", "许明哲"),
        ("hr_admin", "行政人事部", "周敏"),
    ):
        user = factories.make_holder(
            organisation=organisation, code=code, office_name=name, name=who, language="en", email=f"{code}@example.com"
        )
        setattr(found, code, user.person)
        setattr(found, f"{code}_office", user.person.tenures.get().office)
    return found


def open_duty(world, name="财务群", *, ladder="approval", days=2, opened=None, to=None, **fields):
    """A duty on a person who stands for anything."""
    subject = factories.make_person(company=world.company, name=name)
    duty = actions.hand_over(
        subject,
        "decide",
        to=to or world.president_office,
        now=opened or march(2),
        clock=Clock(days=days, ladder=ladder, tells={"nudging": world.presidents_office_office}),
        fallback=world.hr_admin_office,
        path=f"/people/{subject.pk}/",
        **fields,
    )
    Notice.objects.filter(key__startswith=f"duty:{duty.pk}:").delete()
    return duty


def told():
    """Everything told by the sweep so far: (day, receiver, kind, number of matters), in order."""
    found = Notice.objects.exclude(kind="duty-decide").order_by("created_at", "person__name", "pk")
    return [
        (row.created_at.astimezone(SHANGHAI).day, row.person.name, row.kind, row.parameters.get("count", 1))
        for row in found.select_related("person")
    ]


def sweep_days(*days):
    for day in days:
        sweep(now=march(day))


# --- the days -----------------------------------------------------------------------------------------------------------
def test_approver_is_reminded_twice_and_then_his_office_is_told(world):
    open_duty(world)
    sweep_days(*range(2, 19))
    assert told() == [
        (3, "陈国栋", "digest", 1),
        (4, "陈国栋", "digest", 1),
        (5, "许明哲", "duty-overdue", 1),
        (10, "许明哲", "duty-overdue", 1),
        (13, "许明哲", "duty-overdue", 1),
        (18, "许明哲", "duty-overdue", 1),
    ]


def test_words_to_the_one_who_has_it_and_to_the_one_who_reminds(world):
    open_duty(world)
    sweep_days(3, 4, 5)
    digest, _second, overdue = Notice.objects.order_by("pk")
    assert text_of(digest) == (
        "Reminder of today: one matter waits",
        "· Please decide on “财务群” Due 4 Mar 18:00 (provisional).",
    )
    assert text_of(overdue) == ("“财务群” still waits with 总裁 (since 2 Mar 09:05).", "Due 4 Mar 18:00 (provisional).")
    assert digest.path == "/"
    assert overdue.path == Duty.objects.get().path
    assert [(row.state, row.next_try_at) for row in Delivery.objects.order_by("pk")] == [
        ("queued", march(3)),
        ("queued", march(4)),
        ("queued", march(5)),
    ]


def test_who_has_finished_hears_nothing_more(world):
    duty = open_duty(world)
    sweep_days(3)
    actions.close(duty.subject, by=None, now=march(3, 15))
    sweep_days(*range(4, 20))
    assert told() == [(3, "陈国栋", "digest", 1)]


def test_what_is_done_before_the_reader_works_is_never_told(world):
    """Reached on a Saturday that only the duty's company works; done before the reader comes on Monday."""
    six_days = WorkCalendar.objects.create(organisation=world.organisation, name="单休", weekdays="1111110")
    duty = open_duty(world, opened=march(6), calendar_id=six_days.pk)
    sweep_days(7)
    assert (told(), Reminder.objects.count()) == ([], 1)
    actions.close(duty.subject, by=None, now=march(8))
    sweep_days(9)
    assert (told(), Reminder.objects.count()) == ([], 0)


def test_reader_hears_in_his_own_working_time(world):
    six_days = WorkCalendar.objects.create(organisation=world.organisation, name="单休", weekdays="1111110")
    open_duty(world, opened=march(6), calendar_id=six_days.pk)
    sweep_days(7, 8, 9)
    assert told() == [(9, "陈国栋", "digest", 1)]
    assert [(row.rung, row.reached_on.day) for row in Reminder.objects.order_by("pk")] == [
        ("holder-opened-1", 7),
        ("holder-opened-2", 9),
    ]


@pytest.mark.parametrize("at", [(8, 59), (18, 0), (23, 59), (0, 0)])
def test_outside_working_hours_nothing_is_told_and_nothing_is_lost(world, at):
    open_duty(world)
    sweep(now=march(3, *at))
    assert (told(), Reminder.objects.count()) == ([], 0)
    sweep(now=march(4, 17, 59))
    assert told() == [(4, "陈国栋", "digest", 1)]


def test_holiday_and_make_up_day_of_the_calendar_count(world):
    calendar = WorkCalendar.objects.create(organisation=world.organisation, name="标准", is_default=True)
    CalendarDay.objects.create(calendar=calendar, on=date(2026, 3, 3), is_working=False)
    CalendarDay.objects.create(calendar=calendar, on=date(2026, 3, 7), is_working=True)
    open_duty(world)
    sweep_days(*range(2, 12))
    assert [(day, who) for day, who, *_ in told()] == [(4, "陈国栋"), (5, "陈国栋"), (6, "许明哲"), (10, "许明哲")]


# --- once ---------------------------------------------------------------------------------------------------------------
def test_same_day_again_writes_nothing(world):
    open_duty(world)
    sweep_days(3)
    before = told(), Reminder.objects.count(), Delivery.objects.count()
    for hour in (9, 10, 17):
        assert sweep(now=march(3, hour, 30)) == 0
    assert (told(), Reminder.objects.count(), Delivery.objects.count()) == before




def test_outage_of_a_week_is_made_up_for_without_a_burst(world):
    open_duty(world)
    open_duty(world, "运营群", ladder="designation", to=world.hr_admin_office)
    sweep_days(10, 11, 12, 13)
    assert told() == [
        (10, "周敏", "digest", 1),
        (10, "许明哲", "duty-overdue", 1),
        (10, "陈国栋", "digest", 1),
        (11, "周敏", "digest", 1),
        (12, "周敏", "digest", 1),
        (13, "周敏", "digest", 1),
        (13, "许明哲", "duty-overdue", 1),
    ]


def test_second_thing_of_the_day_waits_for_tomorrows_digest(world):
    open_duty(world)
    sweep_days(3)
    open_duty(world, "运营群", opened=march(2))
    sweep(now=march(3, 14))
    assert told() == [(3, "陈国栋", "digest", 1)]
    sweep_days(4)
    assert told()[1:] == [(4, "陈国栋", "digest", 2)]


def test_many_reminders_are_one_message_with_a_hundred_lines(world):
    for number in range(130):
        open_duty(world, f"群{number:03}")
    sweep_days(3)
    assert told() == [(3, "陈国栋", "digest", 130)]
    notice = Notice.objects.get()
    title, body = text_of(notice)
    lines = body.splitlines()
    assert title == "Reminder of today: 130 matters wait"
    assert (len(lines), lines[0], lines[99], lines[100]) == (
        101,
        "· Please decide on “群000” Due 4 Mar 18:00 (provisional).",
        "· Please decide on “群099” Due 4 Mar 18:00 (provisional).",
        "and 30 more.",
    )
    assert Delivery.objects.count() == 1
    assert Reminder.objects.filter(notice=notice).count() == 130


def test_digest_is_in_the_readers_language(world):
    world.presidents_office.user.language = "zh-hans"
    world.presidents_office.user.save()
    open_duty(world, ladder="designation")
    Duty.objects.update(tells={"above": f"office:{world.presidents_office_office.pk}"})
    sweep_days(6)
    notice = Notice.objects.get(person=world.presidents_office)
    with translation.override("zh-hans"):
        title, body = text_of(notice)
    assert title == "今日提醒：1 件事项待办"
    assert "“财务群”" in body
    assert "总裁" in body


# --- to whom ------------------------------------------------------------------------------------------------------------
def test_holder_of_today_is_reminded_not_the_one_of_yesterday(world):
    open_duty(world)
    sweep_days(3)
    end_tenure(world.president.tenures.get(), ends_on=date(2026, 3, 3), now=march(3, 17))
    successor = factories.make_person(company=world.company, name="罗启明")
    factories.make_tenure(office=world.president_office, person=successor, starts_on=date(2026, 3, 4))
    sweep_days(4)
    assert told() == [(3, "陈国栋", "digest", 1), (4, "罗启明", "digest", 1)]


def test_vacant_office_is_reminded_where_its_duty_lies(world):
    end_tenure(world.president.tenures.get(), ends_on=date(2026, 3, 2), now=march(2))
    open_duty(world)
    sweep_days(3, 4, 5)
    assert told() == [(3, "周敏", "digest", 1), (4, "周敏", "digest", 1), (5, "许明哲", "duty-overdue", 1)]


def test_submitter_who_holds_the_office_is_not_reminded_of_his_own(world):
    open_duty(world, barred=world.president)
    sweep_days(3)
    assert told() == [(3, "周敏", "digest", 1)]


def test_who_has_it_himself_is_not_told_from_the_side(world):
    factories.make_tenure(office=world.presidents_office_office, person=world.president)
    open_duty(world)
    sweep_days(5)
    assert told() == [(5, "许明哲", "duty-overdue", 1), (5, "陈国栋", "digest", 1)]


def test_person_who_has_left_is_not_reminded(world):
    open_duty(world, to=world.presidents_office)
    type(world.president).objects.filter(pk=world.presidents_office.pk).update(left_on=date(2026, 3, 2))
    sweep_days(3)
    assert told() == [(3, "周敏", "digest", 1)]


def test_person_without_address_finds_it_in_the_inbox(world):
    type(world.president).objects.filter(pk=world.president.pk).update(email="")
    open_duty(world)
    sweep_days(3)
    assert told() == [(3, "陈国栋", "digest", 1)]
    assert Delivery.objects.count() == 0


def test_duty_without_ladder_reminds_nobody(world):
    open_duty(world, ladder="")
    sweep_days(*range(2, 20))
    assert told() == []


def test_organisations_are_swept_apart(world):
    elsewhere = factories.make_holder(organisation=factories.make_organisation(), code="president", name="别家总裁")
    subject = factories.make_person(company=elsewhere.person.company, name="别家群")
    actions.hand_over(
        subject,
        "decide",
        to=elsewhere.person.tenures.get().office,
        now=march(2),
        clock=Clock(days=2, ladder="approval"),
        path="/people/",
    )
    Notice.objects.all().delete()
    open_duty(world)
    sweep_days(3)
    assert told() == [(3, "别家总裁", "digest", 1), (3, "陈国栋", "digest", 1)]


def test_organisation_that_fails_stops_no_other(world, monkeypatch, caplog):
    broken = factories.make_organisation()
    open_duty(world)
    real = actions.sweeping.remind

    def remind(organisation_id, times, *, now):
        return 1 / 0 if organisation_id == broken.pk else real(organisation_id, times, now=now)

    monkeypatch.setattr(actions.sweeping, "remind", remind)
    with pytest.raises(ZeroDivisionError):
        sweep(now=march(3))
    assert told() == [(3, "陈国栋", "digest", 1)]


# --- around it ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("zone", ["UTC", "America/Los_Angeles", "Pacific/Auckland"])
def test_servers_own_time_zone_changes_nothing(world, zone):
    open_duty(world)
    with timezone.override(zone):
        sweep(now=march(3).astimezone(ZoneInfo(zone)))
    assert told() == [(3, "陈国栋", "digest", 1)]
    assert Reminder.objects.get().reached_on == date(2026, 3, 3)


def test_run_job_sweeps_a_day_in_its_working_time(world, capsys):
    open_duty(world)
    call_command("run_job", "sweep", "--on", "2026-03-03")
    assert capsys.readouterr().out == "sweep: 1\n"
    call_command("run_job", "sweep", "--on", "2026-03-07")
    assert told() == [(3, "陈国栋", "digest", 1)]


@pytest.mark.parametrize("duties", [1, 12, 60])
def test_statements_do_not_grow_with_the_duties(world, duties):
    for number in range(duties):
        open_duty(world, f"群{number}", to=factories.make_person(company=world.company, email=f"p{number}@example.com"))
    with CaptureQueriesContext(connection) as captured:
        sweep(now=march(3))
    assert len([sql for sql in captured.captured_queries if "SAVEPOINT" not in sql["sql"]]) <= 15
    assert len(told()) == duties


def test_outside_working_hours_almost_nothing_is_asked(world, django_assert_num_queries):
    with django_assert_num_queries(4):
        sweep(now=march(3, 23, 59))


def test_reminder_stays_readable_when_a_release_drops_its_rung(world):
    open_duty(world)
    sweep_days(3)
    Reminder.objects.update(notice=None, rung="holder-gone-9")
    Notice.objects.all().delete()
    sweep(now=march(3) + timedelta(hours=1))
    assert told() == [(3, "陈国栋", "digest", 1)]
