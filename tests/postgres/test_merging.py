"""Merging two entries while somebody else works on the one that goes, on real connections: nothing is left behind."""

from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from governance.directory.actions import begin_tenure, invitations, merging, people
from governance.directory.models import Invitation, Person, Tenure
from governance.workflow import NotAllowed, WrongState
from groups.actions import designation
from groups.models import Designation
from tests.factories import (
    holder_of,
    make_group,
    make_group_company,
    make_holder,
    make_office,
    make_person,
    make_user,
)
from tests.postgres.at_once import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
ROUNDS = range(3)


@pytest.fixture
def world():
    return make_group_company()


@pytest.fixture
def hr(world):
    return make_holder(organisation=world.organisation, code="hr_admin", name="何俊")


def entries(world):
    return [make_person(company=world.project, name="段小雨") for _nth in range(2)]


def merging_of(kept, merged, hr):
    return lambda: merging.merge(kept, merged, choices={}, typed="段小雨", by=hr, now=timezone.now())


def test_two_merges_of_one_pair_leave_one(world, hr):
    for _round in ROUNDS:
        kept, merged = entries(world)
        outcomes = at_once(merging_of(kept, merged, hr), merging_of(merged, kept, hr))
        lost = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
        assert [type(outcome) for outcome in lost] == [WrongState], outcomes
        assert Person.objects.filter(pk__in=[kept.pk, merged.pk]).exclude(merged_into=None).count() == 1


def test_tenure_that_begins_meanwhile_is_not_left_with_the_pointer(world, hr):
    today = timezone.localdate()
    for nth in ROUNDS:
        kept, merged = entries(world)
        office = make_office(organisation=world.organisation, code=f"lead{nth}", name="主管")
        outcomes = at_once(
            merging_of(kept, merged, hr),
            partial(begin_tenure, office, merged, starts_on=today, by=hr, now=timezone.now()),
        )
        assert isinstance(outcomes[0], Person), outcomes
        assert not isinstance(outcomes[1], Exception) or isinstance(outcomes[1], ValidationError), outcomes
        assert not Tenure.objects.filter(person=merged).exists()


def test_invitation_meanwhile_is_refused_or_replaced(world, hr):
    for _round in ROUNDS:
        kept, merged = entries(world)
        outcomes = at_once(
            merging_of(kept, merged, hr), partial(invitations.invite, merged, by=hr, now=timezone.now())
        )
        assert isinstance(outcomes[0], Person), outcomes
        assert not isinstance(outcomes[1], Exception) or isinstance(outcomes[1], NotAllowed), outcomes
        assert not Invitation.objects.filter(person__in=[kept, merged], state=Invitation.State.OPEN).exists()


def test_facts_changed_meanwhile_do_not_bring_the_pointer_back(world, hr):
    for _round in ROUNDS:
        kept, merged = entries(world)
        at_once(
            merging_of(kept, merged, hr),
            partial(people.update, merged, phone="13900000009", by=hr, now=timezone.now()),
        )
        merged.refresh_from_db()
        assert merged.merged_into_id == kept.pk
        assert not merged.is_present(on=timezone.localdate())


def test_designation_meanwhile_follows(world, hr):
    """The action read the entry before it was merged and writes after: the sweep of the next hour moves it."""
    for group_type in ("headquarters_group", "executive_group"):
        kept = make_person(company=world.project, name="段小雨")
        merged = make_user(company=world.project, name="段小雨").person
        group = make_group(world=world, group_type=group_type, now=timezone.now())
        holder = holder_of(group.designating_office)
        at_once(
            merging_of(kept, merged, hr),
            partial(designation.designate, group, merged, by=holder, now=timezone.now(), reason="熟悉情况。"),
        )
        merging.follow(now=timezone.now() + timedelta(hours=1))
        assert not Designation.objects.filter(person=merged).exists()
