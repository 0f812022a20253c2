"""The holder and his delegate at the same moment on two connections: one decides, the other hears who was quicker."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from governance.accounts.models import User
from governance.audit.queries import history_of
from governance.commands.proofs import contradictions
from governance.directory.models import Tenure
from governance.workflow import WrongState
from groups.actions import creation
from groups.models import CreationRequest, Group
from tests.factories import make_creation_request, make_delegation, make_group_company, make_user
from tests.postgres.at_once import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
ROUNDS = range(4)


@pytest.fixture
def world():
    world = make_group_company()
    yield world
    assert list(contradictions()) == []


def fresh(subject):
    """The row as another request reads it."""
    return type(subject).objects.get(pk=subject.pk)


def test_holder_and_delegate_decide_at_once(world):
    delegate = make_user(company=world.headquarters, name="李文")
    make_delegation(holder=world.president, delegate=delegate)
    now = timezone.now()
    for nth in ROUNDS:
        request = make_creation_request(world=world, at="submitted", name_suffix=f"（第{nth}次）", now=now)
        outcomes = at_once(
            lambda request=request: creation.approve(fresh(request), by=fresh(world.president), now=now),
            lambda request=request: creation.refuse(fresh(request), by=fresh(delegate), now=now, opinion="暂不需要。"),
        )
        lost = [outcome for outcome in outcomes if outcome is not None]
        assert [type(outcome) for outcome in lost] == [WrongState], outcomes
        state = "approved" if outcomes[0] is None else "refused"
        assert CreationRequest.objects.get(pk=request.pk).state == state
        assert Group.objects.filter(creation_request=request).count() == (state == "approved")
        step = request.steps.get()
        assert step.decided_for == (None if state == "approved" else world.president.person)
        assert history_of(request).filter(verb__in=["approve", "refuse"]).count() == 1


def test_two_delegates_named_at_once_for_the_same_days(world):
    """HR and the holder record it at the same moment: one stands, the other is refused with whom."""
    others = [make_user(company=world.headquarters, name=name) for name in ("李文", "何俊")]
    for nth in ROUNDS:
        start = timezone.localdate() + timedelta(days=30 * nth)
        outcomes = at_once(
            *(
                lambda delegate=delegate, by=by, start=start: make_delegation(
                    holder=fresh(world.president), delegate=fresh(delegate), by=User.objects.get(pk=by.pk), starts_on=start
                )
                for delegate, by in zip(others, (world.president, world.hr_admin), strict=True)
            )
        )
        refused = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
        assert [type(outcome) for outcome in refused] == [ValidationError], outcomes
        assert Tenure.objects.filter(stands_for__person=world.president.person, starts_on=start).count() == 1
