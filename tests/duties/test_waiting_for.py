"""Whose desk a duty lies on: the person's, the office's holders', the fallback office's while nobody else can."""

from datetime import timedelta

import pytest

from governance.accounts.models import User
from governance.duties.actions import close, hand_over
from governance.duties.actions.handing_over import Clock
from governance.duties.models import Duty
from governance.duties.queries import done_list, is_late, waiting_list
from tests.factories import (
    NOW,
    make_creation_request,
    make_group_company,
    make_holder,
    make_office,
    make_person,
    make_tenure,
    make_user,
)

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


@pytest.fixture
def world():
    return make_group_company()


@pytest.fixture
def subject(world):
    return make_creation_request(world=world)


@pytest.fixture
def holder(world):
    return make_holder(organisation=world.organisation, code="decider", name="钱立群")


@pytest.fixture
def office(holder):
    return holder.person.tenures.get().office


@pytest.fixture
def stand_in(world):
    return make_holder(organisation=world.organisation, code="stand_in", name="任远")


@pytest.fixture
def fallback(stand_in):
    return stand_in.person.tenures.get().office


def waiting_for(user, on=TODAY):
    return list(Duty.objects.waiting_for(user, on=on))


def test_duty_of_an_office_waits_for_its_holders_only(world, subject, holder, office):
    duty = hand_over(subject, "approve", to=office, now=NOW)
    acting = make_user(company=world.headquarters, name="艾青")
    make_tenure(office=office, person=acting.person, acting=True)
    stranger = make_user(company=world.headquarters)
    assert [waiting_for(user) for user in (holder, acting, stranger)] == [[duty], [duty], []]


def test_duty_of_a_person_waits_for_that_person(world, subject):
    duty = hand_over(subject, "amend", to=subject.submitter, now=NOW)
    assert duty in waiting_for(world.hr_admin)
    assert duty not in waiting_for(world.president)


def test_held_office_keeps_its_duty_from_the_fallback_office(subject, office, fallback, stand_in):
    hand_over(subject, "approve", to=office, now=NOW, fallback=fallback)
    assert waiting_for(stand_in) == []


def test_vacant_office_leaves_its_duty_with_the_fallback_office(world, subject, fallback, stand_in):
    vacant = make_office(organisation=world.organisation, code="vacant", name="空缺岗位")
    duty = hand_over(subject, "approve", to=vacant, now=NOW, fallback=fallback)
    assert waiting_for(stand_in) == [duty]
    make_tenure(office=vacant, person=make_person(company=world.headquarters))
    assert waiting_for(stand_in) == []


def test_office_that_somebody_left_counts_as_vacant(world, subject, office, holder, fallback, stand_in):
    duty = hand_over(subject, "approve", to=office, now=NOW, fallback=fallback)
    holder.person.left_on = TODAY
    holder.person.save()
    assert waiting_for(stand_in, on=TODAY) == []
    assert waiting_for(stand_in, on=TODAY + timedelta(days=1)) == [duty]


def test_own_submission_waits_for_another_holder(world, subject, office, holder, fallback, stand_in):
    duty = hand_over(subject, "approve", to=office, now=NOW, fallback=fallback, barred=holder.person)
    assert (waiting_for(holder), waiting_for(stand_in)) == ([], [duty])
    other = make_user(company=world.headquarters, name="艾青")
    make_tenure(office=office, person=other.person)
    assert (waiting_for(other), waiting_for(stand_in)) == ([duty], [])


def test_barred_person_does_not_get_it_back_through_the_fallback_office(world, subject, holder):
    vacant = make_office(organisation=world.organisation, code="vacant", name="空缺岗位")
    fallback = holder.person.tenures.get().office
    hand_over(subject, "approve", to=vacant, now=NOW, fallback=fallback, barred=holder.person)
    assert waiting_for(holder) == []


def test_tenure_counts_from_its_first_to_its_last_day(world, subject):
    office = make_office(organisation=world.organisation, code="shifting", name="轮值岗位")
    user = make_user(company=world.headquarters)
    make_tenure(office=office, person=user.person, starts_on=TODAY, ends_on=TODAY + timedelta(days=1))
    duty = hand_over(subject, "approve", to=office, now=NOW)
    days = [TODAY + timedelta(days=number) for number in (-1, 0, 1, 2)]
    assert [waiting_for(user, on=day) for day in days] == [[], [duty], [duty], []]


def test_closed_duty_waits_for_nobody(subject, office, holder):
    hand_over(subject, "approve", to=office, now=NOW)
    close(subject, by=holder, now=NOW, outcome="approve")
    assert waiting_for(holder) == []


def test_login_without_a_person_has_no_duties(world, subject, office):
    hand_over(subject, "approve", to=office, now=NOW)
    nobody = User.objects.create_user("nobody", organisation=world.organisation)
    assert waiting_for(nobody) == []


def test_waiting_list_shows_what_is_due_soonest_first_and_undated_last(world, office, holder):
    undated, later, sooner = (
        make_creation_request(world=world, name_suffix=suffix) for suffix in ("（一）", "（二）", "（三）")
    )
    hand_over(undated, "approve", to=office, now=NOW)
    hand_over(later, "approve", to=office, now=NOW, clock=Clock(5))
    hand_over(sooner, "approve", to=office, now=NOW, clock=Clock(1))
    listed = waiting_list(holder, on=TODAY)
    assert [duty.subject_id for duty in listed] == [sooner.pk, later.pk, undated.pk]
    assert [duty.is_held for duty in listed] == [True, True, True]


def test_done_list_holds_what_one_dealt_with_but_not_what_one_took_back(world, office, holder):
    decided, taken_back = (make_creation_request(world=world, name_suffix=suffix) for suffix in ("（一）", "（二）"))
    hand_over(decided, "approve", to=office, now=NOW)
    hand_over(taken_back, "approve", to=office, now=NOW)
    close(decided, by=holder, now=NOW, outcome="approve")
    close(taken_back, by=holder, now=NOW, outcome="withdraw")
    assert [duty.subject_id for duty in done_list(holder)] == [decided.pk]


def test_duty_is_late_from_its_due_time_on_while_open(subject, office, holder):
    duty = hand_over(subject, "approve", to=office, now=NOW, clock=Clock(1))
    assert [is_late(duty, duty.due_at + timedelta(minutes=minutes)) for minutes in (0, 1)] == [False, True]
    duty.closed_at = duty.due_at
    assert is_late(duty, duty.due_at + timedelta(minutes=1)) is False
