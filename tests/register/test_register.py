"""The register: who sees which groups, what a line says, search and filters, pages, statements."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from governance.accounts.models import User
from governance.directory.models import Company, Office, Person
from governance.duties.models import Duty
from governance.register.filters import Filters
from groups.models import Designation, Filing, Group, GroupType
from tests.factories import (
    make_company,
    make_designation,
    make_filing,
    make_group,
    make_group_company,
    make_person,
    make_tenure,
    make_user,
)

pytestmark = pytest.mark.django_db
State = Group.State


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def world():
    return make_group_company()


def register(client, user, **asked):
    client.force_login(user)
    return client.get("/groups/", asked)


def lines(response):
    return {line.name: line for line in response.context["page"].rows}


def names(response):
    return [line.name for line in response.context["page"].rows]


def words(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode()))


# --- who sees what ------------------------------------------------------------------------------------------------------
def test_overseers_see_all_and_a_company_office_its_own(client, world):
    make_group(world=world, group_type="headquarters_group")
    make_group(world=world, group_type="project_company_group")
    everything = ["集团工作群", "渝北项目公司工作群"]
    assert names(register(client, world.presidents_office)) == everything
    assert names(register(client, world.hr_admin)) == everything
    assert names(register(client, world.project_gm_office)) == ["渝北项目公司工作群"]


def test_employee_sees_the_groups_he_is_in(client, world, now):
    member = make_user(company=world.headquarters)
    make_group(world=world, group_type="headquarters_group", at=State.ESTABLISHED, members=[member.person], now=now)
    make_group(world=world, group_type="project_company_group")
    response = register(client, member)
    assert names(response) == ["集团工作群"]
    assert "我的群" in words(response)
    assert response.context["choices"] is None
    assert names(register(client, make_user(company=world.headquarters))) == []


def test_office_of_another_company_gets_only_its_groups(client, world, now):
    second = make_company(organisation=world.organisation, name="江北项目公司", kind=Company.Kind.PROJECT)
    office = Office.objects.create(
        organisation=world.organisation, code="project_gm_office", company=second, name="项目总经办", kind="body", oversees=True
    )  # fmt: skip
    user = make_user(company=second)
    make_tenure(office=office, person=user.person)
    make_group(world=world, group_type="project_company_group", now=now)
    assert names(register(client, user)) == []
    make_group(world=world, group_type="project_company_group", company=second, now=now)
    assert names(register(client, user)) == ["江北项目公司工作群"]


def test_other_organisations_groups_are_not_there(client, world):
    make_group(group_type="headquarters_group")
    assert names(register(client, world.presidents_office)) == []


def test_login_without_a_person_sees_nothing(client, world):
    make_group(world=world, group_type="headquarters_group")
    assert names(register(client, User.objects.create_user("nobody", organisation=world.organisation))) == []


# --- what a line says -----------------------------------------------------------------------------------------------------
def test_line_of_a_group_without_admin(client, world, now):
    make_group(world=world, group_type="headquarters_group", now=now)
    line = lines(register(client, world.presidents_office))["集团工作群"]
    assert (line.place, line.type) == ("集团本部 · 今天 总裁同意", "集团工作群")
    assert (line.admin, line.admin_note) == ("–", "待行政人事部指定")
    assert (line.members, line.roster, line.state, line.tone) == ("–", "未建群", "待指定管理员", "next")


def test_line_of_a_group_whose_admin_has_to_answer(client, world, now):
    make_designation(world=world, group_type="headquarters_group", now=now)
    line = lines(register(client, world.presidents_office))["集团工作群"]
    assert (line.admin, line.admin_note) == ("钱立群", "行政人事部指定，尚未答复")
    assert (line.state, line.tone) == ("待接受", "next")


def test_line_of_a_group_to_be_established(client, world, now):
    make_designation(world=world, group_type="headquarters_group", at=Designation.State.ACCEPTED, now=now)
    line = lines(register(client, world.presidents_office))["集团工作群"]
    assert (line.admin, line.admin_note) == ("钱立群", "行政人事部指定")
    assert (line.roster, line.state) == ("未建群", "待建群确认")


def test_line_of_a_group_in_use(client, world, now):
    people = [make_person(company=world.headquarters) for _ in range(3)]
    make_group(world=world, group_type="headquarters_group", at=State.ESTABLISHED, members=people, now=now)
    line = lines(register(client, world.presidents_office))["集团工作群"]
    assert (line.members, line.roster) == ("4", "管理员申报，今天")
    assert (line.state, line.tone) == ("正常", "ok")


@pytest.mark.parametrize(
    ("state", "words_of_it", "tone"),
    [
        (Filing.State.FILED, "待备案", "next"),
        (Filing.State.RETURNED, "待补正", "next"),
        (Filing.State.ACKNOWLEDGED, "已备案〔2026〕1号", "ok"),
    ],
)
def test_line_says_how_far_the_filing_is(client, world, now, state, words_of_it, tone):
    filing = make_filing(world=world, at=state, now=now)
    line = lines(register(client, world.presidents_office))[filing.group.name]
    assert (line.state.replace(str(now.year), "2026"), line.tone) == (words_of_it, tone)


def test_late_step_is_said_with_its_days(client, world, now):
    make_group(world=world, group_type="headquarters_group", now=now)
    Duty.objects.filter(verb="designate").update(due_at=now - timedelta(days=7))
    line = lines(register(client, world.presidents_office))["集团工作群"]
    assert (line.state, line.tone) == ("待指定管理员 · 逾期 5 天", "late")


def test_executive_does_not_read_his_own_lateness_in_red(client, world, now):
    make_group(world=world, group_type="marketing_platform", project="云栖湖", now=now - timedelta(days=14))
    [line] = lines(register(client, world.marketing_vp)).values()
    assert (line.state, line.tone) == ("待指定管理员 · 已等 10 个工作日", "soon")


def test_admin_who_has_left_is_said(client, world, now):
    group = make_group(world=world, group_type="headquarters_group", at=State.ESTABLISHED, now=now)
    Person.objects.filter(pk=group.admin_id).update(left_on=(now - timedelta(days=2)).date())
    line = lines(register(client, world.presidents_office))["集团工作群"]
    assert (line.admin, line.admin_note, line.admin_gone) == ("钱立群（已离职）", "待行政人事部指定", True)
    assert (line.state, line.tone) == ("无管理员", "late")


def test_line_in_english(client, world, now):
    world.presidents_office.language = "en"
    world.presidents_office.save()
    make_group(world=world, group_type="headquarters_group", now=now)
    line = lines(register(client, world.presidents_office))["集团工作群"]
    assert (line.place, line.type, line.state) == (
        "集团本部 · approved today by President",
        "Group work group",
        "waits for its admin",
    )


# --- the sentence ---------------------------------------------------------------------------------------------------------
def test_sentence_says_companies_groups_and_odd_ones(client, world, now):
    make_group(world=world, group_type="headquarters_group", at=State.ESTABLISHED, now=now)
    make_group(world=world, group_type="project_company_group", now=now - timedelta(days=30))
    make_group(world=world, group_type="planning_group", now=now)
    assert "集团本部及 1 家项目公司 · 3 个群，1 个有异常，2 个尚未建群" in words(register(client, world.presidents_office))


def test_sentence_of_a_company_office_names_its_company(client, world, now):
    make_group(world=world, group_type="project_company_group", now=now)
    assert "渝北项目公司 · 1 个群，1 个尚未建群" in words(register(client, world.project_gm_office))


def test_empty_register_says_how_groups_get_there(client, world):
    assert "建群申请获批后，群即列入台账。" in words(register(client, world.presidents_office))


# --- search and filters -----------------------------------------------------------------------------------------------------
@pytest.fixture
def three(world, now):
    admin = make_user(company=world.project, name="单晓云")
    make_group(world=world, group_type="headquarters_group", at=State.ESTABLISHED, now=now)
    make_group(world=world, group_type="project_company_group", admin=admin, now=now)
    make_group(world=world, group_type="marketing_platform", project="Bay 100%_Hill", now=now)
    return world


HQ, PROJECT, PLATFORM = "集团工作群", "渝北项目公司工作群", "Bay 100%_Hill项目营销微信平台"


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("集团", [HQ]),
        ("jituan", [HQ]),
        ("JTGZQ", [HQ]),
        ("ybxm", [PROJECT]),
        ("yu bei", [PROJECT]),
        ("单晓云", [PROJECT]),
        ("shanxiaoyun", [PROJECT]),
        ("sxy", [PROJECT]),
        ("渝北 单晓云", [PROJECT]),
        ("集团 单晓云", []),
        ("ＢＡＹ", [PLATFORM]),
        ("bay100%_hill", [PLATFORM]),
        ("100%", [PLATFORM]),
        ("%", [PLATFORM]),
        ("_", [PLATFORM]),
        ("\\", []),
        ("'; --", []),
        ("查无此群", []),
        ("", [PLATFORM, HQ, PROJECT]),
        ("   ", [PLATFORM, HQ, PROJECT]),
    ],
)
def test_search_finds_groups_and_admins(client, three, q, found):
    assert names(register(client, three.presidents_office, q=q)) == found


def test_filters_narrow_by_type_company_and_step(client, three):
    user = three.presidents_office
    platform = GroupType.objects.get(organisation=three.organisation, code="marketing_platform")
    assert names(register(client, user, type=platform.pk)) == [PLATFORM]
    assert names(register(client, user, company=three.project.pk)) == [PLATFORM, PROJECT]
    assert names(register(client, user, company=three.project.pk, type=platform.pk, q="bay")) == [PLATFORM]


@pytest.mark.parametrize(
    ("step", "found"),
    [
        ("new", [PLATFORM, PROJECT]),
        ("designate", [PLATFORM]),
        ("accept", []),
        ("establish", [PROJECT]),
        ("in_use", [HQ]),
        ("acknowledge", []),
        ("complete", []),
        ("filed", []),
    ],
)
def test_filter_by_step(client, three, step, found):
    assert names(register(client, three.presidents_office, step=step)) == found


@pytest.mark.parametrize(
    ("make", "step"),
    [
        (lambda **world: make_designation(**world), "accept"),
        (lambda **world: make_filing(**world), "acknowledge"),
        (lambda **world: make_filing(at=Filing.State.RETURNED, **world), "complete"),
        (lambda **world: make_filing(at=Filing.State.ACKNOWLEDGED, **world), "filed"),
    ],
)
def test_steps_of_designation_and_filing_are_found(client, world, now, make, step):
    make(world=world, now=now)
    found = [name for name in STEPS if names(register(client, world.presidents_office, step=name))]
    assert found == ["new", "accept"] if step == "accept" else found == ["in_use", step]


STEPS = ("new", "designate", "accept", "establish", "in_use", "acknowledge", "complete", "filed")


def test_odd_ones_are_late_or_without_admin(client, three, now):
    user = three.presidents_office
    assert names(register(client, user, odd="1")) == []
    hq, project = Group.objects.get(name=HQ), Group.objects.get(name=PROJECT)
    Duty.objects.filter(verb="establish", person=project.admin).update(due_at=now - timedelta(days=1))
    Person.objects.filter(pk=hq.admin_id).update(left_on=(now - timedelta(days=2)).date())
    assert names(register(client, user, odd="1")) == [HQ, PROJECT]


def test_late_acceptance_and_late_filing_are_odd(client, world, now):
    designation = make_designation(world=world, group_type="headquarters_group", now=now)
    filing = make_filing(world=world, now=now)
    assert names(register(client, world.presidents_office, odd="1")) == []
    Duty.objects.filter(verb__in=["accept", "acknowledge"]).update(due_at=now - timedelta(days=1))
    found = names(register(client, world.presidents_office, odd="1"))
    assert sorted(found) == sorted([designation.group.name, filing.group.name])


@pytest.mark.parametrize(
    "asked", [{"type": "x"}, {"company": "9" * 30}, {"step": "nonsense"}, {"odd": "maybe"}, {"type": "-1"}, {"q": "\0"}]
)
def test_nonsense_in_the_filters_counts_as_not_asked(client, three, asked):
    assert len(names(register(client, three.presidents_office, **asked))) == 3


def test_search_without_a_find_offers_the_way_back(client, three):
    assert "没有找到符合条件的群" in words(register(client, three.presidents_office, q="查无此群"))


def test_search_takes_five_words_of_at_most_fifty_characters():
    assert Filters.read({"q": "一 二 三 四 五 六"}).words == ["一", "二", "三", "四", "五"]
    assert len(Filters.read({"q": "字" * 80}).q) == 50


def test_htmx_gets_the_list_alone_by_the_same_address(client, three):
    client.force_login(three.presidents_office)
    response = client.get("/groups/", {"q": "集团"}, headers={"HX-Request": "true"})
    html = response.content.decode()
    assert '<div id="register-list"' in html
    assert "<html" not in html
    assert names(response) == [HQ]
