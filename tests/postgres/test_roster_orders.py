"""Two real connections: an order is done once, two schedulers open each order once."""

import pytest

from governance.audit.models import Event
from governance.workflow import WrongState
from members.actions.carrying_out import carry_out
from members.actions.reconciling import reconcile_rosters
from members.models import Membership, RosterOrder
from tests.factories import make_person
from tests.members.test_reconciling import build, march
from tests.postgres.at_once import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_two_clicks_on_done_leave_one_membership():
    world = build()
    new = make_person(company=world.headquarters, name="毕方", now=march(3))
    reconcile_rosters(now=march(3))
    order, by = RosterOrder.objects.get(), world.group.admin.user

    def click():
        return carry_out(world.group, [order.pk], by=by, now=march(3, 10))

    outcomes = at_once(click, click)
    assert [type(outcome) for outcome in outcomes if isinstance(outcome, Exception)] == [WrongState]
    assert Membership.objects.filter(group=world.group, person=new).count() == 1
    assert Event.objects.filter(verb="carry_out_order").count() == 1


def test_two_schedulers_open_each_order_once():
    world = build()
    for number in range(5):
        make_person(company=world.headquarters, name=f"新人{number}", now=march(3))
    outcomes = at_once(*[lambda: reconcile_rosters(now=march(3))] * 2)
    assert sorted(outcomes) == [0, 5]
    assert RosterOrder.objects.count() == 5
