"""A creation request until it is decided: states, submitting, writing."""

from datetime import timedelta
from itertools import product

import pytest
from django.core.exceptions import ValidationError

from governance.directory.actions import people
from governance.directory.models import Office
from governance.regulations.actions import answer
from governance.regulations.models import OpenQuestion
from governance.workflow import NotAllowed, WrongState, move
from groups.actions import creation, drafting
from groups.models import CreationRequest, GroupType
from tests.factories import (
    NOW,
    content_of,
    make_creation_request,
    make_group_company,
    make_login,
    make_person,
    make_tenure,
)
from tests.groups.facts import LATER, fresh, open_duties, told, written

pytestmark = pytest.mark.django_db
State = CreationRequest.State
POSSIBLE = {
    ("draft", "submitted"),
    ("draft", "withdrawn"),
    ("submitted", "approved"),
    ("submitted", "sent_back"),
    ("submitted", "refused"),
    ("submitted", "withdrawn"),
    ("submitted", "lapsed"),
    ("sent_back", "submitted"),
    ("sent_back", "withdrawn"),
    ("lapsed", "submitted"),
    ("lapsed", "withdrawn"),
    ("approved", "submitted"),  # a recorded decision was contested
    ("refused", "submitted"),
}


@pytest.fixture
def world():
    return make_group_company()


@pytest.mark.parametrize(("state", "target"), list(product(State.values, State.values)))
def test_every_pair_of_states(state, target):
    request = make_creation_request(at=state)
    before = written()
    if (state, target) in POSSIBLE:
        changes = {"decided_at": LATER} if target in ("approved", "refused") else {}
        if state in ("approved", "refused"):
            changes = {"decided_at": None}
        if state == "draft" and target == "submitted":
            changes = {"number": "JQ-2026-9999", "submitted_at": LATER, "version": make_version(request)}
        move(request, target, by=None, at=LATER, changes=changes)
        assert fresh(request).state == target
    else:
        with pytest.raises(WrongState):
            move(request, target, by=None, at=LATER)
        assert fresh(request).state == state
        assert written() == before


@pytest.mark.parametrize("at", ["approved", "refused", "withdrawn", "submitted"])
def test_only_what_its_submitter_has_is_submitted(world, at):
    request = make_creation_request(world=world, at=at)
    before = written()
    with pytest.raises(WrongState):
        creation.submit(request, by=world.hr_admin, now=LATER)
    assert (fresh(request).state, written()) == (at, before)


def make_version(request):
    return request.group_type.regulation.versions.get()


# --- submit -----------------------------------------------------------------------------------------------------------
def test_submitting_hands_over_to_the_approving_office(world):
    request = make_creation_request(world=world, at="submitted", external_expected=0)
    duty = open_duties().get()
    assert (duty.subject, duty.verb, duty.office.code, duty.article) == (request, "approve", "president", "4.1")
    assert (duty.barred, duty.fallback_office.code) == (world.hr_admin.person, "hr_admin")
    assert duty.due_at.isoformat() == "2026-03-04T10:00:00+00:00"  # 18:00 of the second working day
    assert told() == [("duty-approve", "陈国栋")]
    assert (request.number, request.round, request.version) == ("JQ-2026-0001", 1, world.version)


def test_submitting_by_a_colleague_of_the_same_office_is_refused(world):
    request = make_creation_request(world=world)
    colleague = make_login(person=make_person(company=world.headquarters, name="何俊"))
    make_tenure(office=Office.objects.get(organisation=world.organisation, code="hr_admin"), person=colleague.person)
    before = written()
    with pytest.raises(NotAllowed):
        creation.submit(request, by=colleague, now=LATER)
    assert (fresh(request).state, written()) == ("draft", before)


def test_drafting_by_an_office_that_does_not_submit_is_refused(world):
    group_type = GroupType.objects.get(code="executive_group")
    with pytest.raises(NotAllowed):
        drafting.draft(group_type, content_of(company=world.headquarters), by=world.president, now=NOW)
    assert CreationRequest.objects.count() == 0


def test_submitter_who_lost_the_office_cannot_submit(world):
    request = make_creation_request(world=world)
    world.hr_admin.person.tenures.all().delete()
    with pytest.raises(NotAllowed):
        creation.submit(request, by=fresh(world.hr_admin), now=LATER)
    assert fresh(request).state == "draft"


def test_second_submission_is_late(world):
    request = make_creation_request(world=world, at="submitted")
    before = written()
    with pytest.raises(WrongState) as late:
        creation.submit(fresh(request), by=world.hr_admin, now=LATER)
    assert (late.value.event.verb, late.value.event.actor) == ("submit", world.hr_admin)
    assert written() == before


def test_two_requests_of_one_name_in_another_width(world):
    make_creation_request(world=world, at="submitted", name_suffix="（A）")
    second = make_creation_request(world=world, name_suffix="(ａ)")
    before = written()
    with pytest.raises(ValidationError) as refused:
        creation.submit(second, by=world.hr_admin, now=LATER)
    assert refused.value.message_dict == {"name_suffix": ["已有同名的建群申请待审批。"]}
    assert (fresh(second).number, written()) == ("", before)


def test_undecided_type_is_not_requested_until_instructed(world):
    group_type = GroupType.objects.get(code="department_group")
    content = content_of(company=world.headquarters, department=world.hr_admin.person.department)
    with pytest.raises(NotAllowed):
        drafting.draft(group_type, content, by=world.hr_admin, now=NOW)
    question = OpenQuestion.objects.get(code="department_groups")
    answer(question, by=world.president, now=NOW, answers={
        "decision": "allow", "approver": "president", "designating_office": "hr_admin"}, instruction="同意。")  # fmt: skip
    request = drafting.draft(group_type, content, by=world.hr_admin, now=NOW)
    creation.submit(request, by=world.hr_admin, now=NOW)
    assert (request.name, request.steps.get().office.code) == ("集团本部行政人事部工作群", "president")


def test_exceptional_member_who_is_none_any_more_is_said_at_submission(world):
    assistant = make_person(company=world.headquarters, name="吴静", post="总裁助理")
    request = make_creation_request(world=world, exceptional={assistant: "列席"})
    people.update(assistant, by=None, now=NOW, post="专员")
    with pytest.raises(ValidationError) as refused:
        creation.submit(request, by=world.hr_admin, now=LATER)
    assert list(refused.value.message_dict) == ["exceptional"]


def test_only_candidates_are_written_as_exceptional(world):
    clerk = make_person(company=world.headquarters, name="普通员", post="专员")
    assert make_creation_request(world=world, exceptional={clerk: ""}).consents.count() == 0


# --- editing ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("at", ["submitted", "approved", "refused", "withdrawn"])
def test_nobody_edits_what_is_not_with_the_submitter(world, at):
    request = make_creation_request(world=world, at=at)
    with pytest.raises(WrongState):
        drafting.edit(request, content_of(company=world.headquarters, purpose="别的"), by=world.hr_admin, now=LATER)
    assert fresh(request).purpose == "年度经营决策、重大事项通报。"


def test_edit_that_comes_after_the_submission_is_late(world):
    request = make_creation_request(world=world)
    stale = fresh(request)
    creation.submit(request, by=world.hr_admin, now=LATER)
    with pytest.raises(WrongState):
        drafting.edit(stale, content_of(company=world.headquarters, name_suffix="（改）"), by=world.hr_admin, now=LATER)
    assert fresh(request).name == "集团高管工作群"


def test_name_that_cannot_be_stored_is_refused(world):
    with pytest.raises(ValidationError):
        make_creation_request(world=world, group_type="marketing_platform", project="ﷺ" * 50)
    assert CreationRequest.objects.count() == 0


def test_second_click_on_the_form_writes_nothing_new(world):
    group_type = GroupType.objects.get(code="executive_group")
    content = content_of(company=world.headquarters)
    first = drafting.write(group_type, content, by=world.hr_admin, now=NOW, submit=True)
    before = written()
    second = drafting.write(group_type, content, by=world.hr_admin, now=NOW + timedelta(seconds=2), submit=True)
    assert (second, CreationRequest.objects.count(), written()) == (first, 1, before)


def test_writing_and_submitting_is_both_or_nothing(world):
    make_creation_request(world=world, at="submitted")
    group_type = GroupType.objects.get(code="executive_group")
    before = written()
    with pytest.raises(ValidationError):
        drafting.write(group_type, content_of(company=world.headquarters), by=world.hr_admin, now=LATER, submit=True)
    assert (CreationRequest.objects.count(), written()) == (1, before)
