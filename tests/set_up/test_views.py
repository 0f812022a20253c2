"""The set-up as HR sees it, and its card on the desk."""

from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from governance.accounts.models import Organisation
from governance.desk.models import SetUp
from governance.desk.set_up import actions, tokens
from governance.directory.models import Company, Office
from governance.regulations.models import RegulationVersion
from tests.factories import NOW, make_person, make_tenure, make_user

pytestmark = pytest.mark.django_db
NAMES = actions.Names("启明集团", "启明", "集团本部", "zh-hans")
PERSON = actions.FirstPerson("周敏", "A001", "", "zhoumin", "open-the-door-7")


@pytest.fixture
def hr(client):
    """The first HR person of a portal just set up, signed in."""
    tokens.use(tokens.make(now=NOW), claim="mine", now=NOW)
    actions.enter_organisation(NAMES, seen="", claim="mine", now=NOW)
    user = actions.enter_first_person(PERSON, claim="mine", now=NOW)
    client.force_login(user)
    return user


def steps(client):
    return {step.title: step.state for step in client.get(reverse("set_up")).context["steps"]}


def load_shipped(client, which="group_company"):
    return client.post(reverse("set_up_regulation"), {"which": which})


# --- the way ----------------------------------------------------------------------------------------------------------
def test_first_undone_step_is_next(client, hr):
    assert steps(client) == {
        "单位": "done",
        "首位行政人事人员": "done",
        "公司": "done",
        "管理办法": "now",
        "人员": "",
        "职务": "",
        "既有群": "",
    }

    load_shipped(client)

    assert steps(client) | {"管理办法": "done", "人员": "now"} == steps(client)


def test_existing_groups_are_the_last_step(client, hr):
    page = client.get(reverse("set_up"))

    assert page.context["steps"][-1].url == reverse("existing_groups")
    assert client.get(reverse("existing_groups")).status_code == 200


def test_card_goes_when_people_and_offices_are_there(client, hr):
    load_shipped(client)
    company = Company.objects.get()
    person = make_person(company=company, name="陈国栋")
    for office in Office.objects.exclude(code="hr_admin"):
        make_tenure(office=office, person=person)

    page = client.get(reverse("set_up"))

    assert [step.title for step in page.context["steps"] if not step.done] == ["既有群"]
    assert client.get("/").context["set_up"] is None


# --- companies --------------------------------------------------------------------------------------------------------
def test_project_companies_come_with_their_offices(client, hr):
    load_shipped(client)

    client.post(reverse("set_up_companies"), {"names": "渝北项目公司\n\n  江北项目公司 \n集团本部\n渝北项目公司"})

    projects = Company.objects.filter(kind="project")
    assert list(projects.values_list("code", "name")) == [("P01", "渝北项目公司"), ("P02", "江北项目公司")]
    assert Office.objects.filter(code="project_gm_office").count() == 2


def test_second_click_adds_no_company_twice(client, hr):
    for _ in range(2):
        response = client.post(reverse("set_up_companies"), {"names": "渝北项目公司"}, follow=True)

    assert Company.objects.count() == 2
    assert "这些公司均已存在。" in response.content.decode()


def test_too_long_a_name_is_refused(client, hr):
    assert client.post(reverse("set_up_companies"), {"names": "长" * 101}).status_code == 422
    assert client.post(reverse("set_up_companies"), {"names": " \n "}).status_code == 422
    assert Company.objects.count() == 1


# --- the regulation ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("which", ["group_company", "company"])
def test_shipped_regulation_is_loaded_once(client, hr, which):
    for _ in range(2):
        assert load_shipped(client, which).url == reverse("set_up")

    version = RegulationVersion.objects.get()
    assert (version.regulation.code, version.loaded_by) == (which, hr)


def test_file_of_ones_own_is_loaded(client, hr):
    file = SimpleUploadedFile("ours.yaml", Path("regulations/company.yaml").read_bytes())

    assert client.post(reverse("set_up_regulation"), {"which": "upload", "file": file}).status_code == 302
    assert RegulationVersion.objects.get().regulation.code == "company"


def test_faults_of_a_file_are_said_line_by_line(client, hr):
    text = Path("regulations/company.yaml").read_text().replace("platforms: [wechat]", "platforms: [pigeon]")
    line = next(n for n, words in enumerate(text.splitlines(), start=1) if "pigeon" in words)

    response = client.post(
        reverse("set_up_regulation"), {"which": "upload", "file": SimpleUploadedFile("ours.yaml", text.encode())}
    )

    assert response.status_code == 422
    assert [problem.line for problem in response.context["problems"]] == [line]
    assert f"第 {line} 行" in response.content.decode()
    assert not RegulationVersion.objects.exists()


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"", b"- 1\n- 2", b"\x00" * 100, b"a: [" * 1000])
def test_no_regulation_at_all_is_refused(client, hr, content):
    file = BytesIO(content)
    file.name = "ours.yaml"

    response = client.post(reverse("set_up_regulation"), {"which": "upload", "file": file})

    assert response.status_code == 422
    assert not RegulationVersion.objects.exists()


def test_choice_without_a_file_and_a_huge_file_are_refused(client, hr):
    huge = SimpleUploadedFile("ours.yaml", b"#" * (1024 * 1024 + 1))

    for data in ({}, {"which": "upload"}, {"which": "nothing"}, {"which": "upload", "file": huge}):
        assert client.post(reverse("set_up_regulation"), data).status_code == 422


# --- offices ----------------------------------------------------------------------------------------------------------
def test_offices_without_holder_are_listed(client, hr):
    load_shipped(client)

    page = client.get(reverse("set_up_offices"))

    codes = {office.code for office in page.context["vacant"]}
    assert {"president", "presidents_office", "marketing_vp"} <= codes
    assert "hr_admin" not in codes


def test_office_that_the_regulation_does_not_name_is_entered(client, hr):
    load_shipped(client, "company")
    data = {"name": "总经理", "name_en": "Director", "kind": "post"}

    response = client.post(reverse("set_up_offices"), data)
    again = client.post(reverse("set_up_offices"), data)

    office = Office.objects.get(name="总经理")
    assert (response.url, again.status_code) == (reverse("office", args=[office.pk]), 422)
    assert [found.pk for found in client.get(reverse("set_up_offices")).context["vacant"]] == [office.pk]
    assert steps(client)["职务"] == ""


# --- who may, and the card --------------------------------------------------------------------------------------------
def test_only_keepers_of_the_directory_set_up(client, hr):
    client.force_login(make_user(company=Company.objects.get(), name="李娜"))

    for name in ("set_up", "set_up_companies", "set_up_regulation", "set_up_offices"):
        assert client.get(reverse(name)).status_code == 403
    assert client.post(reverse("set_up_put_away")).status_code == 403
    assert client.get("/").context["set_up"] is None


def test_desk_shows_hr_what_is_left(client, hr):
    assert client.get("/").context["set_up"].left == ["管理办法", "人员", "职务"]

    load_shipped(client)
    make_person(company=Company.objects.get())

    assert client.get("/").context["set_up"].left == ["职务"]


def test_card_can_be_put_away(client, hr, django_assert_num_queries):
    for _ in range(2):
        client.post(reverse("set_up_put_away"))

    assert client.get("/").context["set_up"] is None
    assert client.get(reverse("set_up")).status_code == 200
    assert SetUp.objects.get().finished_at is not None


def test_organisation_set_up_otherwise_has_no_card(client, hr):
    SetUp.objects.update(organisation=None)

    assert Organisation.objects.exists()
    assert client.get("/").context["set_up"] is None
