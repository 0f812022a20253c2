"""Existing groups: what a list says, what is left to choose, what confirming writes."""

from datetime import date, datetime

import pytest
from django.core.exceptions import ValidationError

from governance.audit.models import Event
from governance.directory.actions import people
from governance.files.kinds import FileRefused
from governance.workflow import NotAllowed, WrongState
from groups.actions import existing as actions
from groups.importing.headings import COLUMNS
from groups.importing.plan import make_plan
from groups.models import ExistingGroup, Group, GroupsImport, GroupType
from tests.directory.tables import csv_table, xlsx
from tests.factories import NOW, make_group, make_group_company, make_person

pytestmark = pytest.mark.django_db
HEADINGS = ["群名称", "群类型", "公司", "群主", "群管理员", "群人数", "建群日期", "用途"]
TODAY = date(2026, 3, 2)
State = GroupsImport.State


@pytest.fixture
def world():
    return make_group_company()


def row(
    name="云栖湖销售群", kind="项目营销微信平台", company="渝北项目公司", owner="", admin="", members="", day="", why=""
):
    return [name, kind, company, owner, admin, members, day, why]


def start(world, *rows, headings=HEADINGS):
    return actions.start(xlsx([headings, *rows]), by=world.hr_admin, now=NOW)


def plan_of(world, *rows, choices=None):
    return make_plan(start(world, *rows), on=TODAY, choices=choices)


def faults(plan):
    return [(fault["row"], fault["column"], fault["sentence"]) for fault in plan.faults]


def confirm(groups_import, world, *, by=None, **choices):
    found = GroupsImport.objects.get(pk=groups_import.pk)
    digest = make_plan(found, on=TODAY).digest()
    actions.confirm(found, digest=digest, choices=choices, by=by or world.hr_admin, now=NOW)
    return found


# --- reading ----------------------------------------------------------------------------------------------------------
def test_headings_are_known_in_chinese_and_english(world):
    chinese, english = ([names[n] for names in COLUMNS.values()] for n in (0, 1))
    values = ["甲群", "部门工作群", "集团本部", "", "", 86, "2024-01-05", "日常沟通"]
    assert start(world, values, headings=chinese).rows == start(world, values, headings=english).rows


def test_a_row_is_read_with_its_number_and_day(world):
    found = start(world, row(members="86人", day="2024年1月5日", why="日常沟通"))
    assert found.rows == [
        {
            "row": 2,
            "name": "云栖湖销售群",
            "type": "项目营销微信平台",
            "company": "渝北项目公司",
            "owner": "",
            "admin": "",
            "members": 86,
            "created_on": "2024-01-05",
            "purpose": "日常沟通",
        }
    ]


def test_csv_in_gbk_with_the_name_alone(world):
    found = actions.start(csv_table("群名称\n甲群\n", encoding="gbk"), by=world.hr_admin, now=NOW)
    assert [line["name"] for line in found.rows] == ["甲群"]


@pytest.mark.parametrize(
    ("values", "column", "sentence"),
    [
        (row(name=""), "群名称", "此处没有内容，或是从未计算过的公式。"),
        (row(name="=1+1"), "群名称", "这看起来像公式，请直接填写内容。"),
        (row(members="很多"), "群人数", "这不是人数。请只填数字，如 86。"),
        (row(day="去年"), "建群日期", "这不是日期。请写成 2026-01-05。"),
        (row(name="群" * 101), "群名称", "太长：101 个字，最多保留 100 个字。"),
    ],
)
def test_a_faulty_cell_is_said_in_a_sentence(world, values, column, sentence):
    found = start(world, values)
    assert [(fault["row"], fault["column"]) for fault in found.faults] == [(2, column)]
    assert found.rows == []
    assert found.faults[0]["sentence"].endswith("。")


def test_the_same_name_twice_is_a_fault_blind_to_width_case_and_spaces(world):
    plan = plan_of(world, row(name="Alpha 项目群"), row(name="ＡＬＰＨＡ项目群"))
    assert faults(plan) == [(3, "群名称", "第 2 行已有相同的群名称。")]


@pytest.mark.parametrize("headings", [["姓名", "工号"], ["群名称", "群名"]])
def test_a_table_of_something_else_is_refused(world, headings):
    with pytest.raises(FileRefused):
        start(world, ["甲", "乙"], headings=headings)
    assert GroupsImport.objects.count() == 0


def test_an_empty_table_and_too_long_a_one_are_refused(world):
    with pytest.raises(FileRefused):
        start(world)
    with pytest.raises(FileRefused):
        start(world, *(row(name=f"第{n}群") for n in range(2001)))


# --- comparing --------------------------------------------------------------------------------------------------------
def test_a_unique_name_and_a_number_are_matched(world):
    owner = make_person(company=world.project, name="钱立群")
    admin = make_person(company=world.project, name="买买提·艾力", number="YB-07")
    (line,) = plan_of(world, row(owner="钱立群", admin="yb-07")).new
    assert (line.owner.person, line.admin.person, line.is_open) == (owner, admin, False)
    assert plan_of(world, row(admin="买买提•艾力")).new[0].admin.person == admin


def test_two_of_one_name_are_left_to_choose_and_only_to_those_offered(world):
    twins = [make_person(company=world.project, name="张伟") for _n in range(2)]
    stranger = make_person(company=world.project, name="钱立群")
    groups_import = start(world, row(admin="张伟"))
    for key, expected in (
        ("", None),
        (str(stranger.pk), None),
        (str(twins[1].pk), twins[1]),
    ):
        (line,) = make_plan(groups_import, on=TODAY, choices={"admin-2": key}).new
        assert (line.admin.candidates, line.admin.person) == (twins, expected)
        assert line.is_open == (expected is None)
    (line,) = make_plan(groups_import, on=TODAY, choices={"admin-2": "nobody"}).new
    assert (line.admin.person, line.is_open) == (None, False)


def test_who_has_left_is_passed_over_among_namesakes_and_said_when_alone(world):
    gone = make_person(company=world.project, name="张伟")
    people.leave(gone, on=date(2026, 2, 1), by=None, now=NOW)
    (line,) = plan_of(world, row(admin="张伟")).new
    assert (line.admin.person, line.admin.lost) == (None, "张伟 已不在职。")
    there = make_person(company=world.project, name="张伟")
    assert plan_of(world, row(admin="张伟")).new[0].admin.person == there


def test_an_unknown_company_is_a_fault_and_unknown_people_are_not(world):
    plan = plan_of(world, row(owner="不存在"), row(name="乙群", company="月球公司"), row(name="丙群", company=""))
    assert [(line, column) for line, column, _sentence in faults(plan)] == [(3, "公司"), (4, "公司")]
    (line,) = plan.new
    assert (line.owner.person, line.owner.words, line.owner.lost) == (None, "不存在", "没有这个姓名或工号的人员。")


def test_people_of_another_organisation_are_nobody(world):
    make_person(name="钱立群", number="X-1")
    (line,) = plan_of(world, row(owner="钱立群", admin="X-1")).new
    assert (line.owner.person, line.admin.person) == (None, None)


def test_one_name_in_two_companies_is_two_groups_of_which_the_second_needs_another_name(world):
    plan = plan_of(world, row(name="销售群"), row(name="销售群", company="集团本部"))
    assert (plan.fault_count, [line.name_open for line in plan.new]) == (0, [False, True])


def test_a_name_that_another_company_has_in_the_register_needs_another_one(world):
    group = make_group(world=world)  # of headquarters
    (line,) = plan_of(world, row(name=group.name)).new
    assert (line.name_open, line.enters_register) == (True, False)


def test_a_type_unknown_or_missing_is_chosen_for_one_or_for_all(world):
    types = {found.code: found for found in GroupType.objects.filter(organisation=world.organisation)}
    groups_import = start(world, row(kind=""), row(name="乙群", kind="聊天群"))
    plan = make_plan(groups_import, on=TODAY)
    assert [(line.needs_type, line.type) for line in plan.new] == [(True, None), (True, None)]
    choices = {"type-2": str(types["executive_group"].pk), "type-all": str(types["marketing_platform"].pk)}
    chosen = make_plan(groups_import, on=TODAY, choices=choices)
    assert [line.type.code for line in chosen.new] == ["executive_group", "marketing_platform"]
    assert (plan.without_type, chosen.without_type, chosen.digest()) == (2, 0, plan.digest())


@pytest.mark.parametrize("count", [1, 100, 1000])
def test_comparing_costs_the_same_for_few_and_many(world, count, django_assert_num_queries):
    make_person(company=world.project, name="钱立群")
    groups_import = start(world, *(row(name=f"第{n}群", admin="钱立群") for n in range(count)))
    groups_import = GroupsImport.objects.select_related("organisation").get(pk=groups_import.pk)
    with django_assert_num_queries(7):
        assert len(make_plan(groups_import, on=TODAY).new) == count


# --- confirming -------------------------------------------------------------------------------------------------------
def test_nothing_is_registered_before_the_confirmation(world):
    start(world, row())
    assert Group.objects.count() == 0


def test_confirming_registers_the_group_as_in_use_and_never_approved(world):
    owner, admin = (make_person(company=world.project, name=name) for name in ("钱立群", "孙晓"))
    groups_import = start(world, row(owner="钱立群", admin="孙晓", members=86, day=datetime(2024, 1, 5), why="销售"))
    found = confirm(groups_import, world)
    group = Group.objects.get()
    assert (group.state, group.established_on, group.approved_at, group.creation_request) == (
        Group.State.ESTABLISHED,
        date(2024, 1, 5),
        None,
        None,
    )
    assert (group.owner, group.admin, group.member_count, group.purpose) == (owner, admin, 86, "销售")
    assert (group.company, group.version, group.designating_office.code) == (
        world.project,
        world.version,
        "marketing_vp",
    )
    assert (group.existing.imported, group.existing.row, group.existing.created_on) == (found, 2, date(2024, 1, 5))
    assert (found.state, found.confirmed_by, found.group_count, found.rows) == (State.CONFIRMED, world.hr_admin, 1, [])
    verbs = Event.objects.filter(verb__in=["take_over", "import-groups"]).values_list("verb", "actor")
    assert sorted(verbs) == [("import-groups", world.hr_admin.pk), ("take_over", world.hr_admin.pk)]


def test_a_group_whose_day_nobody_knows_counts_from_today_and_says_so(world):
    confirm(start(world, row()), world)
    group = Group.objects.get()
    assert group.existing.created_on is None
    assert group.established_on is not None


def test_the_same_file_twice_changes_nothing(world):
    confirm(start(world, row(name="Alpha 群")), world)
    again = start(world, row(name="ＡＬＰＨＡ群"))
    plan = make_plan(again, on=TODAY)
    assert (plan.new, [known["name"] for known in plan.known]) == ([], ["ＡＬＰＨＡ群"])
    with pytest.raises(ValidationError):
        confirm(again, world)
    assert Group.objects.count() == 1


def test_a_group_of_the_portal_is_known_as_well(world):
    group = make_group(world=world)
    assert [known["name"] for known in plan_of(world, row(name=group.name, company="集团本部")).known] == [group.name]


def test_one_faulty_row_and_nothing_is_registered(world):
    with pytest.raises(ValidationError, match="有行出错"):
        confirm(start(world, row(), row(name="乙群", company="月球公司")), world)
    assert Group.objects.count() == 0


def test_an_open_choice_and_nothing_is_registered(world):
    for _n in range(2):
        make_person(company=world.project, name="张伟")
    with pytest.raises(ValidationError, match="还有 1 个群未选择完"):
        confirm(start(world, row(), row(name="乙群", admin="张伟")), world)
    assert (Group.objects.count(), GroupsImport.objects.get().state) == (0, State.READ)


def test_what_changed_since_it_was_shown_is_not_registered(world):
    make_person(company=world.project, name="钱立群")
    groups_import = start(world, row(admin="钱立群"))
    digest = make_plan(groups_import, on=TODAY).digest()
    make_person(company=world.project, name="钱立群")
    with pytest.raises(actions.PlanChanged):
        actions.confirm(groups_import, digest=digest, choices={}, by=world.hr_admin, now=NOW)
    assert (Group.objects.count(), GroupsImport.objects.get().state) == (0, State.READ)


def test_the_late_second_click_is_a_conflict(world):
    groups_import = start(world, row())
    confirm(groups_import, world)
    with pytest.raises(WrongState):
        actions.confirm(groups_import, digest="", choices={}, by=world.hr_admin, now=NOW)
    with pytest.raises(WrongState):
        actions.discard(GroupsImport.objects.get(), by=world.hr_admin, now=NOW)
    assert ExistingGroup.objects.count() == 1


def test_discarding_empties_what_was_read(world):
    groups_import = start(world, row())
    actions.discard(groups_import, by=world.hr_admin, now=NOW)
    found = GroupsImport.objects.get()
    assert (found.state, found.rows, Group.objects.count()) == (State.DISCARDED, [], 0)


@pytest.mark.parametrize("code", ["president", "presidents_office", "marketing_vp", "project_gm_office"])
def test_others_than_hr_may_not(world, code):
    groups_import, other = start(world, row()), getattr(world, code)
    for act in (
        lambda: actions.start(xlsx([HEADINGS, row()]), by=other, now=NOW),
        lambda: confirm(groups_import, world, by=other),
        lambda: actions.discard(groups_import, by=other, now=NOW),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert (Group.objects.count(), GroupsImport.objects.get().state) == (0, State.READ)


def test_registering_costs_few_statements_whatever_the_number(world, django_assert_max_num_queries):
    groups_import = start(world, *(row(name=f"第{n}群") for n in range(300)))
    with django_assert_max_num_queries(95):
        confirm(groups_import, world)
    assert ExistingGroup.objects.count() == 300


def test_hr_sees_the_groups_it_took_over(world):
    confirm(start(world, row()), world)
    seen = Group.objects.visible_to(world.hr_admin, on=TODAY)
    assert [group.name for group in seen] == ["云栖湖销售群"]
