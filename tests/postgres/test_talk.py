"""What is said around a request, at the same moment on two connections."""

from functools import partial

import pytest

from governance.audit.models import Event
from governance.commands.proofs import contradictions
from governance.duties.actions import nudge, pass_on
from governance.duties.models import Duty, Nudge
from governance.files.rules import check
from governance.notifications.models import Notice
from governance.workflow import WrongState
from groups.actions import creation, inquiries, recording
from groups.actions.establishment import establish
from groups.actions.recording import Instruction
from groups.models import CreationRequest, Group, Inquiry
from tests.factories import (
    NOW,
    make_checklist,
    make_creation_request,
    make_designation,
    make_group_company,
    make_user,
)
from tests.files.samples import upload
from tests.postgres.at_once import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
State = CreationRequest.State
ROUNDS = range(4)


@pytest.fixture
def world():
    world = make_group_company()
    yield world
    assert list(contradictions()) == []


def fresh(subject):
    return type(subject).objects.get(pk=subject.pk)


def waiting(world, nth):
    return make_creation_request(world=world, at=State.SUBMITTED, name_suffix=f"（第{nth}次）")


def test_asked_twice_at_once_is_asked_once(world):
    engineer = make_user(company=world.project, name="李工").person
    for nth in ROUNDS:
        request = waiting(world, nth)
        ask = [
            partial(inquiries.ask, fresh(request), [engineer], "是否合适？", by=world.president, now=NOW) for _ in range(2)
        ]
        outcomes = at_once(*ask)
        assert sorted(len(outcome) for outcome in outcomes) == [0, 1]
        assert request.inquiries.count() == 1


def test_answer_and_decision_at_once_leave_one_end(world):
    engineer = make_user(company=world.project, name="李工")
    for nth in ROUNDS:
        request = waiting(world, nth)
        (inquiry,) = inquiries.ask(request, [engineer.person], "是否合适？", by=world.president, now=NOW)
        answered, decided = at_once(
            partial(inquiries.answer, fresh(inquiry), "合适。", by=engineer, now=NOW),
            partial(creation.approve, fresh(request), by=world.president, now=NOW),
        )
        assert decided is None
        assert fresh(inquiry).state == ("closed" if isinstance(answered, WrongState) else "answered")
        assert not Duty.objects.open().of_subject(inquiry).exists()


def test_question_and_decision_at_once_leave_nobody_asked(world):
    engineer = make_user(company=world.project, name="李工").person
    for nth in ROUNDS:
        request = waiting(world, nth)
        _asked, decided = at_once(
            partial(inquiries.ask, fresh(request), [engineer], "是否合适？", by=world.president, now=NOW),
            partial(creation.refuse, fresh(request), by=world.president, now=NOW, opinion="暂不需要。"),
        )
        assert decided is None
        assert not Inquiry.objects.filter(state=Inquiry.State.ASKED).exists()


def test_two_nudges_at_once_are_one(world):
    for nth in ROUNDS:
        request = waiting(world, nth)
        duty = Duty.objects.open().of_subject(request).get()
        outcomes = at_once(*(partial(nudge, fresh(duty), by=by, now=NOW) for by in (world.hr_admin, world.presidents_office)))
        assert sum(outcome is None for outcome in outcomes) == 1, outcomes
        assert Nudge.objects.filter(duty=duty).count() == 1
    assert Notice.objects.filter(kind="nudged").count() == len(ROUNDS)


def test_nudge_and_decision_at_once_leave_nothing_to_pass_on(world):
    office = world.presidents_office.person.tenures.get().office
    for nth in ROUNDS:
        request = waiting(world, nth)
        duty = Duty.objects.open().of_subject(request).get()
        _nudged, decided = at_once(
            partial(nudge, fresh(duty), by=world.hr_admin, now=NOW, via=office),
            partial(creation.refuse, fresh(request), by=world.president, now=NOW, opinion="暂不需要。"),
        )
        assert decided is None
        assert not Duty.objects.open().filter(verb="pass_on").exists()


def test_passed_on_twice_at_once_is_passed_on_once(world):
    office = world.presidents_office.person.tenures.get().office
    for nth in ROUNDS:
        made = nudge(
            Duty.objects.open().of_subject(waiting(world, nth)).get(), by=world.hr_admin, now=NOW, via=office
        )
        outcomes = at_once(*(partial(pass_on, fresh(made), by=world.presidents_office, now=NOW) for _ in range(2)))
        assert [type(outcome) for outcome in outcomes if outcome is not None] == [WrongState]
    assert Event.objects.filter(verb="pass_nudge_on").count() == len(ROUNDS)


def record(world, request):
    said = Instruction(world.president.person, "approved", "spoken", NOW.date(), [check(upload())])
    return recording.record_decision(request, said, by=world.presidents_office, now=NOW)


def test_contest_and_establishment_at_once_are_one_of_both(world, time_machine):
    time_machine.move_to(NOW)
    for nth in ROUNDS:
        recorded = record(world, waiting(world, nth))
        group = Group.objects.get(creation_request=recorded.creation_request)
        admin = make_designation(at="accepted", group=group).person.user
        contested, established = at_once(
            partial(recording.contest, fresh(recorded), by=world.president, now=NOW, reason="我没有同意。"),
            partial(establish, fresh(group), make_checklist(fresh(group)), by=admin, now=NOW),
        )
        assert contested is None
        if fresh(recorded).reopened:
            assert (isinstance(established, WrongState), fresh(group).state) == (True, "revoked")
        else:
            assert (established is None or not isinstance(established, Exception), fresh(group).state) == (True, "established")


def test_contested_twice_at_once_is_contested_once(world, time_machine):
    time_machine.move_to(NOW)
    for nth in ROUNDS:
        recorded = record(world, waiting(world, nth))
        contest = (partial(recording.contest, fresh(recorded), by=world.president, now=NOW, reason="我没有同意。") for _ in range(2))
        outcomes = at_once(*contest)
        assert [type(outcome) for outcome in outcomes if outcome is not None] == [WrongState]


def test_recorded_and_decided_at_once_is_decided_once(world, time_machine):
    time_machine.move_to(NOW)
    for nth in ROUNDS:
        request = waiting(world, nth)
        outcomes = at_once(
            partial(record, world, fresh(request)),
            partial(creation.refuse, fresh(request), by=world.president, now=NOW, opinion="暂不需要。"),
        )
        assert [type(outcome) for outcome in outcomes if isinstance(outcome, Exception)] == [WrongState]
