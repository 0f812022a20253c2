"""The calendars' pages: what they show, what HR can change, what an edit does."""

from datetime import date, time

import pytest
from django.urls import reverse
from django.utils import timezone

from governance.audit.models import Event
from governance.calendar.actions import seed_calendar
from governance.calendar.models import CalendarDay, CalendarYear, WorkCalendar
from governance.calendar.queries import read_working_times
from governance.directory.models import Company
from governance.workflow import NotAllowed
from governance.worktime import actions
from governance.worktime.announcement import Day
from tests import factories

pytestmark = pytest.mark.django_db
HOURS = {"pattern": "six", "weekdays": [], "alternates_from": "", "opens": "08:30", "closes": "17:30"}


@pytest.fixture
def organisation():
    found = factories.make_organisation()
    factories.make_company(organisation=found, name="启明集团本部")
    return found


@pytest.fixture
def calendar(organisation):
    return seed_calendar(organisation, until_year=2026)


@pytest.fixture
def hr(organisation):
    return factories.make_holder(organisation=organisation, code="hr_admin", office_name="行政人事部", name="周敏")


@pytest.fixture
def staff(hr):
    return factories.make_user(company=hr.person.company, name="李娜")


def page(client, user, name, *args, query=""):
    client.force_login(user)
    return client.get(reverse(name, args=args) + query)


def post(client, user, name, /, *args, **data):
    client.force_login(user)
    return client.post(reverse(name, args=args), data)


def test_list_shows_which_years_are_missing(client, hr, calendar):
    missing = timezone.localdate().year + 1
    html = page(client, hr, "calendars").content.decode()
    assert "五天工作制（周一至周五），09:00–18:00" in html
    assert f"{missing} 年尚未录入" in html
    assert reverse("calendar_year", args=[calendar.pk, missing]) in html


def test_year_shows_holidays_and_make_up_days_in_words(client, staff, calendar):
    html = page(client, staff, "calendar", calendar.pk, query="?year=2026").content.decode()
    assert html.count('<span class="mark">休</span>') == 33
    assert html.count('<span class="mark">班</span>') == 6
    assert "工作日 248 天" in html
    assert "工作日历由行政人事部维护。" in html


@pytest.mark.parametrize("year", ["0", "9999", "x", "²"])
def test_nonsense_for_a_year_shows_this_one(client, staff, calendar, year):
    answer = page(client, staff, "calendar", calendar.pk, query=f"?year={year}")
    assert answer.context["year"] == timezone.localdate().year


def test_preview_writes_nothing(client, hr, calendar):
    answer = post(client, hr, "calendar_year", calendar.pk, 2027, days="1月1日 元旦\n随便写的", action="preview")
    assert answer.context["preview"]["off"] == 1
    assert answer.context["preview"]["unread"] == ["随便写的"]
    assert not CalendarYear.objects.filter(year=2027).exists()


def test_entering_a_year_writes_days_year_and_event(client, hr, calendar):
    days = "1月1日至3日 休 元旦\n1月9日 班 元旦"
    answer = post(client, hr, "calendar_year", calendar.pk, 2027, days=days, action="enter")
    assert answer.status_code == 302
    assert list(CalendarDay.objects.filter(on__year=2027).values_list("on", "is_working", "name")) == [
        (date(2027, 1, 1), False, "元旦"),
        (date(2027, 1, 2), False, "元旦"),
        (date(2027, 1, 3), False, "元旦"),
        (date(2027, 1, 9), True, "元旦"),
    ]
    event = Event.objects.get(verb="enter-year")
    assert (event.office, event.facts) == ("行政人事部", {"year": 2027, "off": 3, "worked": 1, "moved": 0})
    assert "周敏录入了 2027 年：放假 3 天，调休上班 1 天" in page(client, hr, "calendar", calendar.pk).content.decode()


def test_entering_it_anew_replaces_the_year_and_no_other(client, hr, calendar):
    for days in ("1月1日 休", "1月2日 休 元旦"):
        post(client, hr, "calendar_year", calendar.pk, 2027, days=days, action="enter")
    assert list(CalendarDay.objects.filter(on__year=2027).values_list("on", flat=True)) == [date(2027, 1, 2)]
    assert CalendarDay.objects.filter(on__year=2026).count() == 39
    assert "2027-01-02 休 元旦" in page(client, hr, "calendar_year", calendar.pk, 2027).content.decode()


@pytest.mark.parametrize("days", ["", "没有日期", "2月30日"])
def test_what_cannot_be_read_is_said_at_the_box(client, hr, calendar, days):
    answer = post(client, hr, "calendar_year", calendar.pk, 2027, days=days, action="enter")
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["days"])
    assert not CalendarYear.objects.filter(year=2027).exists()


def test_hours_are_previewed_then_changed(client, hr, calendar):
    answer = post(client, hr, "calendar_hours", calendar.pk, **HOURS, action="preview")
    assert answer.context["hours"] == "六天工作制（周一至周六），08:30–17:30"
    calendar.refresh_from_db()
    assert calendar.closes == time(18)
    post(client, hr, "calendar_hours", calendar.pk, **HOURS, action="change")
    calendar.refresh_from_db()
    assert (calendar.weekdays, calendar.opens, calendar.closes) == ("1111110", time(8, 30), time(17, 30))
    assert not read_working_times(calendar.organisation_id)[None].is_working(date(2026, 10, 3))  # 国庆, a Saturday


@pytest.mark.parametrize(
    ("said", "weekdays", "alternate"),
    [
        ({"pattern": "alternate", "alternates_from": "2026-01-05"}, "1111110", "1111100"),
        ({"pattern": "sales"}, "0011111", ""),
        ({"pattern": "own", "weekdays": ["0", "6"]}, "1000001", ""),
    ],
)
def test_weeks_by_name_or_as_ticked(client, hr, calendar, said, weekdays, alternate):
    post(client, hr, "calendar_hours", calendar.pk, **HOURS | said, action="change")
    calendar.refresh_from_db()
    assert (calendar.weekdays, calendar.alternate_weekdays) == (weekdays, alternate)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"closes": "08:00"}, "closes"),
        ({"pattern": "own"}, "weekdays"),
        ({"pattern": "alternate"}, "alternates_from"),
        ({"pattern": "none"}, "pattern"),
    ],
)
def test_hours_that_cannot_be_are_said_at_their_field(client, hr, calendar, said, field):
    answer = post(client, hr, "calendar_hours", calendar.pk, **HOURS | said, action="change")
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])


def test_new_calendar_begins_with_the_days_of_the_default_one(client, hr, calendar):
    post(client, hr, "calendar_new", name="售楼处", **HOURS | {"pattern": "sales"})
    made = WorkCalendar.objects.get(name="售楼处")
    assert (made.is_default, made.days.count(), made.years.count()) == (False, calendar.days.count(), 4)


def test_first_calendar_is_the_default_one(client, hr):
    post(client, hr, "calendar_new", name="标准工作日历", **HOURS)
    assert WorkCalendar.objects.get().is_default is True


def test_name_that_is_taken_is_refused(client, hr, calendar):
    assert post(client, hr, "calendar_new", name=f" {calendar.name} ", **HOURS).status_code == 422


def test_company_is_given_a_calendar_once(client, hr, calendar):
    company = Company.objects.get()
    for _ in range(2):
        post(client, hr, "company_calendar", company.pk, calendar=calendar.pk)
    company.refresh_from_db()
    assert company.calendar == calendar
    assert Event.objects.filter(verb="use-calendar").count() == 1


def test_calendar_of_others_is_not_found(client, hr, calendar):
    foreign = seed_calendar(factories.make_organisation(), until_year=2026)
    assert page(client, hr, "calendar", foreign.pk).status_code == 404
    assert post(client, hr, "company_calendar", Company.objects.get().pk, calendar=foreign.pk).status_code == 404


@pytest.mark.parametrize("year", [1999, 2101])
def test_year_out_of_reach_is_not_found(client, hr, calendar, year):
    assert page(client, hr, "calendar_year", calendar.pk, year).status_code == 404


def test_only_hr_keeps_calendars(staff, calendar):
    with pytest.raises(NotAllowed):
        actions.enter_year(calendar, 2027, [Day(date(2027, 1, 1), False)], by=staff, now=timezone.now())
    assert not CalendarYear.objects.filter(year=2027).exists()


@pytest.mark.parametrize("count", [1, 3, 30])
def test_list_costs_the_same_for_many_companies(client, hr, calendar, count, django_assert_num_queries):
    for number in range(count - 1):
        own = WorkCalendar.objects.create(organisation=calendar.organisation, name=f"日历{number}")
        factories.make_company(organisation=calendar.organisation, calendar=own)
    client.force_login(hr)
    client.get(reverse("calendars"))
    with django_assert_num_queries(8):
        client.get(reverse("calendars"))
