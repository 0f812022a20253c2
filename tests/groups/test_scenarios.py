"""Situations around a request that peers trip over (the numbers are those of the list of scenarios)."""

from datetime import date, timedelta

import pytest

from governance.workflow import NotAllowed
from groups.actions import creation
from groups.models import CreationRequest, Group
from tests.factories import (
    NOW,
    load_group_company,
    make_creation_request,
    make_group_company,
    make_holder,
    make_tenure,
)
from tests.groups.facts import LATER, fresh, written
from tests.groups.reading import get, words
from tests.groups.regulation_texts import changed

pytestmark = pytest.mark.django_db
State = CreationRequest.State


@pytest.fixture
def world():
    return make_group_company()


def test_scenario_1_approver_is_the_submitter_and_it_stays_undecided(world):
    make_tenure(office=world.organisation.offices.get(code="hr_admin"), person=world.president.person)
    request = make_creation_request(world=world, submitter=world.president, at=State.SUBMITTED)
    before = written()
    for act in (creation.approve, creation.refuse, creation.send_back):
        with pytest.raises(NotAllowed):
            act(request, by=world.president, now=LATER, opinion="同意。")
    found = fresh(request)
    assert (found.state, found.decided_at, Group.objects.count(), written()) == (State.SUBMITTED, None, 0, before)


@pytest.mark.parametrize("code", ["hr_admin", "presidents_office", "president"])
def test_scenario_3_holding_every_office_does_not_let_one_approve_his_own(world, code):
    president = world.organisation.offices.get(code="president")
    everything = make_holder(organisation=world.organisation, code="hr_admin", name="何俊")
    for office in {president, world.organisation.offices.get(code=code)}:
        if not office.tenures.filter(person=everything.person).exists():
            make_tenure(office=office, person=everything.person)
    request = make_creation_request(world=world, submitter=everything, at=State.SUBMITTED)
    with pytest.raises(NotAllowed):
        creation.approve(request, by=everything, now=LATER)
    creation.approve(request, by=world.president, now=LATER)
    assert fresh(request).state == State.APPROVED


def test_scenario_35_regulation_changed_while_it_waits(client, world):
    request = make_creation_request(world=world, group_type="planning_group", at=State.SUBMITTED)
    first = request.version
    load_group_company(
        organisation=world.organisation,
        source=changed({("planning_group", "name_template"): "计划运营工作群"}, version="2.0"),
        now=NOW + timedelta(hours=1),
    )
    assert "按 1.0 版办理" in words(get(client, world.president, "creation_request", request.pk))
    creation.approve(request, by=world.president, now=LATER)
    group = Group.objects.get(creation_request=request)
    assert (group.version, group.name) == (first, "计划运营推动群")


def test_scenario_35_type_closed_while_it_waits(client, world):
    request = make_creation_request(world=world, group_type="planning_group", at=State.SUBMITTED)
    load_group_company(
        organisation=world.organisation, source=changed({("planning_group", "state"): "closed"}, version="2.0")
    )
    before = written()
    with pytest.raises(NotAllowed):
        creation.approve(request, by=world.president, now=LATER)
    assert (fresh(request).state, written()) == (State.SUBMITTED, before)
    creation.send_back(request, by=world.president, now=LATER, opinion="该类型已停止设立。")
    assert fresh(request).state == State.SENT_BACK


def test_scenario_39_end_that_was_asked_for_is_past_before_the_decision(client, world):
    request = make_creation_request(world=world, at=State.SUBMITTED)
    CreationRequest.objects.filter(pk=request.pk).update(ends_on=date(2026, 6, 30))
    request, before = fresh(request), written()
    with pytest.raises(NotAllowed, match="已过"):
        creation.approve(request, by=world.president, now=LATER)
    assert (fresh(request).state, written()) == (State.SUBMITTED, before)
    assert "已过" in words(get(client, world.president, "creation_request", request.pk))
    creation.send_back(request, by=world.president, now=LATER, opinion="请重新填写期限。")
    assert fresh(request).state == State.SENT_BACK
