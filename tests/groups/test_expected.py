"""Who a group's members should be under regulation A, article by article."""

from datetime import date

import pytest

from groups.models import GroupType
from groups.queries.expected import (
    Place,
    exceptional_candidates,
    expected_members,
    matching_any,
    members_by_function,
    members_to_be,
)
from groups.queries.terms import terms_in_force
from groups.terms import Selector
from tests.factories import (
    make_company,
    make_creation_request,
    make_department,
    make_group_company,
    make_office,
    make_person,
    make_team,
    make_tenure,
)

pytestmark = pytest.mark.django_db
ON = date(2026, 3, 2)


@pytest.fixture
def world():
    return make_group_company()


def terms(world, code):
    return terms_in_force(GroupType.objects.get(organisation=world.organisation, code=code), on=ON)


def names(people):
    return sorted(person.name for person in people)


def expected(world, code, *, company=None, department=None):
    place = Place(company or world.headquarters, department)
    return names(expected_members(terms(world, code).type, place, on=ON))


def test_executive_group_is_by_office(world):
    assert expected(world, "executive_group") == ["林志远", "赵文博", "陈国栋"]


def test_planning_group_takes_in_manager_and_team(world):
    member = make_person(company=world.project, name="钱小平")
    make_team(organisation=world.organisation, code="others", name="别的小组", members=[make_person(company=world.project)])
    world.organisation.teams.get(code="operations").members.create(person=member)
    assert expected(world, "planning_group") == ["林志远", "赵文博", "钱小平", "陈国栋", "高建平"]


def test_headquarters_group_counts_probation_and_interns_but_not_dispatched(world):
    before = expected(world, "headquarters_group")
    for kind, name in [("probation", "试用员"), ("intern", "实习生"), ("dispatched", "派遣员"), ("rehired", "返聘员"), ("contracted", "外包员")]:
        make_person(company=world.headquarters, name=name, employment_kind=kind)
    make_person(company=world.project, name="项目员")
    assert expected(world, "headquarters_group") == sorted([*before, "试用员", "实习生"])


def test_project_company_group_is_the_requested_company_and_two_executives(world):
    other = make_company(organisation=world.organisation, kind="project")
    make_person(company=world.project, name="本项目员")
    make_person(company=other, name="他项目员")
    found = expected(world, "project_company_group", company=world.project)
    assert found == ["吴晓燕", "孙伟民", "本项目员", "林志远", "陈国栋"]


def test_marketing_platform_is_by_function_in_the_requested_company(world):
    make_person(company=world.project, name="策划一", function="营销策划")
    make_person(company=world.headquarters, name="策划二", function="营销策划")
    assert expected(world, "marketing_platform", company=world.project) == ["策划一"]


def test_leaver_counts_up_to_his_last_day_and_a_joiner_from_his_first(world):
    make_person(company=world.headquarters, name="今日离职", left_on=ON)
    make_person(company=world.headquarters, name="昨日离职", left_on=date(2026, 3, 1))
    make_person(company=world.headquarters, name="明日入职", joined_on=date(2026, 3, 3))
    found = expected(world, "headquarters_group")
    assert {"今日离职", "昨日离职", "明日入职"} & set(found) == {"今日离职"}


def test_people_of_another_organisation_never_count(world):
    other = make_group_company(name="别家集团")
    assert len(expected(world, "headquarters_group")) == len(expected(other, "headquarters_group"))
    assert world.organisation.people.count() != 0


def test_exceptional_candidates_are_those_by_approval_and_not_members_anyway(world):
    make_person(company=world.headquarters, name="吴静", post="总裁助理")
    make_person(company=world.headquarters, name="孙伟", post="法务总监")
    make_person(company=world.headquarters, name="普通员", post="专员")
    vice = make_person(company=world.headquarters, name="双料副总", post="财务总监")
    make_tenure(office=world.organisation.offices.get(code="vp_in_charge"), person=vice)
    rules = terms(world, "executive_group").type
    assert names(exceptional_candidates(rules, Place(world.headquarters), on=ON)) == ["吴静", "孙伟"]
    rules = terms(world, "headquarters_group").type
    assert names(exceptional_candidates(rules, Place(world.headquarters), on=ON)) == []


def test_supervisors_belong_by_function_where_the_rule_does_not_name_them(world):
    rules = terms(world, "project_company_group").type
    assert names(members_by_function(rules, Place(world.project), on=ON)) == ["许明哲"]
    rules = terms(world, "headquarters_group").type
    assert names(members_by_function(rules, Place(world.headquarters), on=ON)) == []


def test_supervisor_of_another_company_does_not_belong(world):
    other = make_company(organisation=world.organisation, kind="project")
    office = make_office(organisation=world.organisation, code="project_gm_office", name="项目总经办", company=other)
    make_tenure(office=office, person=make_person(company=other, name="他项目总经办"))
    rules = terms(world, "marketing_platform").type
    assert names(members_by_function(rules, Place(world.project), on=ON)) == ["孙伟民", "许明哲"]


def test_department_takes_in_those_below_it(world):
    upper = make_department(company=world.headquarters, name="工程部")
    lower = make_department(parent=upper, name="土建组")
    make_department(company=world.headquarters, name="工程部二")
    for department, name in [(upper, "上级员"), (lower, "下级员")]:
        make_person(department=department, name=name)
    place = Place(world.headquarters, upper)
    everybody = Selector(company="requested", department="requested")
    own = Selector(company="requested", department="requested", sub_departments=False)
    assert names(matching_any([everybody], place, on=ON)) == ["上级员", "下级员"]
    assert names(matching_any([own], place, on=ON)) == ["上级员"]
    assert names(matching_any([everybody], Place(world.headquarters), on=ON)) == []


def test_department_by_alias(world):
    department = make_department(company=world.headquarters, name="人力资源部", aliases=["HR"])
    make_person(department=department, name="人力员")
    assert names(matching_any([Selector(department="HR")], Place(world.headquarters), on=ON)) == ["人力员"]


def test_no_selector_names_nobody(world):
    assert names(matching_any([], Place(world.headquarters), on=ON)) == []
    assert names(matching_any([Selector(appointed_admin=True)], Place(world.headquarters), on=ON)) == []


def test_members_to_be_have_only_the_consents_that_were_given(world):
    asked = [make_person(company=world.headquarters, name=name, post="总裁助理") for name in ("吴静", "郑洁")]
    request = make_creation_request(
        world=world, at="approved", exceptional=dict.fromkeys(asked, ""), consents=[asked[0]]
    )
    group = request.group
    found = names(members_to_be(group, terms(world, "executive_group").type, on=ON))
    assert found == ["吴静", "林志远", "许明哲", "赵文博", "陈国栋"]
