"""`check_data`: silent on what the real actions made, loud on every planted contradiction."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from governance.commands.proofs import contradictions
from governance.directory.models import Office, Person
from governance.duties.models import Duty
from governance.regulations.models import OpenQuestion
from groups.models import CreationRequest, Designation, Group
from tests.factories import NOW, make_creation_request, make_group_company

pytestmark = pytest.mark.django_db
State = CreationRequest.State


@pytest.fixture
def world():
    return make_group_company()


@pytest.fixture
def submitted(world):
    return make_creation_request(world=world, at=State.SUBMITTED)


@pytest.fixture
def approved(world):
    return make_creation_request(world=world, at=State.APPROVED).group


def duty_of(subject):
    return Duty.objects.open().of_subject(subject)


def test_every_state_of_a_request_agrees(world):
    for number, state in enumerate(State.values):
        make_creation_request(world=world, at=state, name_suffix=f"（{number}）")
    assert list(contradictions()) == []
    assert Duty.objects.open().count() >= 3


def test_empty_database_agrees():
    assert list(contradictions()) == []


def test_lost_duty_is_seen(submitted):
    duty_of(submitted).update(closed_at=NOW)
    assert list(contradictions()) == [f"CreationRequest {submitted.pk} waits for “approve”, but no duty is open"]


def test_duty_left_open_is_seen(world):
    refused = make_creation_request(world=world, at=State.REFUSED)
    duty = Duty.objects.of_subject(refused).get()
    Duty.objects.filter(pk=duty.pk).update(closed_at=None)
    assert list(contradictions()) == [
        f"CreationRequest {refused.pk} waits for nothing, but duty {duty.pk} “approve” is open"
    ]


def test_wrong_verb_and_wrong_office_are_seen(submitted):
    other = Office.objects.exclude(pk=duty_of(submitted).get().office_id).first()
    right = duty_of(submitted).get().office_id
    duty_of(submitted).update(verb="amend", office=other)
    assert list(contradictions()) == [
        f"CreationRequest {submitted.pk} waits for “approve”, but its open duty is “amend”",
        f"CreationRequest {submitted.pk} waits for office {right}, but its duty lies with {other.pk}",
    ]


def test_state_changed_behind_the_log_is_seen(submitted):
    CreationRequest.objects.filter(pk=submitted.pk).update(state=State.REFUSED, decided_at=NOW)
    duty = duty_of(submitted).get()
    assert list(contradictions()) == [
        f"CreationRequest {submitted.pk} waits for nothing, but duty {duty.pk} “approve” is open",
        f"CreationRequest {submitted.pk} is “refused”, but its last event made it “submitted”",
    ]


def test_approved_group_waits_for_its_designation(approved):
    duty_of(approved).update(closed_at=NOW)
    assert list(contradictions()) == [f"Group {approved.pk} waits for “designate”, but no duty is open"]


def test_admin_who_did_not_accept_is_seen(world, approved):
    first, second = Person.objects.order_by("pk")[:2]
    Designation.objects.create(
        organisation=world.organisation,
        group=approved,
        person=first,
        office=approved.designating_office,
        state=Designation.State.ACCEPTED,
        designated_by=world.president,
        designated_at=NOW,
    )
    duty_of(approved).update(verb="establish", office=None, person=second)
    Group.objects.filter(pk=approved.pk).update(admin=second)
    assert list(contradictions()) == [f"Group {approved.pk} has admin {second.pk}, but {first.pk} accepted"]
    Group.objects.filter(pk=approved.pk).update(admin=None)
    assert list(contradictions()) == [f"Group {approved.pk} has admin nobody, but {first.pk} accepted"]


def test_question_asked_of_an_office_waits_for_it(world):
    question = OpenQuestion.objects.filter(state="open", asked_of__isnull=False).first()
    duty_of(question).update(closed_at=NOW + timedelta(days=1))
    assert list(contradictions()) == [f"OpenQuestion {question.pk} waits for “instruct”, but no duty is open"]


def test_command_says_that_all_agrees_or_fails(submitted):
    said, complained = StringIO(), StringIO()
    call_command("check_data", stdout=said)
    assert said.getvalue() == "The data agree.\n"
    duty_of(submitted).update(closed_at=NOW)
    with pytest.raises(CommandError, match="in 1 places"):
        call_command("check_data", stderr=complained)
    assert complained.getvalue() == f"CreationRequest {submitted.pk} waits for “approve”, but no duty is open\n"
