"""The pages of a designation: whom the office may choose, what the designated person is told, who may press what."""

import re
from datetime import date

import pytest
from django.urls import reverse

from governance.directory.actions import people
from governance.directory.models import Office
from groups.actions import designation as actions
from groups.models import Designation, Group
from tests.factories import (
    NOW,
    make_department,
    make_designation,
    make_group,
    make_group_company,
    make_holder,
    make_person,
    make_tenure,
    make_user,
)
from tests.groups.reading import get, post, words

pytestmark = pytest.mark.django_db
State = Designation.State


@pytest.fixture
def world():
    return make_group_company()


def fresh(subject):
    return type(subject).objects.get(pk=subject.pk)


def picks(response):
    """The people to choose from, the one chosen beforehand marked."""
    found = re.findall(r'name="person" value="(\d+)"[^>]*?( checked)?\s*required', response.content.decode())
    return [(int(pk), bool(checked)) for pk, checked in found]


# --- the page of the designating office -------------------------------------------------------------------------------
def test_page_proposes_the_default_post_first_and_chosen(client, world):
    group = make_group(world=world, group_type="marketing_platform")
    colleague = make_person(company=world.project, name="安心")

    response = get(client, world.marketing_vp, "designation_new", group.pk)

    assert picks(response)[0] == (world.marketing_manager.person.pk, True)
    assert (colleague.pk, False) in picks(response)
    assert "由营销副总指定群管理员。 第五条第 3 项" in words(response)
    assert "原则上由渝北项目公司 营销经理担任群管理员，已列在最前；另选他人须说明理由。" in words(response)


def test_page_without_a_default_post_chooses_nobody(client, world):
    group = make_group(world=world)
    chosen = [pk for pk, checked in picks(get(client, world.presidents_office, "designation_new", group.pk)) if checked]
    assert chosen == []


def test_page_says_that_the_default_post_is_vacant(client, world):
    group = make_group(world=world, group_type="marketing_platform")
    world.marketing_manager.person.tenures.all().delete()
    response = get(client, world.marketing_vp, "designation_new", group.pk)
    assert "该职务目前空缺" in words(response)
    assert "渝北项目公司 营销经理一职空缺。" in words(response)
    assert not any(checked for _pk, checked in picks(response))


def test_page_suggests_people_of_the_group_who_look_after_groups_first(client, world):
    experienced = make_user(company=world.project, name="赵有经验")
    make_group(world=world, group_type="marketing_platform", admin=experienced)
    department = make_department(company=world.project, name="工程部")
    for name in ("安一", "安二"):
        make_person(company=world.project, department=department, name=name)
    group = make_group(world=world, group_type="project_company_group")
    first = picks(get(client, world.hr_admin, "designation_new", group.pk))[0]
    assert first == (experienced.person.pk, False)


@pytest.mark.parametrize("words_typed", ["钱立群", "qianliqun", "qlq", "ZX-77"])
def test_search_finds_anybody_present_of_the_organisation(client, world, words_typed):
    group = make_group(world=world)
    elsewhere = make_person(company=world.project, name="钱立群", number="ZX-77")
    make_person(company=world.headquarters, name="王不相干")
    make_person(name="钱立群")
    gone = make_person(company=world.headquarters, name="钱立群")
    people.leave(gone, on=date(2026, 3, 1), by=None, now=NOW)

    response = get(client, world.presidents_office, "designation_new", group.pk, q=words_typed)

    assert picks(response) == [(elsewhere.pk, False)]


def test_search_by_htmx_answers_with_the_list_alone_and_keeps_the_choice(client, world):
    group = make_group(world=world)
    found = make_person(company=world.project, name="钱立群")
    client.force_login(world.presidents_office)
    response = client.get(
        reverse("designation_new", args=[group.pk]),
        {"q": "钱立群", "person": world.hr_admin.person.pk},
        headers={"HX-Request": "true"},
    )
    assert picks(response) == [(world.hr_admin.person.pk, True), (found.pk, False)]
    assert "<html" not in response.content.decode()


def test_search_for_nonsense_finds_nobody(client, world):
    group = make_group(world=world)
    response = get(client, world.presidents_office, "designation_new", group.pk, q="\0%%查无此人", person="x")
    assert (response.status_code, picks(response)) == (200, picks(get(client, world.presidents_office, "designation_new", group.pk)))
    assert picks(get(client, world.presidents_office, "designation_new", group.pk, q="查无此人")) == []


def test_page_shows_who_declined_and_why_and_does_not_propose_him_again(client, world):
    group = make_group(world=world, group_type="marketing_platform")
    declined = actions.designate(group, world.marketing_manager.person, by=world.marketing_vp, now=NOW)
    actions.decline(declined, by=world.marketing_manager, now=NOW, reply="调任他岗。")
    response = get(client, world.marketing_vp, "designation_new", group.pk)
    assert "吴晓燕 于3月2日谢绝：调任他岗。" in words(response)
    assert picks(response)[0] == (world.marketing_manager.person.pk, False)


def test_page_posts_a_designation_and_leads_to_it(client, world):
    group = make_group(world=world)
    response = post(client, world.presidents_office, "designation_new", group.pk, person=world.hr_admin.person.pk)
    made = group.designations.get()
    assert response["Location"] == made.get_absolute_url()
    assert (made.person, made.state) == (world.hr_admin.person, "proposed")


def test_page_comes_back_with_what_is_missing(client, world):
    group = make_group(world=world, group_type="marketing_platform")
    other = world.hr_admin.person.pk
    nobody = post(client, world.marketing_vp, "designation_new", group.pk)
    no_reason = post(client, world.marketing_vp, "designation_new", group.pk, person=other)
    long = post(client, world.marketing_vp, "designation_new", group.pk, person=other, reason="长" * 201)
    assert [response.status_code for response in (nobody, no_reason, long)] == [422, 422, 422]
    assert "请选择群管理员。" in words(nobody)
    assert "另选他人请说明理由" in words(no_reason)
    assert (other, True) in picks(no_reason)
    assert not group.designations.exists()


def test_page_refuses_a_leaver(client, world):
    group = make_group(world=world)
    gone = make_person(company=world.headquarters, name="冯离职")
    people.leave(gone, on=date(2026, 3, 1), by=None, now=NOW)
    response = post(client, world.presidents_office, "designation_new", group.pk, person=gone.pk)
    assert (response.status_code, group.designations.count()) == (422, 0)
    assert "此人已不在职，请另选他人。" in words(response)


def test_second_click_on_the_page_is_late(client, world):
    group = make_group(world=world)
    for status in (302, 409):
        response = post(client, world.presidents_office, "designation_new", group.pk, person=world.hr_admin.person.pk)
        assert response.status_code == status
    assert group.designations.count() == 1
    blank = post(client, world.presidents_office, "designation_new", group.pk)
    assert blank.status_code == 409


def test_page_of_a_group_that_has_its_designation_leads_there(client, world):
    found = make_designation(world=world)
    response = get(client, world.presidents_office, "designation_new", found.group_id)
    assert response["Location"] == found.get_absolute_url()


def test_page_refuses_others_with_the_reason(client, world):
    group = make_group(world=world)
    staff = make_user(company=world.headquarters, name="李娜")
    other = make_group_company(name="别家集团").presidents_office
    data = {"person": world.hr_admin.person.pk}
    assert get(client, world.president, "designation_new", group.pk).status_code == 403
    refused = post(client, world.hr_admin, "designation_new", group.pk, **data)
    assert (refused.status_code, "群管理员由总裁办指定。" in words(refused)) == (403, True)
    assert post(client, staff, "designation_new", group.pk, **data).status_code == 404
    assert post(client, other, "designation_new", group.pk, **data).status_code == 404
    assert not group.designations.exists()


def test_page_tells_the_interpreting_office_what_to_do_where_nobody_holds_the_designating_one(client, world):
    group = make_group(world=world)
    world.presidents_office.person.tenures.all().delete()
    refused = get(client, world.hr_admin, "designation_new", group.pk)
    assert "该岗位目前无人任职，请先确定任职人或代行人。" in words(refused)


def test_acting_holder_designates(client, world):
    group = make_group(world=world)
    acting = make_user(company=world.headquarters, name="代小川")
    office = Office.objects.get(organisation=world.organisation, code="presidents_office")
    make_tenure(office=office, person=acting.person, acting=True)
    assert get(client, acting, "designation_new", group.pk).status_code == 200


# --- the page of the designation --------------------------------------------------------------------------------------
def test_page_tells_the_designated_person_what_it_means(client, world):
    found = make_designation(world=world)
    said = words(get(client, found.person.user, "designation", found.pk))
    assert "总裁办指定您为本群管理员。请接受，或说明理由谢绝。" in said
    assert "群管理员负责落实本办法" in said  # Art. 5
    assert "成员的入群和请出原则上由群管理员办理" in said  # Art. 6
    assert "入群人员必须实名。" in said  # Art. 7


def test_page_offers_the_answer_to_the_designated_person_alone(client, world):
    found = make_designation(world=world)
    accept = reverse("designation_accept", args=[found.pk])
    assert accept in get(client, found.person.user, "designation", found.pk).content.decode()
    read_only = get(client, world.presidents_office, "designation", found.pk)
    assert (read_only.status_code, accept in read_only.content.decode()) == (200, False)


def test_accepting_on_the_page_leads_to_the_checklist(client, world):
    found = make_designation(world=world)
    response = post(client, found.person.user, "designation_accept", found.pk)
    assert response["Location"] == reverse("establishment", args=[found.group_id])
    assert fresh(found.group).admin == found.person
    assert post(client, found.person.user, "designation_accept", found.pk).status_code == 409


def test_declining_on_the_page(client, world):
    found = make_designation(world=world)
    silent = post(client, found.person.user, "designation_decline", found.pk)
    assert (silent.status_code, "请写明谢绝的理由。" in words(silent), fresh(found).state) == (422, True, "proposed")
    post(client, found.person.user, "designation_decline", found.pk, reply="岗位已变动。")
    assert (fresh(found).state, fresh(found).reply) == ("declined", "岗位已变动。")
    assert post(client, found.person.user, "designation_decline", found.pk, reply="再说一遍。").status_code == 409
    assert post(client, found.person.user, "designation_decline", found.pk).status_code == 409


def test_declined_page_lets_the_office_choose_again(client, world):
    found = make_designation(world=world, at=State.DECLINED)
    again = reverse("designation_new", args=[found.group_id])
    assert again in get(client, world.presidents_office, "designation", found.pk).content.decode()
    assert again not in get(client, found.person.user, "designation", found.pk).content.decode()


@pytest.mark.parametrize("name", ["designation_accept", "designation_decline"])
def test_answer_is_a_post_of_the_designated_person(client, world, name):
    found = make_designation(world=world)
    other = make_group_company(name="别家集团").presidents_office
    assert get(client, found.person.user, name, found.pk).status_code == 405
    assert post(client, world.presidents_office, name, found.pk, reply="不便。").status_code == 403
    assert post(client, other, name, found.pk, reply="不便。").status_code == 404
    assert fresh(found).state == "proposed"


def test_colleague_whom_it_does_not_concern_does_not_find_it(client, world):
    found = make_designation(world=world)
    staff = make_user(company=world.headquarters, name="李娜")
    assert get(client, staff, "designation", found.pk).status_code == 404


def test_pages_in_english(client, world):
    found = make_designation(world=world)
    found.person.user.language = "en"
    found.person.user.save(update_fields=["language"])
    said = words(get(client, found.person.user, "designation", found.pk))
    assert "President's Office designates you as the admin of this group." in said.replace("&#x27;", "'")
    assert "admits and removes members as staff change" in said


def test_group_and_designation_survive_a_long_name(client, world):
    group = make_group(world=world, group_type="marketing_platform", project="长" * 10)
    Group.objects.filter(pk=group.pk).update(name="名" * 50)
    assert "名" * 50 in words(get(client, world.marketing_vp, "designation_new", group.pk))


def test_login_of_another_holder_sees_the_page(client, world):
    found = make_designation(world=world)
    colleague = make_holder(organisation=world.organisation, code="presidents_office", name="何俊")
    assert get(client, colleague, "designation", found.pk).status_code == 200
