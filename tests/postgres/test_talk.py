"""What is said around a request, at the same moment on two connections."""

from functools import partial

import pytest

from governance.commands.proofs import contradictions
from governance.duties.models import Duty
from governance.workflow import WrongState
from groups.actions import creation, inquiries
from groups.models import CreationRequest, Inquiry
from tests.factories import NOW, make_creation_request, make_group_company, make_user
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
