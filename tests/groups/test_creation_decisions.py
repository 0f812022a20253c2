"""Deciding on a creation request: who may, once, and that nothing is written when refused."""

from datetime import timedelta
from itertools import product

import pytest
from django.core.exceptions import ValidationError

from governance.audit.queries import history_of
from governance.directory.actions import people
from governance.directory.models import Office
from governance.notifications.models import Notice
from governance.workflow import NotAllowed, WrongState
from groups.actions import creation
from groups.models import Group
from tests.factories import (
    NOW,
    load_group_company,
    make_creation_request,
    make_group_company,
    make_login,
    make_person,
    make_tenure,
)
from tests.groups.facts import LATER, decide, fresh, open_duties, states, told, written
from tests.groups.regulation_texts import changed

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_group_company()


# --- approve ----------------------------------------------------------------------------------------------------------
def test_approving_opens_the_group_and_asks_for_its_admin(world):
    request = make_creation_request(world=world, at="submitted")
    creation.approve(request, by=world.president, now=LATER, opinion="同意。")
    group = Group.objects.get()
    assert (group.name, group.state, group.creation_request) == ("集团高管工作群", "approved", request)
    duty = open_duties().get()
    assert (duty.subject, duty.verb, duty.office.code, duty.article) == (group, "designate", "presidents_office", "5.1")
    event = history_of(request).get(verb="approve")
    assert (event.actor, event.office, event.note, event.article) == (world.president, "总裁", "同意。", "4.1")
    assert Notice.objects.filter(kind="request-approved").get().person == world.hr_admin.person


@pytest.mark.parametrize("verb", ["approve", "send_back", "refuse"])
@pytest.mark.parametrize("who", ["hr_admin", "executive_vp", "presidents_office", "marketing_vp"])
def test_deciding_for_an_office_one_does_not_hold(world, verb, who):
    request = make_creation_request(world=world, at="submitted")
    before = written()
    with pytest.raises(NotAllowed):
        decide(verb, request, by=getattr(world, who))
    assert (fresh(request).state, written()) == ("submitted", before)


@pytest.mark.parametrize("verb", ["approve", "send_back", "refuse"])
def test_nobody_decides_on_his_own_submission(world, verb):
    make_tenure(office=Office.objects.get(organisation=world.organisation, code="hr_admin"), person=world.president.person)
    request = make_creation_request(world=world, submitter=world.president, at="submitted")
    before = written()
    with pytest.raises(NotAllowed):
        decide(verb, request, by=world.president)
    assert (fresh(request).state, written()) == ("submitted", before)


def test_other_holder_decides_where_one_is_barred(world):
    president = Office.objects.get(organisation=world.organisation, code="president")
    make_tenure(office=Office.objects.get(organisation=world.organisation, code="hr_admin"), person=world.president.person)
    acting = make_login(person=make_person(company=world.headquarters, name="代行人"))
    make_tenure(office=president, person=acting.person, acting=True)
    request = make_creation_request(world=world, submitter=world.president, at="submitted")
    creation.approve(request, by=acting, now=LATER)
    assert fresh(request).state == "approved"
    assert history_of(request).get(verb="approve").actor == acting


CLICKS = set(product(["approve", "send_back", "refuse"], ["approve", "send_back", "refuse", "withdraw"]))


@pytest.mark.parametrize(("first", "second"), sorted(CLICKS - {("send_back", "withdraw")}))
def test_late_click_changes_nothing(world, first, second):
    request = make_creation_request(world=world, at="submitted")
    stale = fresh(request)
    decide(first, request, by=world.president)
    before, state = written(), fresh(request).state
    with pytest.raises(WrongState) as late:
        decide(second, stale, by=world.hr_admin if second == "withdraw" else world.president)
    assert (fresh(request).state, written()) == (state, before)
    assert late.value.event.actor == world.president


def test_holder_who_came_in_meanwhile_decides_and_the_former_does_not(world):
    request = make_creation_request(world=world, at="submitted")
    office = Office.objects.get(organisation=world.organisation, code="president")
    office.tenures.update(ends_on=NOW.date())
    successor = make_login(person=make_person(company=world.headquarters, name="新总裁"))
    make_tenure(office=office, person=successor.person, starts_on=LATER.date())
    with pytest.raises(NotAllowed):
        creation.approve(request, by=world.president, now=LATER)
    creation.approve(request, by=successor, now=LATER)
    assert fresh(request).state == "approved"


def test_office_without_holder_is_never_approved(world):
    Office.objects.get(organisation=world.organisation, code="president").tenures.all().delete()
    request = make_creation_request(world=world, at="submitted")
    with pytest.raises(NotAllowed):
        creation.approve(request, by=world.hr_admin, now=LATER)
    assert told() == []  # HR & Administration has it meanwhile, but its only holder submitted it himself
    assert fresh(request).state == "submitted"


def test_type_closed_meanwhile_is_not_approved_but_can_be_sent_back(world):
    request = make_creation_request(world=world, at="submitted")
    load_group_company(organisation=world.organisation, source=changed({("executive_group", "state"): "closed"}))
    before = written()
    with pytest.raises(NotAllowed):
        creation.approve(request, by=world.president, now=LATER)
    assert (fresh(request).state, written()) == ("submitted", before)
    creation.send_back(request, by=world.president, now=LATER, opinion="此类群已停止受理。")
    assert fresh(request).state == "sent_back"


def test_request_keeps_the_version_of_its_last_submission(world):
    request = make_creation_request(world=world, at="submitted")
    newer = load_group_company(organisation=world.organisation, source=changed({
        ("executive_group", "approval"): [{"office": "executive_vp", "article": "4.1"}],
        ("executive_group", "designation"): {"office": "hr_admin", "article": "5.1"},
    }))  # fmt: skip
    with pytest.raises(NotAllowed):
        creation.approve(request, by=world.executive_vp, now=LATER)
    creation.send_back(request, by=world.president, now=LATER, opinion="请补充。")
    creation.submit(request, by=world.hr_admin, now=LATER)
    assert (request.version, request.round) == (newer, 2)
    creation.approve(request, by=world.executive_vp, now=LATER)
    assert Group.objects.get().designating_office.code == "hr_admin"


def test_group_of_the_same_name_that_came_meanwhile(world):
    request = make_creation_request(world=world, at="submitted")
    other = make_creation_request(world=world, at="approved", name_suffix="（二）")
    Group.objects.filter(creation_request=other).update(name_folded=request.name_folded)
    before = written()
    with pytest.raises(NotAllowed):
        creation.approve(request, by=world.president, now=LATER)
    assert (fresh(request).state, request.steps.get().outcome, written()) == ("submitted", "waiting", before)


def test_several_steps_in_order(world):
    load_group_company(organisation=world.organisation, source=changed({("executive_group", "approval"): [
        {"office": "executive_vp", "article": "4.1"}, {"office": "president", "article": "4.1"},
    ]}))  # fmt: skip
    request = make_creation_request(world=world, at="submitted")
    with pytest.raises(NotAllowed):
        creation.approve(request, by=world.president, now=LATER)
    creation.approve(request, by=world.executive_vp, now=LATER, opinion="同意上报。")
    assert (fresh(request).state, Group.objects.count()) == ("submitted", 0)
    assert open_duties().get().office.code == "president"
    with pytest.raises(NotAllowed):
        creation.approve(request, by=world.executive_vp, now=LATER)
    creation.approve(request, by=world.president, now=LATER)
    assert (fresh(request).state, Group.objects.count()) == ("approved", 1)


def test_withdrawn_between_two_steps(world):
    load_group_company(organisation=world.organisation, source=changed({("executive_group", "approval"): [
        {"office": "executive_vp", "article": "4.1"}, {"office": "president", "article": "4.1"},
    ]}))  # fmt: skip
    request = make_creation_request(world=world, at="submitted")
    stale = fresh(request)
    creation.withdraw(request, by=world.hr_admin, now=LATER)
    before = written()
    with pytest.raises(WrongState):
        creation.approve(stale, by=world.executive_vp, now=LATER)
    assert (fresh(request).step, fresh(request).state, written()) == (0, "withdrawn", before)


def test_type_without_approval_exists_once_submitted(world):
    load_group_company(organisation=world.organisation, source=changed({("planning_group", "approval"): []}))
    request = make_creation_request(world=world, group_type="planning_group", at="submitted")
    assert (request.state, Group.objects.get().creation_request) == ("approved", request)
    assert history_of(request).get(verb="approve").actor is None


# --- consents ---------------------------------------------------------------------------------------------------------
@pytest.fixture
def asked(world):
    """A submitted request with three exceptional members; the president himself cannot be one."""
    people_asked = [make_person(company=world.headquarters, name=name, post="总裁助理") for name in ("吴静", "孙伟", "郑洁")]
    return make_creation_request(world=world, at="submitted", exceptional=dict.fromkeys(people_asked, "列席"))


def test_approving_the_group_consents_to_nobody(world, asked):
    creation.approve(asked, by=world.president, now=LATER)
    assert states(asked) == dict.fromkeys(("吴静", "孙伟", "郑洁"), "declined")


def test_only_who_was_ticked_joins(world, asked):
    ticked = asked.consents.get(person__name="孙伟")
    creation.approve(asked, by=world.president, now=LATER, consents={ticked.pk})
    assert states(asked) == {"吴静": "declined", "孙伟": "given", "郑洁": "declined"}
    assert history_of(ticked).get().verb == "consent"


def test_consents_of_another_request_cannot_be_ticked_here(world, asked):
    other = make_creation_request(
        world=world, at="submitted", name_suffix="（二）", exceptional={asked.consents.first().person: ""}
    )
    creation.approve(asked, by=world.president, now=LATER, consents={other.consents.get().pk, 999999})
    assert states(other) == {"吴静": "asked"}
    assert "given" not in states(asked).values()


def test_nobody_consents_to_himself(world):
    assistant = make_login(person=make_person(company=world.headquarters, name="吴静", post="总裁助理"))
    make_tenure(
        office=Office.objects.get(organisation=world.organisation, code="president"), person=assistant.person, acting=True
    )
    world.president.person.tenures.filter(office__code="president").update(ends_on=NOW.date())
    load_group_company(organisation=world.organisation, source=changed(executives_by_post()))
    request = make_creation_request(world=world, at="submitted", exceptional={assistant.person: ""})
    creation.approve(request, by=assistant, now=LATER, consents=set(request.consents.values_list("pk", flat=True)))
    assert states(request) == {"吴静": "declined"}


def executives_by_post():
    """Whoever acts for the president is not a member of the executive group by that alone."""
    members = {
        "article": "4.1",
        "mandatory": [{"posts": ["常务副总裁"]}],
        "by_approval": [{"posts": ["总裁助理"]}],
    }
    return {("executive_group", "members"): members}


def test_resubmitting_asks_for_every_consent_anew(world):
    load_group_company(organisation=world.organisation, source=changed({("executive_group", "approval"): [
        {"office": "president", "article": "4.1"}, {"office": "executive_vp", "article": "4.1"},
    ]}))  # fmt: skip
    assistant = make_person(company=world.headquarters, name="吴静", post="总裁助理")
    request = make_creation_request(world=world, at="submitted", exceptional={assistant: "列席"})
    creation.approve(request, by=world.president, now=LATER, consents={request.consents.get().pk})
    assert states(request) == {"吴静": "given"}
    creation.send_back(request, by=world.executive_vp, now=LATER, opinion="请说明理由。")
    creation.submit(request, by=world.hr_admin, now=LATER)
    assert states(request) == {"吴静": "asked"}
    assert (request.consents.get().office.code, request.consents.get().reason) == ("president", "列席")


# --- send back, refuse, withdraw --------------------------------------------------------------------------------------
@pytest.mark.parametrize("verb", ["send_back", "refuse"])
@pytest.mark.parametrize("opinion", ["", "  \n"])
def test_reason_is_asked_for(world, verb, opinion):
    request = make_creation_request(world=world, at="submitted")
    before = written()
    with pytest.raises(ValidationError) as refused:
        decide(verb, request, by=world.president, opinion=opinion)
    assert list(refused.value.message_dict) == ["opinion"]
    assert (fresh(request).state, written()) == ("submitted", before)


def test_sent_back_lies_with_the_submitter(world):
    request = make_creation_request(world=world, at="sent_back", opinion="请补充名单。")
    duty = open_duties().get()
    assert (duty.verb, duty.person, duty.facts["opinion"]) == ("amend", world.hr_admin.person, "请补充名单。")
    assert request.steps.get().outcome == "sent_back"


def test_resubmitting_keeps_the_number_and_restarts_the_clock(world):
    request = make_creation_request(world=world, at="sent_back")
    later = NOW + timedelta(days=7)
    creation.submit(request, by=world.hr_admin, now=later)
    assert (request.number, request.round, request.submitted_at) == ("JQ-2026-0001", 2, later)
    assert open_duties().get().opened_at == later
    assert [(step.round, step.outcome) for step in request.steps.all()] == [(1, "sent_back"), (2, "waiting")]


def test_refused_is_the_end(world):
    request = make_creation_request(world=world, at="refused")
    assert (open_duties().count(), Group.objects.count()) == (0, 0)
    assert Notice.objects.filter(kind="request-refused").count() == 1
    assert make_creation_request(world=world, at="submitted").name == request.name


@pytest.mark.parametrize("at", ["draft", "submitted", "sent_back"])
def test_withdrawing(world, at):
    request = make_creation_request(world=world, at=at)
    creation.withdraw(request, by=world.hr_admin, now=LATER)
    assert (fresh(request).state, open_duties().count()) == ("withdrawn", 0)


@pytest.mark.parametrize("who", ["president", "presidents_office"])
def test_withdrawing_is_the_submitters(world, who):
    request = make_creation_request(world=world, at="submitted")
    with pytest.raises(NotAllowed):
        creation.withdraw(request, by=getattr(world, who), now=LATER)
    assert fresh(request).state == "submitted"


def test_submitter_who_left_is_succeeded_by_his_office(world):
    request = make_creation_request(world=world, at="submitted")
    successor = make_login(person=make_person(company=world.headquarters, name="何俊"))
    make_tenure(office=Office.objects.get(organisation=world.organisation, code="hr_admin"), person=successor.person)
    people.leave(world.hr_admin.person, on=NOW.date(), by=None, now=NOW)
    creation.send_back(request, by=world.president, now=LATER, opinion="请补充。")
    duty = open_duties().get()
    assert (duty.person, duty.office.code) == (None, "hr_admin")
    creation.submit(request, by=successor, now=LATER)
    assert (request.submitter, open_duties().get().barred) == (successor.person, successor.person)
