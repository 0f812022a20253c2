"""What the form says before anything is submitted."""

from copy import deepcopy
from datetime import date, timedelta

import pytest

from groups.actions.drafting import fields_of
from groups.models import CreationRequest, GroupType
from groups.queries.creation import preview
from groups.queries.creation_panel import panel_of
from groups.queries.terms import terms_in_force
from tests.factories import (
    NOW,
    content_of,
    load_group_company,
    make_creation_request,
    make_group_company,
    make_login,
    make_person,
    make_tenure,
)
from tests.groups.reading import post
from tests.groups.regulation_texts import changed

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 24)


@pytest.fixture
def world():
    return make_group_company()


def seen(world, code="executive_group", *, submitter=None, company=None, on=ON, **fields):
    terms = terms_in_force(GroupType.objects.get(organisation=world.organisation, code=code), on=on)
    content = content_of(company=company or world.headquarters, **fields)
    sketch = CreationRequest(
        organisation=world.organisation,
        submitter=(submitter or world.hr_admin).person,
        **fields_of(terms, content),
    )
    return preview(terms, sketch, on=on)


def test_preview_says_who_decides_designates_and_consents(world):
    found = seen(world)
    assert [(step.office.code, step.rule.article, [one.name for one in step.holders]) for step in found.steps] == [
        ("president", "4.1", ["陈国栋"])
    ]
    assert found.designating_office.code == "presidents_office"
    assert found.consenting_office.code == "president"
    assert found.filing_office is None
    assert (found.expected_count, found.expected_by_kind) == (3, {"regular": 3})
    assert found.complaints == {}


def test_preview_of_a_filed_type(world):
    found = seen(world, "marketing_platform", company=world.project, project="云栖湖", external_expected=80)
    assert [step.office.code for step in found.steps] == ["marketing_vp"]
    assert (found.designating_office.code, found.filing_office.code) == ("marketing_vp", "hr_admin")
    assert found.name == "云栖湖项目营销微信平台"
    panel = panel_of(found, world.hr_admin, on=ON)
    assert (panel.filing_days, panel.default_people[0].name) == (5, "吴晓燕")
    assert panel.filing.interpreted != ""


@pytest.mark.parametrize("suffix", ["（2027）", "(2027)", " （２０２７）", "(2027) "])
def test_name_is_taken_whatever_width_case_and_spaces(world, suffix):
    make_creation_request(world=world, at="approved", name_suffix="（2027）")
    found = seen(world, name_suffix=suffix)
    assert found.complaints == {"name_suffix": ["已有同名的群。"]}
    assert panel_of(found, world.hr_admin, on=ON).clash_url == found.clash.get_absolute_url()


def test_waiting_request_holds_its_name(world):
    waiting = make_creation_request(world=world, at="submitted", name_suffix="（ab）")
    found = seen(world, name_suffix="（ＡＢ）")
    assert found.clash == waiting
    assert found.complaints == {"name_suffix": ["已有同名的建群申请待审批。"]}


@pytest.mark.parametrize("at", ["draft", "sent_back", "refused", "withdrawn"])
def test_request_that_does_not_wait_holds_no_name(world, at):
    make_creation_request(world=world, at=at)
    assert seen(world).complaints == {}


def test_name_of_another_organisation_is_free(world):
    make_creation_request(at="approved")
    assert seen(world).complaints == {}


def test_clash_leads_nowhere_for_who_may_not_see_it(world):
    make_creation_request(world=world, at="approved")
    assert panel_of(seen(world), world.planning_manager, on=ON).clash_url == ""


def test_missing_purpose_and_past_end_are_said_at_their_fields(world):
    found = seen(world, purpose="  ", ends_on=ON - timedelta(days=1))
    assert sorted(found.complaints) == ["ends_on", "purpose"]
    assert seen(world, ends_on=ON).complaints == {}


def test_name_longer_than_the_platform_is_refused(world):
    found = seen(world, "marketing_platform", company=world.project, project="云" * 50)
    assert list(found.complaints) == ["name_suffix"]
    assert found.name_units == 100 + 16


def test_office_without_holder_is_said_and_does_not_stop(world):
    world.president.person.tenures.update(ends_on=ON - timedelta(days=1))
    found = seen(world)
    assert found.no_approver is True
    assert found.complaints == {}
    assert panel_of(found, world.hr_admin, on=ON).steps[0].nobody == (
        "无审批人：总裁目前无人任职。申请暂由行政人事部保管，请其确认任职人或代行人；不会自动同意。"
    )


def test_only_holder_is_the_submitter(world):
    make_tenure(office=world.organisation.offices.get(code="hr_admin"), person=world.president.person)
    found = seen(world, submitter=world.president)
    assert (found.no_approver, found.steps[0].only_submitter) == (True, True)
    line = panel_of(found, world.president, on=ON).steps[0].nobody
    assert line == "总裁的唯一任职人就是申请人本人，不能自己审批。请指定流程代理人或由代行职务者审批，或撤回后由他人重新提交。"


def test_acting_holder_decides_beside_the_submitter(world):
    make_tenure(office=world.organisation.offices.get(code="hr_admin"), person=world.president.person)
    make_tenure(
        office=world.organisation.offices.get(code="president"),
        person=make_login(person=make_person(company=world.headquarters, name="代行人")).person,
        acting=True,
    )
    found = seen(world, submitter=world.president)
    assert [(one.name, one.acting) for one in found.steps[0].holders] == [("代行人", True)]


def test_more_members_than_a_group_holds_propose_numbered_groups(world):
    people = [world.hr_admin.person.__class__(
        organisation=world.organisation, company=world.headquarters, number=f"B{n}", name=f"员工{n}"
    ) for n in range(1200)]  # fmt: skip
    type(people[0]).objects.bulk_create(people)
    found = seen(world, "headquarters_group")
    assert found.groups_needed == 3
    assert found.numbered_names == ["集团工作群（1）", "集团工作群（2）", "集团工作群（3）"]
    panel = panel_of(found, world.hr_admin, on=ON)
    assert panel.expected.count == found.expected_count
    assert panel.expected.rest == found.expected_count - 300


def test_external_members_count_for_the_size(world):
    assert seen(world, "marketing_platform", company=world.project, project="云", external_expected=501).groups_needed == 2


def test_external_members_are_dropped_where_the_rule_lets_none_in(world):
    assert seen(world, external_expected=10).groups_needed == 1


def test_conditional_step_comes_in_with_its_condition(world):
    load_group_company(
        organisation=world.organisation,
        source=changed({("marketing_platform", "approval"): [
            {"office": "marketing_vp", "article": "4.5"},
            {"office": "president", "article": "4.5", "when": {"more_than": 5}},
        ]}),
        now=NOW,
    )  # fmt: skip
    few = seen(world, "marketing_platform", company=world.project, project="云")
    assert [step.office.code for step in few.steps] == ["marketing_vp"]
    for number in range(6):
        make_person(company=world.project, name=f"策划{number}", function="营销策划")
    many = seen(world, "marketing_platform", company=world.project, project="云")
    assert [step.office.code for step in many.steps] == ["marketing_vp", "president"]


def test_article_is_told_once(world):
    panel = panel_of(seen(world), world.hr_admin, on=ON)
    assert panel.steps[0].basis.written != ""
    assert (panel.consent.written, panel.consent.article) == ("", "4.1")
    assert panel.consent.interpreted == "由总裁逐一同意。"


def test_step_for_exceptional_members_and_for_certain_companies(world):
    steps = [
        {"office": "president", "article": "4.1"},
        {"office": "executive_vp", "article": "4.1", "when": {"exceptional_members": True}},
        {"office": "vp_in_charge", "article": "4.1", "when": {"companies": ["headquarters"]}},
        {"office": "marketing_vp", "article": "4.1", "when": {"companies": [world.project.code]}},
    ]
    settings = {("executive_group", "approval"): steps, ("project_company_group", "approval"): deepcopy(steps)}
    load_group_company(organisation=world.organisation, source=changed(settings))
    offices = [step.office.code for step in seen(world).steps]
    assert offices == ["president", "vp_in_charge"]
    project = seen(world, "project_company_group", company=world.project)
    assert [step.office.code for step in project.steps] == ["president", "marketing_vp"]
    assistant = make_person(company=world.headquarters, name="吴静", post="总裁助理")
    request = make_creation_request(world=world, at="submitted", exceptional={assistant: "列席"})
    assert [step.office.code for step in request.steps.all()] == ["president", "executive_vp", "vp_in_charge"]


def test_form_previews_the_step_for_exceptional_members(client, world):
    steps = [
        {"office": "president", "article": "4.1"},
        {"office": "executive_vp", "article": "4.1", "when": {"exceptional_members": True}},
    ]
    source = changed({("executive_group", "approval"): steps})
    load_group_company(organisation=world.organisation, source=source)
    assistant = make_person(company=world.headquarters, name="吴静", post="总裁助理")
    for ticked, offices in (([], ["president"]), ([assistant.pk], ["president", "executive_vp"])):
        response = post(client, world.hr_admin, "creation_request_new", "executive_group", exceptional=ticked)
        assert [line.office.code for line in response.context["panel"].steps] == offices
