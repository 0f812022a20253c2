"""Who may take which step, and the sentence for who may not."""

from datetime import date

import pytest

from governance.directory.models import Office
from governance.workflow import NotAllowed, WrongState, refusal
from groups.models import CreationRequest, GroupType
from groups.permissions import (
    check_can_approve,
    check_can_circulate,
    check_can_decide,
    check_can_edit,
    check_can_request,
    check_can_submit,
    check_can_withdraw,
    submitting_office,
)
from groups.queries.terms import terms_in_force
from tests.factories import (
    make_company,
    make_creation_request,
    make_group_company,
    make_login,
    make_office,
    make_person,
    make_tenure,
    make_user,
)

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 24)


@pytest.fixture
def world():
    return make_group_company()


def terms(world, code):
    return terms_in_force(GroupType.objects.get(organisation=world.organisation, code=code), on=ON)


TYPES = ["executive_group", "planning_group", "headquarters_group", "project_company_group", "marketing_platform"]
OTHERS = ["president", "executive_vp", "vp_in_charge", "marketing_vp", "presidents_office", "project_gm_office", "marketing_manager"]


@pytest.mark.parametrize("code", TYPES)
def test_hr_asks_for_every_type(world, code):
    assert check_can_request(world.hr_admin, terms(world, code)).code == "hr_admin"


@pytest.mark.parametrize("code", TYPES)
@pytest.mark.parametrize("who", OTHERS)
def test_others_ask_for_none(world, code, who):
    assert refusal(check_can_request, getattr(world, who), terms(world, code)) == "此类群由其他部门提出申请。"


def test_undecided_type_is_asked_for_by_nobody(world):
    sentence = refusal(check_can_request, world.hr_admin, terms(world, "department_group"))
    assert sentence == "是否建立此类群尚未明确，已列为请示事项，待批示。"


def test_type_without_version_in_force(world):
    assert refusal(check_can_request, world.hr_admin, None) == "现行管理办法中没有这一群类型。"


def test_office_of_one_company_asks_for_that_company_alone(world):
    office = make_office(organisation=world.organisation, code="hr_admin", name="行政人事部", company=world.project)
    user = make_user(company=world.project, name="项目人事")
    make_tenure(office=office, person=user.person)
    other = make_company(organisation=world.organisation, kind="project")
    rules = terms(world, "project_company_group")
    assert submitting_office(user, rules, world.project) == office
    assert submitting_office(user, rules, other) is None


def test_login_without_person_may_nothing(world):
    request = make_creation_request(world=world, at="submitted")
    nobody = type(world.hr_admin).objects.create_user("nobody", organisation=world.organisation, name="无人")
    for check in (check_can_edit, check_can_withdraw, check_can_decide, check_can_approve):
        with pytest.raises(NotAllowed):
            check(nobody, request)


def test_deciding_names_the_office_acted_for(world):
    request = make_creation_request(world=world, at="submitted")
    assert check_can_decide(world.president, request).code == "president"
    assert refusal(check_can_decide, world.hr_admin, request) == "由总裁决定。"


@pytest.mark.parametrize("at", ["draft", "approved", "sent_back", "refused", "withdrawn"])
def test_nothing_is_decided_where_nothing_waits(world, at):
    request = make_creation_request(world=world, at=at)
    with pytest.raises(WrongState):
        check_can_decide(world.president, request)


def test_ended_tenure_gives_no_authority(world):
    request = make_creation_request(world=world, at="submitted")
    world.president.person.tenures.update(ends_on=date(2026, 3, 1))
    with pytest.raises(NotAllowed):
        check_can_decide(world.president, request)


def test_acting_tenure_gives_authority(world):
    request = make_creation_request(world=world, at="submitted")
    acting = make_login(person=make_person(company=world.headquarters, name="代行人"))
    make_tenure(office=Office.objects.get(organisation=world.organisation, code="president"), person=acting.person, acting=True)
    assert check_can_approve(acting, request).code == "president"


def test_submitting_again_takes_the_office_of_today(world):
    request = make_creation_request(world=world, at="sent_back")
    office, found = check_can_submit(world.hr_admin, request)
    assert (office.code, found.version) == ("hr_admin", world.version)


def test_draft_is_not_circulated(world):
    assert refusal(check_can_circulate, world.hr_admin, make_creation_request(world=world)) != ""
    sent = make_creation_request(world=world, at="submitted", name_suffix="（二）")
    assert refusal(check_can_circulate, world.hr_admin, sent) == ""


def visible(user):
    return {request.name for request in CreationRequest.objects.visible_to(user, on=ON)}


def test_who_sees_which_requests(world):
    make_creation_request(world=world)
    make_creation_request(world=world, at="submitted", group_type="planning_group")
    make_creation_request(world=world, at="submitted", group_type="marketing_platform", project="云")
    make_creation_request(world=world, at="approved", group_type="project_company_group")
    make_creation_request(at="submitted")
    draft, planning, marketing, project = "集团高管工作群", "计划运营推动群", "云项目营销微信平台", "渝北项目公司工作群"
    assert visible(world.hr_admin) == {draft, planning, marketing, project}
    assert visible(world.president) == {planning, project}
    assert visible(world.marketing_vp) == {marketing}
    assert visible(world.presidents_office) == {planning, marketing, project}
    assert visible(world.project_gm_office) == {marketing, project}
    assert visible(world.planning_manager) == set()
