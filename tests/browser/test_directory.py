"""The directory in a real browser: people, offices, companies and an import, on phone and desktop."""

import os
from pathlib import Path

import pytest

from governance.directory.models import Company, Person, Tenure
from tests import factories
from tests.directory.tables import xlsx_bytes

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG = "阿卜杜热西提·阿卜杜热合曼·买买提吐尔逊·艾合买提江·努尔艾力·吐尔逊江·阿不都克里木·麦麦提敏"
ADDRESSES = (
    "/people/",
    "/people/{person}/",
    "/offices/",
    "/offices/{office}/",
    "/companies/",
    "/people/import/",
    "/me/",
)
HEADINGS = ["工号", "姓名", "公司", "部门", "职务", "用工类别", "血型"]


@pytest.fixture
def hr():
    organisation = factories.make_organisation(name="远启集团")
    company = factories.make_company(organisation=organisation, code="HQ", name="集团本部", short_name="集团本部")
    factories.make_company(organisation=organisation, name="渝北项目公司", kind="project")
    marketing = factories.make_department(company=company, name="营销管理部", aliases=["营销部", "市场部"])
    planning = factories.make_department(parent=marketing, name="策划组")
    user = factories.make_holder(
        organisation=organisation, code="hr_admin", office_name="行政人事部", company=company, name="周敏",
        username="zhoumin", number="010014", post="副经理", phone="19900000014", email="zm@example.com",
    )  # fmt: skip
    long = factories.make_person(
        department=planning, name=LONG, number="010099", post="策划专员", employment_kind="intern"
    )
    for number, name in enumerate(("单思远", "欧阳靖", "赵𬱖", "Emma Larsson")):
        factories.make_person(department=marketing, name=name, number=f"01010{number}", post="营销管理专员")
    office = factories.make_office(organisation=organisation, executive=True)
    factories.make_tenure(office=office, person=long, acting=True)
    factories.make_office(organisation=organisation, code="project_gm_office", name="项目总经办", company=company)
    return user


def addresses():
    person, office = Person.objects.get(number="010099").pk, Tenure.objects.get(acting=True).office_id
    return [address.format(person=person, office=office) for address in ADDRESSES]


def shoot(page, name):
    """Keep a picture where PICTURES says."""
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def upload(page, tmp_path, *rows):
    file = tmp_path / "花名册.xlsx"
    file.write_bytes(xlsx_bytes([HEADINGS, *rows]))
    page.goto("/people/import/")
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="上传并对照").click()
    page.wait_for_url("**/people/import/*-*/")


ROWS = [
    ["010099", LONG, "集团本部", "营销管理部/策划组", "策划主管", "正式", "A"],
    ["020001", "梁启航", "渝北项目公司", "总经办", "项目公司总经理", "正式", "B"],
    ["020002", "尉迟月", "渝北项目公司", "总经办", "主任", "试用", "B"],
]


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("device", ["phone", "desktop"])
def test_the_directory_is_accessible(request, tmp_path, device, name, hr, sign_in, axe, targets_below_44, theme):
    page = request.getfixturevalue(device)
    sign_in(page, "zhoumin")
    upload(page, tmp_path, *ROWS)
    compared = page.url
    upload(page, tmp_path, *ROWS, ["", "无号", "别家公司", "", "", "临时", ""])
    for number, address in enumerate([*addresses(), compared, f"{compared}?tab=changed", page.url]):
        page.goto(address)
        theme(page, name)
        shoot(page, f"{device}-{name}-{number}")
        assert axe(page) == []
        if device == "phone":
            assert targets_below_44(page) == []
            assert page.evaluate("() => document.documentElement.scrollWidth") <= 390


def test_the_directory_fits_at_double_type(phone, tmp_path, hr, sign_in, overflow_at_double_type):
    sign_in(phone, "zhoumin")
    upload(phone, tmp_path, *ROWS)
    for address in [*addresses(), phone.url]:
        phone.goto(address)
        assert (address, overflow_at_double_type(phone)) == (address, 0)


@pytest.mark.parametrize("device", ["desktop", "phone", "phone_without_javascript"])
def test_an_import_is_confirmed_by_clicks(request, tmp_path, device, hr, sign_in):
    page = request.getfixturevalue(device)
    sign_in(page, "zhoumin")
    upload(page, tmp_path, *ROWS)
    page.locator("summary", has_text="导入").click()
    page.get_by_role("button", name="确认导入").click()
    page.get_by_text("由周敏导入").wait_for()
    assert Company.objects.get(name="渝北项目公司").people.count() == 2


@pytest.mark.parametrize("device", ["desktop", "phone", "phone_without_javascript"])
def test_a_holder_is_recorded_by_clicks(request, device, hr, sign_in):
    page = request.getfixturevalue(device)
    sign_in(page, "zhoumin")
    page.goto("/offices/")
    page.get_by_role("link", name="总裁", exact=True).click()
    page.locator("summary", has_text="登记任职").click()
    page.get_by_label("人员").fill("没有此人")
    page.get_by_role("button", name="登记", exact=True).click()
    page.get_by_text("没有这个工号").wait_for()
    page.get_by_label("人员").fill("单思远")
    page.get_by_role("button", name="登记", exact=True).click()
    page.get_by_text("已登记").wait_for()
    assert Tenure.objects.filter(office__code="president", person__name="单思远").exists()
