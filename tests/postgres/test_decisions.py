"""Two people decide at the same moment on two connections: one wins, the other hears so, everything is there once.

Each race is run several times in one test: emptying the database afterwards takes longer than the race.
"""

from collections import Counter
from datetime import date, timedelta
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.db.models import F

from governance.audit.queries import history_of
from governance.commands.proofs import contradictions
from governance.duties.models import Duty
from governance.notifications.models import Notice
from governance.workflow import NotAllowed, WrongState
from groups.actions import creation, designation, establishment, filing
from groups.actions.establishment import Checklist
from groups.models import CreationRequest, Designation, Filing, Group
from tests.factories import NOW, decider_of, make_creation_request, make_group_company
from tests.postgres.at_once import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
State = CreationRequest.State
ROUNDS = range(4)
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def world():
    world = make_group_company()
    yield world
    assert list(contradictions()) == []


def make_request(world, nth, *, at=State.SUBMITTED, **fields):
    """One request of each round, told apart by its name."""
    fields.setdefault("name_suffix", f"（第{nth}次）")
    return make_creation_request(world=world, at=at, **fields)


def fresh(subject):
    """The row as another request reads it."""
    return type(subject).objects.get(pk=subject.pk)


def one_won(outcomes):
    """Exactly one call went through; the others met WrongState. Returns the place of the winner."""
    lost = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert [type(outcome) for outcome in lost] == [WrongState] * (len(outcomes) - 1), outcomes
    return next(place for place, outcome in enumerate(outcomes) if not isinstance(outcome, Exception))


def moves(subject):
    """How often each state was moved to."""
    changed = history_of(subject).exclude(became="").exclude(was="").exclude(was=F("became"))
    return Counter(changed.values_list("became", flat=True))


def approve(request, by):
    return lambda: creation.approve(fresh(request), by=by, now=LATER, opinion="同意")


def test_two_approvals_at_once(world):
    for nth in ROUNDS:
        request = make_request(world, nth)
        by = decider_of(request)
        one_won(at_once(approve(request, by), approve(request, by)))
        assert moves(request) == {"submitted": 1, "approved": 1}
        assert Duty.objects.open().of_subject(fresh(request).group).count() == 1
        assert Duty.objects.of_subject(request).count() == 1
        told = Notice.objects.filter(person=request.submitter, kind="request-approved", subject_id=request.pk)
        assert told.count() == 1


DECISIONS = {
    "refuse": (State.REFUSED, lambda request, by: creation.refuse(request, by=by, now=LATER, opinion="暂不需要。")),
    "send back": (State.SENT_BACK, lambda request, by: creation.send_back(request, by=by, now=LATER, opinion="请补充。")),
    "withdraw": (State.WITHDRAWN, lambda request, _by: creation.withdraw(request, by=submitter_of(request), now=LATER)),
}


def submitter_of(request):
    return request.submitter.user


@pytest.mark.parametrize("other", DECISIONS)
def test_approval_and_another_step_at_once(world, other):
    state, decide = DECISIONS[other]
    for nth in ROUNDS:
        request = make_request(world, nth)
        by = decider_of(request)
        winner = one_won(at_once(approve(request, by), partial(decide, fresh(request), by)))
        reached = State.APPROVED if winner == 0 else state
        assert fresh(request).state == reached
        assert moves(request) == {"submitted": 1, reached: 1}
        assert Group.objects.filter(creation_request=request).count() == (1 if winner == 0 else 0)


def test_one_step_approved_twice_at_once(world):
    for nth in ROUNDS:
        request = make_request(world, nth, group_type="marketing_platform", name_suffix="")
        by = decider_of(request)
        one_won(at_once(approve(request, by), approve(request, by)))
        assert request.steps.filter(outcome="approved").count() == 1


def submit(request, by):
    return lambda: creation.submit(fresh(request), by=by, now=LATER)


def test_one_draft_submitted_twice_at_once(world):
    for nth in ROUNDS:
        request = make_request(world, nth, at=State.DRAFT)
        one_won(at_once(*[submit(request, world.hr_admin)] * 2))
        assert moves(request) == {"submitted": 1}
        assert request.steps.values("round", "position").distinct().count() == request.steps.count()


def test_two_requests_of_one_name_submitted_at_once(world):
    for nth in ROUNDS:
        pair = [make_request(world, nth, at=State.DRAFT) for _ in range(2)]
        outcomes = at_once(*[submit(request, world.hr_admin) for request in pair])
        assert [type(outcome) for outcome in outcomes if outcome is not None] == [ValidationError], outcomes
        assert sum(fresh(request).state == State.SUBMITTED for request in pair) == 1


def test_numbers_of_requests_submitted_at_once_differ(world):
    requests = [make_request(world, nth, at=State.DRAFT) for nth in range(4)]
    assert at_once(*[submit(request, world.hr_admin) for request in requests]) == [None] * 4
    assert len(set(CreationRequest.objects.values_list("number", flat=True))) == 4


def designator_of(group):
    return group.designating_office.tenures.select_related("person__user").first().person.user


def designate(group, by, person):
    return lambda: designation.designate(fresh(group), person, by=by, now=LATER, reason="由其负责。")


def test_two_designations_at_once(world):
    for nth in ROUNDS:
        group = make_request(world, nth, at=State.APPROVED).group
        by = designator_of(group)
        people = (world.marketing_manager.person, world.hr_admin.person)
        one_won(at_once(*[designate(group, by, person) for person in people]))
        assert group.designations.count() == 1
        assert history_of(group).filter(verb="designate").count() == 1


def make_designation(world, nth, **fields):
    group = make_request(world, nth, at=State.APPROVED, **fields).group
    return designate(group, designator_of(group), world.marketing_manager.person)()


def test_acceptance_and_refusal_at_once(world):
    by = world.marketing_manager
    for nth in ROUNDS:
        standing = make_designation(world, nth)
        one_won(
            at_once(
                partial(designation.accept, fresh(standing), by=by, now=LATER),
                partial(designation.decline, fresh(standing), by=by, now=LATER, reply="手头事多。"),
            )
        )
        assert sum(moves(standing).values()) == 1
        assert fresh(standing).state in (Designation.State.ACCEPTED, Designation.State.DECLINED)


def make_accepted_group(world, nth):
    standing = make_designation(world, nth, group_type="marketing_platform", name_suffix="")
    designation.accept(standing, by=world.marketing_manager, now=NOW)
    return fresh(standing.group)


def establish(group, by):
    checklist = Checklist(
        name_as_created=group.name,
        created_on=date(2026, 3, 2),
        invitation_confirmation=True,
        notice_posted=True,
        owner=by.person,
        member_count=12,
    )
    return lambda: establishment.establish(fresh(group), checklist, by=by, now=LATER)


def make_filing(world, nth):
    group = make_accepted_group(world, nth)
    establish(group, world.marketing_manager)()
    return group.filings.get()


def test_group_established_twice_at_once(world):
    for nth in ROUNDS:
        group = make_accepted_group(world, nth)
        one_won(at_once(*[establish(group, world.marketing_manager)] * 2))
        assert moves(group) == {"established": 1}
        assert group.filings.count() == 1


def holder_of(office):
    return office.tenures.select_related("person__user").first().person.user


def acknowledge(laid):
    return lambda: filing.acknowledge(fresh(laid), by=holder_of(laid.office), now=LATER)


def test_filing_acknowledged_and_returned_at_once(world):
    for nth in ROUNDS:
        laid = make_filing(world, nth)
        by = holder_of(laid.office)
        one_won(
            at_once(
                acknowledge(laid),
                partial(filing.ask_completion, fresh(laid), by=by, now=LATER, remark="请补充群二维码。"),
            )
        )
        assert sum(moves(laid).values()) == 1


def test_filings_acknowledged_at_once_get_a_number_each(world):
    laid = [make_filing(world, nth) for nth in range(3)]
    assert at_once(*map(acknowledge, laid)) == [None] * 3
    numbers = sorted(Filing.objects.values_list("number", flat=True))
    assert numbers == ["〔2026〕1号", "〔2026〕2号", "〔2026〕3号"]


def test_own_submission_is_refused_while_another_decides(world):
    request = make_request(world, 0)
    outcomes = at_once(approve(request, world.hr_admin), approve(request, decider_of(request)))
    assert isinstance(outcomes[0], NotAllowed)
    assert outcomes[1] is None
