"""流程代理人: who may name one, for what, from when until when; and that he decides, and is told, like a holder."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from governance.accounts.models import User
from governance.directory.actions import end_tenure, people
from governance.directory.models import Change, Office, Tenure
from governance.directory.queries import held, holders_of, offices_held, own_holders_of
from governance.duties.actions.delegates import end_delegation, name_delegate
from governance.duties.models import Duty
from governance.notifications.models import Notice
from governance.notifications.wordings import text_of
from governance.workflow import NotAllowed
from tests.factories import (
    NOW,
    make_creation_request,
    make_delegation,
    make_group_company,
    make_holder,
    make_office,
    make_person,
    make_tenure,
    make_user,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def world():
    return make_group_company()


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def delegate(world):
    return make_user(company=world.headquarters, name="李文")


def fresh(user):
    """The login as the next request reads it."""
    return User.objects.get(pk=user.pk)


def codes(user, on):
    return {office.code: office.absent and office.absent.name for office in offices_held(fresh(user), on=on)}


def field_of(refused):
    return list(refused.value.message_dict)


# --- from when until when ---------------------------------------------------------------------------------------------
def test_delegate_counts_from_the_first_to_the_last_day(world, delegate, today):
    make_delegation(holder=world.president, delegate=delegate, starts_on=today + DAY, ends_on=today + 2 * DAY)
    days = [today, today + DAY, today + 2 * DAY, today + 3 * DAY]
    assert [codes(delegate, day) for day in days] == [{}, {"president": "陈国栋"}, {"president": "陈国栋"}, {}]
    assert "president" in codes(world.president, today + DAY)


def test_all_offices_or_one(world, delegate, today):
    office = make_office(organisation=world.organisation, code="second", name="董事长")
    make_tenure(office=office, person=world.president.person)
    make_delegation(holder=world.president, delegate=delegate, office=office)
    assert codes(delegate, today) == {"second": "陈国栋"}
    other = make_user(company=world.headquarters, name="何俊")
    with pytest.raises(ValidationError):
        make_delegation(holder=world.president, delegate=other)  # for one of them somebody stands in already
    assert codes(other, today) == {}
    make_delegation(holder=world.president, delegate=other, starts_on=today + 30 * DAY)
    assert codes(other, today + 30 * DAY) == {"president": "陈国栋", "second": "陈国栋"}


def test_office_that_the_delegate_holds_himself_is_left_out(world, delegate, today):
    office = make_office(organisation=world.organisation, code="second", name="董事长")
    for user in (world.president, delegate):
        make_tenure(office=office, person=user.person)
    make_delegation(holder=world.president, delegate=delegate)
    assert codes(delegate, today) == {"president": "陈国栋", "second": None}


@pytest.mark.parametrize(
    ("starts", "ends", "field"), [(2, 1, "ends_on"), (-1, 3, "starts_on"), (0, -1, "ends_on")]
)
def test_reversed_and_past_days_are_refused(world, delegate, today, starts, ends, field):
    with pytest.raises(ValidationError) as refused:
        make_delegation(
            holder=world.president, delegate=delegate, starts_on=today + starts * DAY, ends_on=today + ends * DAY
        )
    assert (field_of(refused), Tenure.objects.exclude(stands_for=None).count()) == ([field], 0)


@pytest.mark.parametrize(("starts", "ends"), [(0, 5), (3, 3), (5, 9), (2, 20)])
def test_overlapping_days_are_refused_and_say_with_whom(world, delegate, today, starts, ends):
    make_delegation(holder=world.president, delegate=delegate, starts_on=today, ends_on=today + 5 * DAY)
    other = make_user(company=world.headquarters, name="何俊")
    with pytest.raises(ValidationError) as refused:
        make_delegation(holder=world.president, delegate=other, starts_on=today + starts * DAY, ends_on=today + ends * DAY)
    assert field_of(refused) == ["starts_on"]
    assert "李文" in str(refused.value)


def test_days_after_an_ended_one_are_free(world, delegate, today):
    end_delegation(make_delegation(holder=world.president, delegate=delegate), by=world.president, now=timezone.now())
    other = make_user(company=world.headquarters, name="何俊")
    make_delegation(holder=world.president, delegate=other)
    assert (codes(delegate, today), codes(other, today)) == ({}, {"president": "陈国栋"})


# --- who --------------------------------------------------------------------------------------------------------------
def test_hr_names_one_for_the_absent_holder(world, delegate, today):
    make_delegation(holder=world.president, delegate=delegate, by=world.hr_admin)
    assert codes(delegate, today) == {"president": "陈国栋"}


@pytest.mark.parametrize("who", ["presidents_office", "marketing_vp"])
def test_nobody_else_names_one(world, delegate, who):
    with pytest.raises(NotAllowed):
        make_delegation(holder=world.president, delegate=delegate, by=getattr(world, who))


def test_hr_of_another_organisation_names_none(world, delegate):
    stranger = make_holder(organisation=make_group_company(name="别家集团").organisation, code="hr_admin", name="外人")
    with pytest.raises(NotAllowed):
        make_delegation(holder=world.president, delegate=delegate, by=stranger)


def test_who_holds_no_office_has_nothing_to_delegate(world, delegate):
    with pytest.raises(NotAllowed):
        make_delegation(holder=delegate, delegate=world.president)


def test_delegate_is_another_colleague_with_a_login(world, today):
    president, hr = world.president.person, world.hr_admin
    days = {"starts_on": today, "ends_on": today + DAY, "now": NOW}
    without_login = make_person(company=world.headquarters, name="无登录")
    gone = make_user(company=world.headquarters, name="已离职", left_on=today - DAY).person
    stranger = make_user(name="外人").person
    for wrong in (president, without_login, gone, stranger, hr.person):
        with pytest.raises(ValidationError) as refused:
            name_delegate(president, wrong, by=hr, **days)
        assert field_of(refused) == ["delegate"]


def test_one_hop_only(world, delegate, today):
    """What one has as a delegate is not passed on, neither by naming nor by rows that got there otherwise."""
    standing = make_delegation(holder=world.president, delegate=delegate)
    other = make_user(company=world.headquarters, name="何俊")
    with pytest.raises(NotAllowed):
        make_delegation(holder=delegate, delegate=other)
    Tenure.objects.create(organisation=world.organisation, office=standing.office, person=other.person,
                          starts_on=today, ends_on=today + DAY, stands_for=standing)  # fmt: skip
    assert codes(other, today) == {}


def test_delegate_of_two_offices_may_be_absent_from_his_own(world, delegate, today):
    """His own offices go to his own delegate; what he decides for another stays with him."""
    make_delegation(holder=world.president, delegate=world.marketing_vp)
    make_delegation(holder=world.marketing_vp, delegate=delegate)
    assert codes(delegate, today) == {"marketing_vp": "何丽华"}
    assert codes(world.marketing_vp, today) == {"marketing_vp": None, "president": "陈国栋"}


# --- how it ends ------------------------------------------------------------------------------------------------------
def test_delegate_who_leaves_ceases_at_once(world, delegate, today):
    make_delegation(holder=world.president, delegate=delegate)
    people.leave(delegate.person, on=today - DAY, by=None, now=NOW)
    assert codes(delegate, today) == {}
    assert [person.name for person in holders_of(office(world), on=today)] == ["陈国栋"]


def test_delegation_ends_with_the_tenure_it_stands_for(world, delegate, today):
    make_delegation(holder=world.president, delegate=delegate)
    end_tenure(office(world).tenures.own().get(), ends_on=today - DAY, now=NOW)
    assert list(holders_of(office(world), on=today)) == []


def test_delegation_ends_when_the_holder_leaves(world, delegate, today):
    make_delegation(holder=world.president, delegate=delegate)
    people.leave(world.president.person, on=today - DAY, by=None, now=NOW)
    assert codes(delegate, today) == {}


@pytest.mark.parametrize("who", ["president", "hr_admin"])
def test_ended_early_by_the_holder_or_hr(world, delegate, today, who):
    standing = make_delegation(holder=world.president, delegate=delegate)
    end_delegation(standing, by=getattr(world, who), now=timezone.now())
    assert codes(delegate, today) == {}


def test_delegate_and_others_do_not_end_it(world, delegate, today):
    standing = make_delegation(holder=world.president, delegate=delegate)
    for user in (delegate, world.presidents_office):
        with pytest.raises(NotAllowed):
            end_delegation(standing, by=user, now=NOW)
    assert codes(delegate, today) == {"president": "陈国栋"}


def test_ended_twice_tells_once(world, delegate):
    standing = make_delegation(holder=world.president, delegate=delegate)
    for _time in range(2):
        end_delegation(Tenure.objects.get(pk=standing.pk), by=world.president, now=timezone.now())
    assert Notice.objects.filter(kind__startswith="delegate-ended").count() == 2  # one for each of both


def office(world):
    return Office.objects.get(organisation=world.organisation, code="president")


# --- what it is and is not --------------------------------------------------------------------------------------------
def test_delegates_stand_after_holders_and_say_for_whom(world, delegate, today):
    make_delegation(holder=world.president, delegate=delegate)
    found = [(person.name, person.is_delegate, person.absent_name) for person in holders_of(office(world), on=today)]
    assert found == [("陈国栋", False, None), ("李文", True, "陈国栋")]
    assert [person.name for person in own_holders_of(office(world), on=today)] == ["陈国栋"]


def test_own_office_comes_before_a_delegated_one(world, delegate, today):
    make_delegation(holder=world.president, delegate=delegate)
    make_tenure(office=office(world), person=delegate.person, acting=True)
    assert held(fresh(delegate), office(world), on=today).absent is None


def test_change_feed_hears_nothing_of_delegates(world, delegate):
    before = Change.objects.count()
    make_delegation(holder=world.president, delegate=delegate)
    assert Change.objects.count() == before


# --- what he sees and hears -------------------------------------------------------------------------------------------
def test_delegate_sees_what_is_open_already(world, delegate, today):
    request = make_creation_request(world=world, at="submitted")
    assert not Duty.objects.waiting_for(fresh(delegate), on=today).exists()
    make_delegation(holder=world.president, delegate=delegate)
    assert Duty.objects.waiting_for(fresh(delegate), on=today).of_subject(request).exists()
    assert type(request).objects.visible_to(fresh(delegate), on=today).filter(pk=request.pk).exists()
    assert not Duty.objects.waiting_for(fresh(delegate), on=today + 8 * DAY).exists()


def test_both_are_told_once_with_the_number_of_open_matters(world, delegate):
    make_creation_request(world=world, at="submitted")
    waiting = Duty.objects.open().filter(office=office(world)).count()
    make_delegation(holder=world.president, delegate=delegate)
    told = Notice.objects.filter(kind__startswith="delegate-").order_by("pk")
    assert [(notice.kind, notice.person.name) for notice in told] == [
        ("delegate-named", "李文"), ("delegate-named-holder", "陈国栋"),
    ]  # fmt: skip
    title, body = text_of(told[0])
    assert title.startswith("您自")
    assert "代陈国栋" in title
    assert f"{waiting} 件" in body


def test_delegate_gets_the_message_of_a_new_duty(world, delegate):
    with time_machine.travel(NOW, tick=False):
        make_delegation(holder=world.president, delegate=delegate)
        make_creation_request(world=world, at="submitted")
    told = Notice.objects.filter(kind="duty-approve").values_list("person__name", flat=True)
    assert sorted(told) == ["李文", "陈国栋"]


def test_delegate_is_reminded_like_the_holder(world, delegate):
    from governance.duties.actions.sweeping import sweep

    with time_machine.travel(NOW, tick=False):
        make_delegation(holder=world.president, delegate=delegate)
        make_creation_request(world=world, at="submitted")
    sweep(now=NOW + DAY)
    digests = Notice.objects.filter(kind="digest").values_list("person__name", flat=True)
    assert {"李文", "陈国栋"} <= set(digests)
