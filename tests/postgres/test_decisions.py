"""Two people decide at the same moment on two connections: one wins, the other hears so, everything is there once."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

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
ROUNDS = pytest.mark.parametrize("nth", range(3))
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def world():
    return make_group_company()


def fresh(subject):
    """The row as another request reads it."""
    return type(subject).objects.get(pk=subject.pk)


def one_won(outcomes):
    """Exactly one call went through; the others met WrongState. Returns the place of the winner."""
    lost = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert [type(outcome) for outcome in lost] == [WrongState] * (len(outcomes) - 1), outcomes
    return next(place for place, outcome in enumerate(outcomes) if not isinstance(outcome, Exception))


def became(subject):
    """How often each state was reached."""
    return Counter(history_of(subject).exclude(became="").values_list("became", flat=True))


def approve(request, by):
    return lambda: creation.approve(fresh(request), by=by, now=LATER, opinion="同意")


@ROUNDS
def test_two_approvals_at_once(world, nth):
    request = make_creation_request(world=world, at=State.SUBMITTED)
    by = decider_of(request)
    one_won(at_once(approve(request, by), approve(request, by)))
    assert became(request) == {"submitted": 1, "approved": 1}
    group = Group.objects.get()
    assert Duty.objects.open().of_subject(group).count() == 1
    assert Duty.objects.of_subject(request).count() == 1
    assert Notice.objects.filter(person=request.submitter, kind__contains="approved").count() == 1
    assert list(contradictions()) == []


OTHER = {
    "refuse": (State.REFUSED, lambda request, by: creation.refuse(request, by=by, now=LATER, opinion="暂不需要。")),
    "send back": (State.SENT_BACK, lambda request, by: creation.send_back(request, by=by, now=LATER, opinion="请补充。")),
}


@ROUNDS
@pytest.mark.parametrize("other", OTHER)
def test_approval_and_another_decision_at_once(world, other, nth):
    request = make_creation_request(world=world, at=State.SUBMITTED)
    by = decider_of(request)
    state, decide = OTHER[other]
    winner = one_won(at_once(approve(request, by), lambda: decide(fresh(request), by)))
    reached = State.APPROVED if winner == 0 else state
    assert fresh(request).state == reached
    assert became(request) == {"submitted": 1, reached: 1}
    assert Group.objects.count() == (1 if winner == 0 else 0)
    assert list(contradictions()) == []


@ROUNDS
def test_approval_and_withdrawal_at_once(world, nth):
    request = make_creation_request(world=world, at=State.SUBMITTED)

    def withdraw():
        creation.withdraw(fresh(request), by=world.hr_admin, now=LATER)

    winner = one_won(at_once(approve(request, decider_of(request)), withdraw))
    reached = State.APPROVED if winner == 0 else State.WITHDRAWN
    assert became(request) == {"submitted": 1, reached: 1}
    assert list(contradictions()) == []


@ROUNDS
def test_first_of_several_approvals_twice_at_once(world, nth):
    request = make_creation_request(world=world, group_type="marketing_platform", at=State.SUBMITTED)
    assert request.steps.count() >= 1
    by = decider_of(request)
    one_won(at_once(approve(request, by), approve(request, by)))
    assert request.steps.filter(outcome="approved").count() == 1
    assert list(contradictions()) == []


@ROUNDS
def test_one_draft_submitted_twice_at_once(world, nth):
    request = make_creation_request(world=world)

    def submit():
        creation.submit(fresh(request), by=world.hr_admin, now=LATER)

    one_won(at_once(submit, submit))
    assert became(request)["submitted"] == 1
    assert request.steps.values("round", "position").distinct().count() == request.steps.count()
    assert list(contradictions()) == []


@ROUNDS
def test_two_requests_of_one_name_submitted_at_once(world, nth):
    first, second = (make_creation_request(world=world) for _ in range(2))

    def submit(request):
        return lambda: creation.submit(fresh(request), by=world.hr_admin, now=LATER)

    outcomes = at_once(submit(first), submit(second))
    assert [type(outcome) for outcome in outcomes if isinstance(outcome, Exception)] == [ValidationError], outcomes
    assert CreationRequest.objects.filter(state=State.SUBMITTED).count() == 1
    assert list(contradictions()) == []


@ROUNDS
def test_numbers_of_requests_submitted_at_once_differ(world, nth):
    requests = [make_creation_request(world=world, name_suffix=f"（{n}）") for n in range(3)]

    def submit(request):
        return lambda: creation.submit(fresh(request), by=world.hr_admin, now=LATER)

    assert at_once(*map(submit, requests)) == [None] * 3
    assert len(set(CreationRequest.objects.values_list("number", flat=True))) == 3


def designator_of(group):
    return group.designating_office.tenures.select_related("person__user").first().person.user


def designate(group, by, person):
    return lambda: designation.designate(fresh(group), person, by=by, now=LATER, reason="由其负责。")


@ROUNDS
def test_two_designations_at_once(world, nth):
    group = make_creation_request(world=world, at=State.APPROVED).group
    by = designator_of(group)
    one_won(at_once(designate(group, by, world.marketing_manager.person), designate(group, by, world.hr_admin.person)))
    assert Designation.objects.count() == 1
    assert history_of(group).filter(verb="designate").count() == 1
    assert Duty.objects.open().of_subject(Designation.objects.get()).count() == 1
    assert list(contradictions()) == []


def designated(world, **fields):
    group = make_creation_request(world=world, at=State.APPROVED, **fields).group
    return designation.designate(
        group, world.marketing_manager.person, by=designator_of(group), now=NOW, reason="由其负责。"
    )


@ROUNDS
def test_acceptance_and_refusal_at_once(world, nth):
    standing = designated(world)
    by = world.marketing_manager

    def accept():
        designation.accept(fresh(standing), by=by, now=LATER)

    def decline():
        designation.decline(fresh(standing), by=by, now=LATER, reply="手头事多。")

    one_won(at_once(accept, decline))
    assert history_of(standing).exclude(became="").exclude(became="proposed").count() == 1
    assert list(contradictions()) == []


def accepted(world, **fields):
    standing = designated(world, **fields)
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


@ROUNDS
def test_group_established_twice_at_once(world, nth):
    group = accepted(world, group_type="marketing_platform")
    one_won(at_once(*[establish(group, world.marketing_manager)] * 2))
    assert became(group)["established"] == 1
    assert Filing.objects.count() == 1
    assert list(contradictions()) == []


@ROUNDS
def test_filing_acknowledged_and_returned_at_once(world, nth):
    group = accepted(world, group_type="marketing_platform")
    establish(group, world.marketing_manager)()
    laid = Filing.objects.get()
    by = laid.office.tenures.select_related("person__user").first().person.user

    def acknowledge():
        filing.acknowledge(fresh(laid), by=by, now=LATER)

    def ask_completion():
        filing.ask_completion(fresh(laid), by=by, now=LATER, remark="请补充群二维码。")

    one_won(at_once(acknowledge, ask_completion))
    assert list(contradictions()) == []


@ROUNDS
def test_two_filings_acknowledged_at_once_get_two_numbers(world, nth):
    for _ in range(2):
        establish(accepted(world, group_type="marketing_platform"), world.marketing_manager)()
    first, second = Filing.objects.order_by("pk")
    by = first.office.tenures.select_related("person__user").first().person.user
    outcomes = at_once(*[lambda laid=laid: filing.acknowledge(fresh(laid), by=by, now=LATER) for laid in (first, second)])
    assert outcomes == [None, None]
    assert sorted(Filing.objects.values_list("number", flat=True)) == ["〔2026〕1号", "〔2026〕2号"]


def test_nobody_slips_in_by_deciding_on_his_own_submission_at_once(world):
    request = make_creation_request(world=world, at=State.SUBMITTED)
    outcomes = at_once(approve(request, world.hr_admin), approve(request, decider_of(request)))
    assert isinstance(outcomes[0], NotAllowed)
    assert outcomes[1] is None
