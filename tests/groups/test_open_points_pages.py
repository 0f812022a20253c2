"""The pages of what is open on existing groups: one list, many decided in one go, one group settled by itself."""

import re

import pytest
from django.urls import reverse

from governance.duties.models import Duty
from groups.models import Designation, ExistingGroup, Group, GroupType
from tests.factories import make_group_company, make_person, make_tenure, make_user
from tests.groups.reading import get, post, words
from tests.groups.taking_over import take_over

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_group_company()


def names_on(response):
    return re.findall(r"<b>([^<]*群[^<]*)</b>", response.content.decode().partition('id="open-points"')[2])


def fresh(one):
    return ExistingGroup.objects.get(pk=one.pk)


@pytest.mark.parametrize("count", [1, 3, 60])
def test_the_list_costs_the_same_for_few_and_many(client, world, count, django_assert_num_queries):
    take_over(world, *(f"第{n}群" for n in range(count)))
    get(client, world.marketing_vp, "existing_groups_open")
    with django_assert_num_queries(7):
        page = client.get(reverse("existing_groups_open"), {"kind": "approve"})
    assert len(names_on(page)) == min(count, 50)


def test_the_approver_ticks_many_and_refuses_one(client, world):
    groups = take_over(world, "甲群", "乙群", "丙群", admin=world.hr_admin.person.name)
    page = get(client, world.marketing_vp, "existing_groups_open")
    assert names_on(page) == ["甲群", "乙群", "丙群"]
    ticked = [groups[0].pk, groups[1].pk]
    done = post(client, world.marketing_vp, "existing_groups_approve", groups=ticked, shown=[one.pk for one in groups])
    assert (done.status_code, [fresh(one).state for one in groups]) == (302, ["approved", "approved", "registered"])
    again = post(client, world.marketing_vp, "existing_groups_approve", groups=ticked)
    assert again.status_code == 409
    without = post(client, world.marketing_vp, "existing_group_refuse", groups[2].pk, opinion="")
    assert (without.status_code, fresh(groups[2]).state) == (422, "registered")
    post(client, world.marketing_vp, "existing_group_refuse", groups[2].pk, opinion="不需要。")
    assert fresh(groups[2]).state == "refused"
    assert "没有需要您办理的既有群事项" in words(get(client, world.marketing_vp, "existing_groups_open"))


def test_all_of_the_page_are_those_that_stood_there(client, world):
    shown = take_over(world, "甲群", "乙群")
    take_over(world, "丙群")
    post(client, world.marketing_vp, "existing_groups_approve", all="1", shown=[one.pk for one in shown])
    assert dict(ExistingGroup.objects.values_list("name", "state")) == {
        "甲群": "approved",
        "乙群": "approved",
        "丙群": "registered",
    }


def test_no_tick_is_said_and_nothing_is_decided(client, world):
    (one,) = take_over(world)
    page = post(client, world.marketing_vp, "existing_groups_approve")
    assert (page.status_code, fresh(one).state) == (422, "registered")
    assert "请至少勾选一个群" in words(page)


def test_the_desk_has_one_card_for_all_in_the_readers_language(client, world):
    take_over(world, *(f"第{n}群" for n in range(12)), admin=world.hr_admin.person.name)
    desk = words(get(client, world.marketing_vp, "desk"))
    assert "12 个既有群待补批" in desk
    world.marketing_vp.language = "en"
    world.marketing_vp.save()
    assert "12 existing groups: supplementary approval" in words(get(client, world.marketing_vp, "desk"))


def test_hr_states_the_type_of_many_seeing_what_follows(client, world):
    groups = take_over(world, "甲群", "乙群", kind="")
    page = words(get(client, world.hr_admin, "existing_groups_open"))
    assert "由营销副总补批" in page
    assert "此类群是否设立尚未决定" in page
    kind = GroupType.objects.get(organisation=world.organisation, code="marketing_platform")
    missing = post(client, world.hr_admin, "existing_groups_type", groups=[groups[0].pk])
    assert (missing.status_code, Group.objects.count()) == (422, 0)
    post(client, world.hr_admin, "existing_groups_type", all="1", shown=[one.pk for one in groups], type=kind.pk)
    assert Group.objects.count() == 2
    register = words(get(client, world.presidents_office, "register"))
    assert "待补批" in register


def test_the_register_and_the_group_say_who_approved_afterwards(client, world):
    (one,) = take_over(world, admin=world.hr_admin.person.name)
    group = one.group
    before = words(get(client, world.hr_admin, "group", group.pk))
    assert "营销副总 何丽华" in before
    assert "补批" in before
    post(client, world.marketing_vp, "existing_groups_approve", groups=[one.pk], opinion="同意保留。")
    assert "营销副总补批" in words(get(client, world.presidents_office, "register"))
    page = words(get(client, world.hr_admin, "group", group.pk))
    assert "营销副总已补批" in page
    assert "同意保留。" in page
    assert "何丽华补批同意了这个既有群" in words(get(client, world.hr_admin, "group", group.pk, tab="history"))


def test_admins_are_designated_from_the_list_and_accept_in_one_go(client, world):
    groups = take_over(world, "甲群", "乙群")
    unknown = post(client, world.marketing_vp, "existing_groups_designate", groups=[groups[0].pk], person="无此人")
    assert (unknown.status_code, Designation.objects.count()) == (422, 0)
    post(client, world.marketing_vp, "existing_groups_designate", groups=[one.pk for one in groups])
    manager = world.marketing_manager
    assert {made.person for made in Designation.objects.all()} == {manager.person}
    page = words(get(client, manager, "existing_groups_open"))
    assert "甲群" in page
    post(client, manager, "existing_groups_accept", all="1", shown=[one.pk for one in groups])
    assert [fresh(one).group.admin for one in groups] == [manager.person] * 2
    assert post(client, manager, "existing_groups_accept", groups=[groups[0].pk]).status_code == 409
    assert not Duty.objects.open().filter(verb__in=["existing-accept", "establish"]).exists()


def test_one_designation_is_made_and_answered_on_its_own_pages(client, world):
    (one,) = take_over(world, kind="部门工作群")
    chosen = make_user(company=world.project, name="钱立群")
    assert get(client, world.hr_admin, "designation_new", one.group.pk).status_code == 200
    post(client, world.hr_admin, "designation_new", one.group.pk, person=chosen.person.pk)
    made = Designation.objects.get()
    page = words(get(client, chosen, "designation", made.pk))
    assert "既有群：系统启用前已有" in page
    done = post(client, chosen, "designation_accept", made.pk)
    assert done.url.startswith(reverse("existing_groups_open"))
    assert fresh(one).group.admin == chosen.person


def test_hr_settles_a_name_an_owner_and_a_refusal_on_the_page_of_the_group(client, world):
    make_person(company=world.project, name="钱立群")
    take_over(world, "销售群", admin=world.hr_admin.person.name)
    (named,) = take_over(world, "销售群", company="集团本部", owner="不存在", admin=world.hr_admin.person.name)
    page = words(get(client, world.hr_admin, "existing_group", named.pk))
    assert "重名" in page
    assert "群主不明" in page
    address = reverse("existing_group_name", args=[named.pk])
    taken = client.post(address, {"name": "销售群"})
    assert (taken.status_code, fresh(named).group) == (422, None)
    client.post(address, {"name": "本部销售群"})
    wrong = post(client, world.hr_admin, "existing_group_owner", named.pk, owner="无此人")
    assert wrong.status_code == 422
    post(client, world.hr_admin, "existing_group_owner", named.pk, owner="钱立群")
    assert fresh(named).group.owner.name == "钱立群"
    post(client, world.marketing_vp, "existing_group_refuse", named.pk, opinion="重复。")
    assert "重复。" in words(get(client, world.hr_admin, "existing_group", named.pk))
    post(client, world.hr_admin, "existing_group_dissolve", named.pk)
    assert "已解散" in words(get(client, world.hr_admin, "group", fresh(named).group.pk))


def test_who_entered_a_group_sees_why_he_does_not_approve_it(client, world):
    make_tenure(office=world.organisation.offices.get(code="marketing_vp"), person=world.hr_admin.person)
    (one,) = take_over(world)
    page = get(client, world.hr_admin, "existing_groups_open", kind="approve")
    assert "不能审批本人录入的群" in words(page)
    assert 'name="groups"' not in page.content.decode()
    assert post(client, world.hr_admin, "existing_groups_approve", groups=[one.pk]).status_code == 403


def test_others_see_only_their_own(client, world):
    take_over(world, "甲群", admin=world.hr_admin.person.name)
    for user in (world.president, world.project_gm_office):
        assert names_on(get(client, user, "existing_groups_open")) == []
    assert names_on(get(client, world.presidents_office, "existing_groups_open")) == ["甲群"]
    assert 'name="groups"' not in get(client, world.presidents_office, "existing_groups_open").content.decode()
