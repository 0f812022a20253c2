"""An office changes hands: what is open is the new holder's at once, on desk and badge; he hears it in one message."""

from datetime import date, timedelta

import pytest
import time_machine

from governance.accounts.models import User
from governance.desk.badge import badge_of
from governance.directory.actions import end_tenure
from governance.directory.models import Office
from governance.duties.models import Duty
from governance.duties.tasks import tell_beginners
from governance.notifications.models import Notice
from governance.notifications.wordings import text_of
from tests.factories import NOW, make_creation_request, make_group_company, make_tenure, make_user

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def world():
    return make_group_company()


@pytest.fixture
def office(world):
    return Office.objects.get(organisation=world.organisation, code="president")


@pytest.fixture
def successor(world):
    return make_user(company=world.headquarters, name="新总裁")


def waiting(user, on=TODAY):
    found = Duty.objects.waiting_for(User.objects.get(pk=user.pk), on=on).exclude(verb="instruct")
    return sorted(found.values_list("title", flat=True))


def taken_over():
    return [(notice.person.name, *text_of(notice)) for notice in Notice.objects.filter(kind="takes-over")]


def two_requests(world):
    """Two requests that wait for the president; the regulation's questions to him apart."""
    Duty.objects.filter(verb="instruct").delete()
    for suffix in ("（一）", "（二）"):
        make_creation_request(world=world, at="submitted", name_suffix=suffix)
    return ["集团高管工作群（一）", "集团高管工作群（二）"]


def test_successor_has_it_from_his_first_day_and_the_former_holder_no_more(world, office, successor):
    names = two_requests(world)
    end_tenure(office.tenures.get(), ends_on=TODAY, now=NOW)
    make_tenure(office=office, person=successor.person, starts_on=TODAY + DAY)
    assert (waiting(world.president), waiting(successor)) == (names, [])
    assert (waiting(world.president, TODAY + DAY), waiting(successor, TODAY + DAY)) == ([], names)
    counts = [badge_of(User.objects.get(pk=user.pk), now=NOW, on=TODAY + DAY).waiting for user in (world.president, successor)]
    assert counts == [0, 2]


def test_who_begins_today_hears_it_at_once_in_one_message(world, office, successor):
    two_requests(world)
    make_tenure(office=office, person=successor.person, starts_on=TODAY)
    assert [(name, title) for name, title, _body in taken_over()] == [("新总裁", "您已就任总裁，接手待办 2 件。")]
    assert taken_over()[0][2].count("· ") == 2
    assert "集团高管工作群（一）" in taken_over()[0][2]


def test_who_begins_later_hears_it_on_that_morning_once(world, office, successor):
    two_requests(world)
    make_tenure(office=office, person=successor.person, starts_on=TODAY + DAY)
    tell_beginners(now=NOW)
    assert taken_over() == []
    for _run in range(2):
        tell_beginners(now=NOW + DAY)
    assert [name for name, *_text in taken_over()] == ["新总裁"]


def test_missed_morning_is_made_up_for_with_what_was_open_then(world, office, successor):
    two_requests(world)
    make_tenure(office=office, person=successor.person, starts_on=TODAY + DAY)
    make_creation_request(world=world, at="submitted", name_suffix="（三）", now=NOW + 2 * DAY)
    tell_beginners(now=NOW + 3 * DAY)
    assert [title for _name, title, _body in taken_over()] == ["您已就任总裁，接手待办 2 件。"]


def test_own_submission_is_not_among_what_is_taken_over(world, office, successor):
    two_requests(world)
    make_tenure(office=office, person=world.hr_admin.person, starts_on=TODAY, acting=True)
    assert taken_over() == []


@pytest.mark.parametrize("starts_on", [date(2020, 1, 1), TODAY])
def test_nothing_open_tells_nothing(office, successor, starts_on):
    Duty.objects.all().delete()
    make_tenure(office=office, person=successor.person, starts_on=starts_on)
    assert taken_over() == []


def test_who_ended_before_today_takes_nothing_over(world, office, successor):
    two_requests(world)
    make_tenure(office=office, person=successor.person, starts_on=TODAY - 9 * DAY, ends_on=TODAY - DAY)
    assert taken_over() == []


def test_acting_holder_who_fills_a_vacancy_takes_over(world, office, successor):
    two_requests(world)
    office.tenures.all().delete()
    assert waiting(successor) == []
    make_tenure(office=office, person=successor.person, starts_on=TODAY, acting=True)
    assert len(waiting(successor)) == 2
    assert len(taken_over()) == 1
