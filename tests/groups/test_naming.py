"""A group created under another name than the approved one; names that are taken, forbidden, reserved."""

from datetime import timedelta
from itertools import product

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from governance.audit.queries import history_of
from governance.commands.proofs import contradictions
from governance.duties.models import Duty
from governance.workflow import NotAllowed, WrongState, move
from groups.actions import creation, establishment, naming
from groups.models import CreatedName, CreationRequest, Filing, Group
from groups.rules import borrows_prefix
from tests.factories import (
    load_group_company,
    make_checklist,
    make_creation_request,
    make_group,
    make_group_company,
    make_user,
)
from tests.groups.facts import LATER, fresh, told, written
from tests.groups.reading import get, words
from tests.groups.regulation_texts import changed

pytestmark = pytest.mark.django_db
State = CreatedName.State
OTHER = "渝北大家庭"
AFTER = LATER + timedelta(hours=1)


@pytest.fixture
def world():
    return make_group_company()


@pytest.fixture
def admin(world):
    return make_user(company=world.project, name="钱立群")


@pytest.fixture
def group(world, admin):
    return fresh(make_group(world=world, group_type="project_company_group", admin=admin))


def establish(group, name=OTHER, *, knowingly=True):
    checklist = make_checklist(group, name_as_created=name, other_name=knowingly)
    establishment.establish(group, checklist, by=group.admin.user, now=LATER)


@pytest.fixture
def created(group):
    establish(group)
    return group.created_names.get()


def duty_of(subject):
    return Duty.objects.open().of_subject(subject).get()


def at(state, group):
    establish(group)
    found = group.created_names.get()
    hr = group.designating_office.tenures.first().person.user
    if state in (State.OBJECTED, State.RENAMED):
        naming.object_to_name(found, by=hr, now=AFTER, remark="请用原名。")
    if state == State.RENAMED:
        naming.rename(found, by=group.admin.user, now=AFTER)
    if state == State.ACCEPTED:
        naming.accept_name(found, by=hr, now=AFTER)
    return fresh(found)


POSSIBLE = {("declared", "accepted"), ("declared", "objected"), ("objected", "renamed")}


@pytest.mark.parametrize(("state", "target"), list(product(State.values, State.values)))
def test_every_pair_of_states(group, state, target):
    found = at(state, group)
    before = written()
    if (state, target) in POSSIBLE:
        move(found, target, by=None, at=AFTER, changes={} if target == "objected" else {"settled_at": AFTER})
        assert fresh(found).state == target
    else:
        with pytest.raises(WrongState):
            move(found, target, by=None, at=AFTER)
        assert (fresh(found).state, written()) == (state, before)


def test_other_name_is_laid_before_the_designating_office(world, group, created):
    assert (fresh(group).state, fresh(group).name) == ("established", "渝北项目公司工作群")
    assert (created.name, created.approved_name, created.state) == (OTHER, "渝北项目公司工作群", State.DECLARED)
    duty = duty_of(created)
    assert (duty.verb, duty.office.code, duty.days, duty.path) == (
        "judge_name", "hr_admin", 2, reverse("created_name", args=[created.pk]),
    )  # fmt: skip
    assert ("duty-judge_name", "周敏") in told()
    assert list(contradictions()) == []


def test_unknowingly_it_is_asked_for(group):
    before = written()
    with pytest.raises(ValidationError) as wrong:
        establish(group, knowingly=False)
    assert set(wrong.value.message_dict) == {"name_as_created", "other_name"}
    assert (fresh(group).state, written()) == ("approved", before)


def test_accepted_it_is_the_groups_name(world, group, created):
    naming.accept_name(created, by=world.hr_admin, now=AFTER)
    found = fresh(group)
    assert (found.name, found.name_folded, fresh(created).state, fresh(created).settled_at) == (OTHER, OTHER, "accepted", AFTER)
    assert "大家庭" in found.search
    assert (history_of(created).first().verb, Duty.objects.open().of_subject(created).exists()) == ("accept_name", False)
    assert ("name-accepted", "钱立群") in told()
    assert make_creation_request(world=world, group_type="project_company_group", at="submitted").state == "submitted"
    assert list(contradictions()) == []


def test_accepted_name_is_filed_where_the_regulation_asks_for_it(world, admin):
    filing = {"office": "hr_admin", "within_days": 5, "events": ["creation", "renamed"], "article": "4.5"}
    load_group_company(organisation=world.organisation, source=changed({("marketing_platform", "filing"): filing}))
    group = fresh(make_group(world=world, group_type="marketing_platform", admin=admin))
    establish(group)
    naming.accept_name(group.created_names.get(), by=world.marketing_vp, now=AFTER)
    assert list(Filing.objects.values_list("event", flat=True)) == ["creation", "renamed"]


def test_objected_to_it_is_the_admins_to_rename(world, group, created):
    naming.object_to_name(created, by=world.hr_admin, now=AFTER, remark="请用原名。")
    duty = duty_of(created)
    assert (duty.verb, duty.person, duty.facts["remark"]) == ("rename_group", group.admin, "请用原名。")
    naming.rename(created, by=group.admin.user, now=AFTER)
    assert (fresh(created).state, fresh(group).name) == (State.RENAMED, "渝北项目公司工作群")
    assert fresh(group).establishment.name_as_created == "渝北项目公司工作群"
    assert list(contradictions()) == []


@pytest.mark.parametrize("who", ["president", "presidents_office", "marketing_vp"])
def test_others_do_not_decide(world, created, who):
    before = written()
    for act in (naming.accept_name, naming.object_to_name):
        with pytest.raises(NotAllowed):
            act(created, by=getattr(world, who), now=AFTER)
    assert (fresh(created).state, written()) == (State.DECLARED, before)


def test_only_the_admin_says_that_it_is_renamed(world, created):
    naming.object_to_name(created, by=world.hr_admin, now=AFTER)
    with pytest.raises(NotAllowed):
        naming.rename(created, by=world.hr_admin, now=AFTER)


def test_late_click_hears_so(world, created):
    late = fresh(created)
    naming.accept_name(created, by=world.hr_admin, now=AFTER)
    with pytest.raises(WrongState):
        naming.object_to_name(late, by=world.hr_admin, now=AFTER)


def test_name_taken_meanwhile_is_not_accepted(world, group, created):
    Group.objects.filter(pk=make_group(world=world, group_type="headquarters_group").pk).update(name_folded=OTHER)
    with pytest.raises(NotAllowed):
        naming.accept_name(created, by=world.hr_admin, now=AFTER)
    assert (fresh(created).state, fresh(group).name) == (State.DECLARED, "渝北项目公司工作群")


# --- scenarios 31 and 33 ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("suffix", ["（ab）", "(AB)", "（ＡＢ）"])
def test_scenario_31_name_exists_in_other_case_or_width(world, group, suffix):
    make_group(world=world, group_type="headquarters_group", name_suffix="(Ab)")
    with pytest.raises(ValidationError):
        make_creation_request(world=world, group_type="headquarters_group", name_suffix=suffix, at="submitted")
    with pytest.raises(ValidationError) as wrong:
        establish(group, f"集团工作群{suffix}")
    assert "已有同名的群。" in wrong.value.message_dict["name_as_created"][0]


@pytest.fixture
def reserving(world):
    """A regulation in which a department group could be called like the executives' group."""
    settings = {
        ("department_group", "state"): "open",
        ("headquarters_group", "name_template"): "{project}群",
        ("headquarters_group", "parameters"): ["company", "project"],
    }
    settings.pop(("department_group", "state"))
    return lambda **further: load_group_company(
        organisation=world.organisation, source=changed(settings | further.get("more", {}), version=further["version"])
    )


def test_scenario_33_reserved_prefix_is_refused_at_submission(world, reserving):
    reserving(version="2.0")
    with pytest.raises(ValidationError) as wrong:
        make_creation_request(
            world=world, group_type="headquarters_group", company=world.project, project="集团高管工作群预备", at="submitted"
        )
    assert wrong.value.message_dict == {"name_suffix": ["以此开头的名称专用于“集团高管工作群”。"]}


def test_scenario_33_reserved_prefix_is_refused_at_approval(world, reserving):
    reserving(version="2.0")
    request = make_creation_request(
        world=world, group_type="headquarters_group", company=world.project, project="董事联络", at="submitted"
    )
    reserving(version="3.0", more={("planning_group", "name_template"): "董事联络[（{year}）]"})
    before = written()
    with pytest.raises(NotAllowed, match="董事联络|专用于"):
        creation.approve(request, by=world.president, now=LATER)
    assert (fresh(request).state, written()) == ("submitted", before)
    creation.send_back(request, by=world.president, now=LATER, opinion="请改名。")


@pytest.mark.parametrize("name", ["集团高管工作群渝北", "计划运营推动群"])
def test_scenario_33_reserved_prefix_is_refused_on_rename(world, group, name):
    with pytest.raises(ValidationError) as wrong:
        establish(group, name)
    assert "专用于" in wrong.value.message_dict["name_as_created"][0]
    assert not CreatedName.objects.exists()


@pytest.mark.parametrize(
    ("name", "own", "other", "borrowed"),
    [
        ("集团工作群", "{department}工作群", "集团工作群", True),
        ("集团工作群（二）", "集团工作群", "集团高管工作群", False),
        ("集团高管工作群", "集团高管工作群[（{year}）]", "集团", False),
        ("ＨＲ群", "{project}群", "hr{year}", True),
        ("渝北群", "{project}群", "渝{company}", False),
        ("渝北群", "{project}群", "{company}群", False),
    ],
)
def test_borrowed_prefix(name, own, other, borrowed):
    assert borrows_prefix(name, own=own, other=other) is borrowed


def test_forbidden_word_and_too_long_a_name_are_refused_at_once(world, admin):
    settings = {("project_company_group", "forbidden_words"): ["家庭"]}
    load_group_company(organisation=world.organisation, source=changed(settings))
    group = fresh(make_group(world=world, group_type="project_company_group", admin=admin))
    for name in (OTHER, "很" * 21):
        with pytest.raises(ValidationError) as wrong:
            establish(group, name)
        assert "请在微信中改为该名称" in wrong.value.message_dict["name_as_created"][0]


# --- pages ------------------------------------------------------------------------------------------------------------
def test_register_shows_both_until_it_is_settled(client, world, group, created):
    for page in (get(client, world.hr_admin, "register"), get(client, world.hr_admin, "group", group.pk)):
        assert OTHER in words(page)
        assert "渝北项目公司工作群" in words(page)
    naming.object_to_name(created, by=world.hr_admin, now=AFTER)
    naming.rename(created, by=group.admin.user, now=AFTER)
    assert OTHER not in words(get(client, world.hr_admin, "register"))


def test_nothing_of_it_is_seen_by_another_organisation(client, created):
    assert get(client, make_group_company(name="别家集团").hr_admin, "created_name", created.pk).status_code == 404


def test_name_of_a_waiting_request_is_not_taken(world, group):
    make_creation_request(world=world, group_type="headquarters_group", at=CreationRequest.State.SUBMITTED)
    with pytest.raises(ValidationError):
        establish(group, "集团工作群")
