"""The third line of every action: one duty closes, the next opens, whoever has it is told once."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from governance.duties.actions import close, hand_over
from governance.duties.actions.handing_over import Clock
from governance.duties.models import Duty
from governance.notifications.models import Notice
from tests.factories import (
    NOW,
    make_creation_request,
    make_group_company,
    make_holder,
    make_office,
    make_person,
    make_tenure,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_group_company()


@pytest.fixture
def subject(world):
    """Something duties can stand on: a draft, on which none does yet."""
    return make_creation_request(world=world)


@pytest.fixture
def office(world):
    return make_holder(organisation=world.organisation, code="decider", name="钱立群").person.tenures.get().office


def told_about(duty):
    return sorted(Notice.objects.filter(key__startswith=f"duty:{duty.pk}:").values_list("person__name", flat=True))


def test_handing_over_closes_one_and_opens_the_next(world, subject, office):
    first = hand_over(subject, "approve", to=office, now=NOW)
    second = hand_over(
        subject, "amend", to=subject.submitter, by=world.hr_admin, now=NOW + timedelta(hours=1), outcome="send_back"
    )

    first.refresh_from_db()
    assert (first.closed_at, first.closed_by, first.outcome) == (NOW + timedelta(hours=1), world.hr_admin, "send_back")
    assert list(Duty.objects.open().of_subject(subject)) == [second]
    assert (second.verb, second.office, second.person) == ("amend", None, subject.submitter)


def test_duty_is_due_by_working_days_at_closing_time(subject, office):
    duty = hand_over(subject, "approve", to=office, now=NOW, clock=Clock(2, article="4.1", ladder="approval"))
    assert duty.due_at.isoformat() == "2026-03-04T18:00:00+08:00"
    assert (duty.article, duty.ladder) == ("4.1", "approval")


def test_duty_without_a_clock_is_never_due_and_names_its_article(subject, office):
    duty = hand_over(subject, "amend", to=office, now=NOW, article="4")
    assert (duty.due_at, duty.article, duty.provisional) == (None, "4", False)


def test_holders_are_told_once(world, subject, office):
    make_tenure(office=office, person=make_person(company=world.headquarters, name="艾青"), acting=True)
    duty = hand_over(subject, "approve", to=office, now=NOW)
    assert told_about(duty) == ["艾青", "钱立群"]


def test_person_who_has_it_is_told(subject):
    duty = hand_over(subject, "amend", to=subject.submitter, now=NOW)
    assert told_about(duty) == ["周敏"]


def test_barred_holder_is_not_told(world, subject, office):
    barred = office.tenures.get().person
    make_tenure(office=office, person=make_person(company=world.headquarters, name="艾青"))
    duty = hand_over(subject, "approve", to=office, now=NOW, barred=barred)
    assert told_about(duty) == ["艾青"]


def test_fallback_office_is_told_while_nobody_else_can_take_it_up(world, subject, office):
    fallback = make_holder(organisation=world.organisation, code="stand_in", name="任远").person.tenures.get().office
    vacant = make_office(organisation=world.organisation, code="vacant", name="空缺岗位")
    lies_with_fallback = hand_over(subject, "approve", to=vacant, now=NOW, fallback=fallback)
    assert told_about(lies_with_fallback) == ["任远"]
    held = hand_over(subject, "approve", to=office, now=NOW, fallback=fallback)
    assert told_about(held) == ["钱立群"]
    only_barred = hand_over(
        subject, "approve", to=office, now=NOW, fallback=fallback, barred=office.tenures.get().person
    )
    assert told_about(only_barred) == ["任远"]


def test_second_open_duty_on_a_subject_cannot_be_written(subject, office):
    duty = hand_over(subject, "approve", to=office, now=NOW)
    duty.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        duty.save(force_insert=True)


def test_closing_says_how_many_were_open(world, subject, office):
    hand_over(subject, "approve", to=office, now=NOW)
    assert close(subject, by=world.hr_admin, now=NOW, outcome="withdraw") == 1
    assert close(subject, by=world.hr_admin, now=NOW, outcome="withdraw") == 0
