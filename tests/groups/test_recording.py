"""代录: recorded with its scan, marked everywhere, told at once, contestable; back to waiting, or a finding."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from governance.audit.models import Event
from governance.commands.proofs import contradictions
from governance.duties.models import Duty
from governance.files.rules import check
from governance.register.actions import confirm_establishment
from governance.register.papers import request_paper
from governance.workflow import NotAllowed, WrongState
from groups.actions import creation, designation, recording
from groups.actions.recording import Instruction
from groups.models import CreationRequest, Designation, Group, RecordedDecision
from tests.factories import (
    GROUP_COMPANY,
    NOW,
    load_group_company,
    make_checklist,
    make_creation_request,
    make_designation,
    make_group_company,
    make_person,
)
from tests.files.samples import upload
from tests.groups.facts import LATER, fresh, told, written
from tests.groups.reading import get, post, words

pytestmark = pytest.mark.django_db
State = CreationRequest.State
IN_TIME = NOW + timedelta(days=2)


@pytest.fixture
def world():
    return make_group_company()


@pytest.fixture
def waiting(world):
    return make_creation_request(world=world, at=State.SUBMITTED)


@pytest.fixture(autouse=True)
def _that_week(time_machine):
    time_machine.move_to(LATER, tick=False)


def instruction(world, outcome="approved", **fields):
    given = {"approver": world.president.person, "manner": "spoken", "given_on": NOW.date(), "scans": [check(upload())]}
    return Instruction(outcome=outcome, **given | fields)


def record(world, request, outcome="approved", *, by=None, now=LATER, **fields):
    opinion = fields.pop("opinion", "" if outcome == "approved" else "暂不需要。")
    said = instruction(world, outcome, opinion=opinion, **fields)
    return recording.record_decision(request, said, by=by or world.presidents_office, now=now)


def contest(recorded, world, *, now=IN_TIME):
    recording.contest(fresh(recorded), by=world.president, now=now, reason="我没有同意。")


@pytest.mark.parametrize("outcome", ["approved", "sent_back", "refused"])
def test_decision_is_taken_and_the_approver_told_at_once(world, waiting, outcome):
    recorded = record(world, waiting, outcome)
    assert (fresh(waiting).state, recorded.approver.name, recorded.recorded_by) == (outcome, "陈国栋", world.presidents_office)
    assert ("decision-recorded", "陈国栋") in told()
    assert list(contradictions()) == []


def test_it_is_marked_on_the_page_in_the_history_on_paper_and_in_the_log(client, world, waiting):
    record(world, waiting)
    page = words(get(client, world.hr_admin, "creation_request", waiting.pk))
    assert "代录" in page
    assert "陈国栋（许明哲 代录） 同意建群" in page
    assert Event.objects.get(verb="approve").facts["recorded_for"] == world.president.person.pk
    paper = request_paper(fresh(waiting), world.hr_admin, now=LATER)
    assert [(verdict.name, verdict.mark) for verdict in paper.verdicts[:1]] == [("许明哲", "代陈国栋录")]


def test_scan_is_opened_by_who_sees_the_request_and_nobody_else(client, world, waiting):
    record(world, waiting)
    recorded = RecordedDecision.objects.get()
    url = get(client, world.president, "creation_request", waiting.pk).context["page"].talk.recorded[0].scans[0].url
    assert client.get(url).status_code == 200
    client.force_login(world.project_gm_office)
    assert client.get(url).status_code == 404
    assert recorded.contestable_until.date() == date(2026, 3, 6)  # recorded on Tuesday, three working days


def test_consents_given_with_it_are_those_ticked(world):
    assistants = [make_person(company=world.headquarters, name=name, post="总裁助理") for name in ("吴静", "孙伟")]
    request = make_creation_request(world=world, at=State.SUBMITTED, exceptional=dict.fromkeys(assistants, ""))
    record(world, request, consents={request.consents.get(person=assistants[0]).pk})
    assert {one.person.name: one.state for one in request.consents.all()} == {"吴静": "given", "孙伟": "declined"}
    paper = request_paper(fresh(request), world.hr_admin, now=LATER)
    assert [(verdict.office, verdict.mark) for verdict in paper.consents] == [("吴静", "代陈国栋录"), ("孙伟", "代陈国栋录")]


# --- who may not, and what cannot be ----------------------------------------------------------------------------------
def test_nobody_records_on_his_own_submission(world):
    request = make_creation_request(world=world, at=State.SUBMITTED)
    CreationRequest.objects.filter(pk=request.pk).update(submitter=world.presidents_office.person)
    before = written()
    with pytest.raises(NotAllowed):
        record(world, fresh(request))
    assert written() == before


@pytest.mark.parametrize("who", ["hr_admin", "president", "marketing_vp"])
def test_only_the_office_that_the_regulation_names_records(world, waiting, who):
    with pytest.raises(NotAllowed):
        record(world, waiting, by=getattr(world, who))
    assert fresh(waiting).state == "submitted"


def test_regulation_that_names_nobody_has_no_recorded_decisions(client, world):
    text = GROUP_COMPANY.read_text(encoding="utf-8")
    start, end = text.index("\nrecords:"), text.index("\nclocks:")
    load_group_company(
        organisation=world.organisation, source=(text[:start] + text[end:]).replace('version: "1.0"', 'version: "1.1"')
    )
    request = make_creation_request(world=world, at=State.SUBMITTED)
    with pytest.raises(NotAllowed):
        record(world, request)
    assert "登记口头" not in words(get(client, world.presidents_office, "creation_request", request.pk))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"scans": []}, "scans"),
        ({"given_on": date(2026, 3, 1)}, "given_on"),
        ({"given_on": date(2026, 3, 4)}, "given_on"),
        ({"outcome": "lapsed"}, "outcome"),
        ({"outcome": "refused", "opinion": " "}, "opinion"),
        ({"approver": "marketing_vp"}, "approver"),
        ({"approver": "hr_admin"}, "approver"),
    ],
)
def test_instruction_that_cannot_be_is_refused_at_its_field(world, waiting, wrong, field):
    if isinstance(wrong.get("approver"), str):
        wrong = wrong | {"approver": getattr(world, wrong["approver"]).person}
    before = written()
    with pytest.raises(ValidationError) as refused:
        record(world, waiting, **wrong)
    assert list(refused.value.message_dict) == [field]
    assert (written(), RecordedDecision.objects.count(), fresh(waiting).state) == (before, 0, "submitted")


def test_late_click_finds_it_decided(world, waiting):
    creation.refuse(waiting, by=world.president, now=NOW, opinion="暂不需要。")
    with pytest.raises(WrongState):
        record(world, waiting)


# --- contesting -------------------------------------------------------------------------------------------------------
def test_contested_approval_waits_again_and_the_group_leaves_the_register(world, waiting):
    recorded = record(world, waiting)
    group = Group.objects.get()
    proposed = designation.designate(
        group, make_person(company=world.headquarters), by=world.presidents_office, now=LATER, reason="熟悉。"
    )
    contest(recorded, world)
    assert (fresh(waiting).state, fresh(group).state, fresh(proposed).state) == ("submitted", "revoked", "dropped")
    assert (fresh(recorded).state, fresh(recorded).reopened) == ("contested", True)
    duty = Duty.objects.open().of_subject(waiting).get()
    assert (duty.verb, duty.opened_at, str(duty.office)) == ("approve", IN_TIME, "总裁")
    assert [name for kind, name in told() if kind == "recorded-decision-contested"] == ["周敏", "许明哲"]
    assert list(contradictions()) == []


def test_reopened_request_is_approved_after_all_into_the_same_entry(world, waiting):
    contest(record(world, waiting), world)
    creation.approve(fresh(waiting), by=world.president, now=IN_TIME)
    assert [(group.state, group.ended_at, group.admin) for group in Group.objects.all()] == [("approved", None, None)]
    assert Duty.objects.open().of_subject(Group.objects.get()).get().verb == "designate"
    assert list(contradictions()) == []


def test_reopened_request_is_refused_and_the_group_stays_out(world, waiting):
    contest(record(world, waiting), world)
    creation.refuse(fresh(waiting), by=world.president, now=IN_TIME, opinion="不同意。")
    assert (fresh(waiting).state, Group.objects.get().state) == ("refused", "revoked")
    assert list(contradictions()) == []


def test_contested_after_establishment_is_a_finding_of_the_recording_office(client, world, waiting):
    recorded = record(world, waiting)
    admin = make_designation(at=Designation.State.ACCEPTED, group=Group.objects.get(), now=LATER).person.user
    group = Group.objects.get()
    confirm_establishment(group, make_checklist(group, now=LATER), [], by=admin, now=LATER)
    contest(recorded, world)
    assert (fresh(waiting).state, Group.objects.get().state) == ("approved", "established")
    duty = Duty.objects.get(verb="settle_contest")
    assert (str(duty.office), duty.closed_at) == ("总裁办", None)
    assert post(client, world.hr_admin, "recorded_decision_settle", recorded.pk, opinion="已核实。").status_code == 403
    assert post(client, world.presidents_office, "recorded_decision_settle", recorded.pk, opinion=" ").status_code == 422
    assert post(client, world.presidents_office, "recorded_decision_settle", recorded.pk, opinion="已核实。").status_code == 302
    assert (fresh(recorded).state, fresh(recorded).settlement) == ("settled", "已核实。")
    assert ("contest-settled", "陈国栋") in told()


def test_contested_refusal_waits_again(world, waiting):
    contest(record(world, waiting, "refused"), world)
    assert (fresh(waiting).state, fresh(waiting).decided_at) == ("submitted", None)
    creation.approve(fresh(waiting), by=world.president, now=IN_TIME)
    assert Group.objects.get().state == "approved"


def test_consents_are_asked_anew_after_a_contest(world):
    assistant = make_person(company=world.headquarters, name="吴静", post="总裁助理")
    request = make_creation_request(world=world, at=State.SUBMITTED, exceptional={assistant: "列席"})
    request.steps.create(round=1, position=1, office=world.organisation.offices.get(code="marketing_vp"), article="4.1")
    recorded = record(world, fresh(request), consents={request.consents.get().pk})
    assert request.consents.get().state == "given"
    contest(recorded, world)
    assert [(one.state, one.reason) for one in request.consents.all()] == [("asked", "列席")]


def test_contested_sending_back_is_a_finding(world, waiting):
    contest(record(world, waiting, "sent_back"), world)
    assert fresh(waiting).state == "sent_back"
    assert Duty.objects.open().filter(verb="settle_contest").count() == 1
    assert list(contradictions()) == []


def test_contested_first_step_comes_back_from_the_next_office(world):
    request = make_creation_request(world=world, at=State.SUBMITTED)
    office = request.steps.get().office
    second = world.organisation.offices.get(code="marketing_vp")
    request.steps.create(round=1, position=1, office=second, article="4.1")
    recorded = record(world, fresh(request))
    assert (fresh(request).step, fresh(request).state) == (1, "submitted")
    contest(recorded, world)
    duty = Duty.objects.open().of_subject(request).get()
    assert (fresh(request).step, duty.office) == (0, office)
    assert set(request.steps.values_list("outcome", flat=True)) == {"waiting"}


@pytest.mark.parametrize("who", ["presidents_office", "hr_admin"])
def test_only_its_approver_contests(world, waiting, who):
    recorded = record(world, waiting)
    with pytest.raises(NotAllowed):
        recording.contest(recorded, by=getattr(world, who), now=IN_TIME, reason="不对。")


def test_contested_once_in_time_and_with_a_reason(client, world, waiting, time_machine):
    recorded = record(world, waiting)
    assert post(client, world.president, "recorded_decision_contest", recorded.pk, opinion=" ").status_code == 422
    with pytest.raises(NotAllowed):
        contest(recorded, world, now=NOW + timedelta(days=5))
    contest(recorded, world)
    with pytest.raises(WrongState):
        contest(recorded, world)


def test_page_offers_recording_to_the_office_and_contesting_to_the_approver(client, world, waiting):
    assert "代录" in words(get(client, world.presidents_office, "creation_request", waiting.pk))
    assert "代录" not in words(get(client, world.hr_admin, "creation_request", waiting.pk))
    record(world, waiting)
    contest_url = reverse("recorded_decision_contest", args=[RecordedDecision.objects.get().pk])
    assert contest_url in get(client, world.president, "creation_request", waiting.pk).content.decode()
    assert contest_url not in get(client, world.hr_admin, "creation_request", waiting.pk).content.decode()
