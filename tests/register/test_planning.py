"""The planning view: what is missing by the regulation, what is there twice, what lacks a purpose or is past its end."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from governance.directory.models import Company
from governance.jobs.actions import run
from governance.jobs.models import Job
from governance.register.planning import planning
from groups.models import CreationRequest, Group
from tests.factories import (
    GROUP_COMPANY,
    NOW,
    load_group_company,
    make_company,
    make_creation_request,
    make_group,
    make_group_company,
)
from tests.groups.reading import get, post, words

pytestmark = pytest.mark.django_db
State = CreationRequest.State
STATEMENTS = 16


@pytest.fixture
def world():
    return make_group_company()


def found(user):
    return planning(user, on=timezone.localdate())


def missing(user):
    return [(one.type, one.company) for one in found(user).missing]


def group_of(world, code="project_company_group", **fields):
    return make_creation_request(world=world, group_type=code, at=State.APPROVED, now=NOW, **fields).group


def test_everything_is_missing_at_first(world):
    make_company(organisation=world.organisation, name="江北项目公司", short_name="江北", kind=Company.Kind.PROJECT)

    assert missing(world.hr_admin)[:3] == [
        ("集团高管工作群", "整个单位"),
        ("计划运营推动群", "整个单位"),
        ("集团工作群", "集团本部"),
    ]
    assert set(missing(world.hr_admin)[3:]) == {("项目公司工作群", "渝北项目公司"), ("项目公司工作群", "江北")}


def test_what_is_there_is_not_missing(world):
    group_of(world)
    group_of(world, "planning_group")

    assert missing(world.hr_admin) == [("集团高管工作群", "整个单位"), ("集团工作群", "集团本部")]


def test_one_tap_leads_to_the_form_with_the_company_filled_in(client, world):
    (one,) = [one for one in found(world.hr_admin).missing if one.type == "项目公司工作群"]

    assert one.ask_url == reverse("creation_request_new", args=["project_company_group"]) + f"?company={world.project.pk}"
    form = client.get(one.ask_url) if client.force_login(world.hr_admin) is None else None
    assert form.context["form"].initial["company"] == str(world.project.pk)
    assert one.ask_url in get(client, world.hr_admin, "planning").content.decode()


def test_who_may_not_submit_sees_why(world):
    (one,) = [one for one in found(world.presidents_office).missing if one.type == "项目公司工作群"]

    assert (one.ask_url, one.refusal) == ("", "此类群由其他部门提出申请。")


def test_request_under_way_stands_in_place_of_the_button(client, world):
    request = make_creation_request(world=world, group_type="project_company_group", at=State.SUBMITTED, now=NOW)

    (one,) = [one for one in found(world.hr_admin).missing if one.type == "项目公司工作群"]

    assert (one.request, one.request_url) == (request.number, request.get_absolute_url())
    assert request.number in words(get(client, world.hr_admin, "planning"))


def test_drafts_of_others_stay_unseen(world):
    make_creation_request(world=world, group_type="project_company_group", at=State.DRAFT, now=NOW)

    assert [one.request for one in found(world.presidents_office).missing] == [""] * 4


def test_company_supervisor_sees_his_company_alone(world):
    other = make_company(organisation=world.organisation, name="江北项目公司", kind=Company.Kind.PROJECT)
    make_creation_request(world=world, group_type="marketing_platform", company=other, at=State.APPROVED, now=NOW)

    assert missing(world.project_gm_office) == [("项目公司工作群", "渝北项目公司")]
    assert found(world.project_gm_office).lacking == []


def test_two_of_one_type_for_one_company_are_named(world):
    first, second = group_of(world), group_of(world, name_suffix="（二）")
    group_of(world, "marketing_platform", project="云栖湖")

    (twins,) = found(world.hr_admin).twins

    assert (twins.type, twins.company) == ("项目公司工作群", "渝北项目公司")
    assert set(twins.groups) == {first, second}


def test_projects_written_in_another_width_are_the_same(world):
    group_of(world, "marketing_platform", project="云栖湖A")
    group_of(world, "marketing_platform", project="云栖湖Ａ ", name_suffix="（二）")

    assert len(found(world.hr_admin).twins) == 1


def test_group_without_purpose_or_past_its_end(world):
    idle, over = make_group(world=world, now=NOW), make_group(world=world, group_type="planning_group", now=NOW)
    Group.objects.filter(pk=idle.pk).update(purpose="")
    Group.objects.filter(pk=over.pk).update(ends_on=timezone.localdate() - timedelta(days=1))

    lacking = {one.group: one.why for one in found(world.hr_admin).lacking}

    assert set(lacking) == {idle, over}
    assert lacking[idle] == "没有写明用途"


def test_regulation_that_asks_for_nothing_says_so(client, world):
    text = GROUP_COMPANY.read_text(encoding="utf-8")
    while "    expected:\n" in text:
        at = text.index("    expected:\n")
        rest = text[at + len("    expected:\n") :].splitlines(keepends=True)
        while rest[0].startswith("      "):
            rest.pop(0)
        text = text[:at] + "".join(rest)
    load_group_company(organisation=world.organisation, source=text, now=NOW)

    assert "没有规定哪类群应当建立" in words(get(client, world.hr_admin, "planning"))


def test_page_is_for_supervisors(client, world):
    assert get(client, world.president, "planning").status_code == 403
    assert reverse("planning") not in get(client, world.president, "register").content.decode()
    assert reverse("planning") in get(client, world.hr_admin, "register").content.decode()


def test_workbook_holds_everything(client, world):
    group_of(world)
    group_of(world, name_suffix="（二）")

    post(client, world.hr_admin, "planning_export")

    job = Job.objects.get()
    run(job.pk, now=timezone.now())
    job.refresh_from_db()
    with job.output.content.open("rb") as handle:
        book = CalamineWorkbook.from_filelike(BytesIO(handle.read()))
    rows = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    assert len(rows["缺少的群"]) == 4
    assert [row[2] for row in rows["重复的群"]][1:] == ["渝北项目公司工作群", "渝北项目公司工作群（二）"]


STATEMENTS = 12


@pytest.mark.parametrize("count", [1, 3, 60])
def test_statements_do_not_grow(client, world, count, django_assert_num_queries):
    for n in range(count):
        make_company(organisation=world.organisation, kind=Company.Kind.PROJECT)
        group_of(world, "marketing_platform", project=f"项目{n}")
    client.force_login(world.hr_admin)
    client.get(reverse("planning"))
    with django_assert_num_queries(STATEMENTS):
        client.get(reverse("planning"))
