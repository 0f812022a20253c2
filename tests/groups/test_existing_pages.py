"""The pages of existing groups: upload, choose, confirm, and what the register and the group say afterwards."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from groups.models import Group, GroupsImport, GroupType
from tests.directory.tables import xlsx_bytes
from tests.factories import make_group_company, make_person
from tests.groups.reading import get, post, words

pytestmark = pytest.mark.django_db
HEADINGS = ["群名称", "群类型", "公司", "群管理员", "颜色"]


@pytest.fixture
def world():
    return make_group_company()


def upload(client, world, *rows, headings=HEADINGS, name="既有群.xlsx"):
    file = SimpleUploadedFile(name, xlsx_bytes([headings, *rows]))
    return post(client, world.hr_admin, "existing_groups", file=file)


def digest_in(response):
    return re.search(r'name="digest" value="([0-9a-f]{64})"', response.content.decode())[1]


def test_hr_finds_the_page_from_the_register_and_others_do_not(client, world):
    assert reverse("existing_groups") in get(client, world.hr_admin, "register").content.decode()
    assert reverse("existing_groups") not in get(client, world.president, "register").content.decode()


def test_a_file_that_is_no_list_is_refused_at_its_field(client, world):
    response = upload(client, world, ["甲"], headings=["颜色"])
    assert response.status_code == 422
    assert "缺少“群名称”" in words(response) or "群名称" in words(response)
    broken = SimpleUploadedFile("坏.xlsx", b"PK\x03\x04 not a workbook")
    assert post(client, world.hr_admin, "existing_groups", file=broken).status_code == 422
    assert GroupsImport.objects.count() == 0


def test_the_template_is_downloaded(client, world):
    response = get(client, world.hr_admin, "existing_groups_template")
    assert b"".join(response.streaming_content)[:2] == b"PK"


def test_from_upload_through_the_choices_to_the_register(client, world):
    twins = [make_person(company=world.project, name="张伟") for _n in range(2)]
    make_person(company=world.project, name="钱立群")
    group_type = GroupType.objects.get(organisation=world.organisation, code="marketing_platform")
    response = upload(
        client,
        world,
        ["云栖湖老群", "项目营销微信平台", "渝北项目公司", "钱立群", "红"],
        ["张伟的群", "聊天群", "渝北项目公司", "张伟", ""],
        ["没人管的群", "", "渝北项目公司", "", ""],
    )
    groups_import = GroupsImport.objects.get()
    assert response.url == groups_import.get_absolute_url()

    page = client.get(response.url)
    assert "未读取的列：" in words(page) or "颜色" in words(page)
    assert "名单写的是“聊天群”" in words(page)
    assert "selected" not in re.sub(r"<header.*?</header>", "", page.content.decode(), flags=re.DOTALL)

    url, digest = reverse("existing_groups_confirm", args=[groups_import.uuid]), digest_in(page)
    early = client.post(url, {"digest": digest, "type-all": group_type.pk})
    assert (early.status_code, Group.objects.count()) == (422, 0)
    assert "还有 1 个群未选择完" in words(early)

    done = client.post(url, {"digest": digest, "type-all": group_type.pk, "admin-3": twins[1].pk})
    assert (done.status_code, Group.objects.count()) == (302, 3)
    shown = client.get(done.url)
    assert "3 个既有群，由周敏登记" in words(shown)
    assert (words(shown).count("无管理员"), words(shown).count("未经审批")) == (1, 3)
    assert Group.objects.get(name="张伟的群").admin == twins[1]

    register = words(get(client, world.presidents_office, "register"))
    assert "渝北项目公司 · 既有群，未经审批" in register
    assert "按既有群名单登记" in register


def test_a_changed_directory_shows_the_new_comparison(client, world):
    make_person(company=world.project, name="钱立群")
    response = upload(client, world, ["云栖湖老群", "项目营销微信平台", "渝北项目公司", "钱立群", ""])
    digest = digest_in(client.get(response.url))
    make_person(company=world.project, name="钱立群")
    late = client.post(reverse("existing_groups_confirm", args=[GroupsImport.objects.get().uuid]), {"digest": digest})
    assert (late.status_code, Group.objects.count()) == (409, 0)
    assert "请查看新的对照结果" in words(late)
    assert digest_in(late) != digest


def test_faults_stand_first_and_leave_no_button(client, world):
    response = upload(client, world, ["甲群", "", "月球公司", "", ""], ["乙群", "", "渝北项目公司", "", ""])
    page = client.get(response.url)
    assert "第 2 行" in words(page)
    assert 'form="confirm">' not in page.content.decode()


def test_the_group_says_where_it_comes_from_on_every_tab(client, world):
    response = upload(client, world, ["云栖湖老群", "项目营销微信平台", "渝北项目公司", "", ""])
    groups_import = GroupsImport.objects.get()
    client.post(
        reverse("existing_groups_confirm", args=[groups_import.uuid]),
        {"digest": digest_in(client.get(response.url))},
    )
    group = Group.objects.get()
    for reader in (world.hr_admin, world.presidents_office):
        page = words(get(client, reader, "group", group.pk))
        assert "既有群：系统启用前已有" in page
        assert "由周敏登记，" in page
        assert "未经审批：既有群，按原样登记" in page
        assert "系统启用前已在使用" in page
        for tab in ("members", "history"):
            assert get(client, reader, "group", group.pk, tab=tab).status_code == 200
    assert "周敏按名单“既有群.xlsx”登记了这个既有群" in words(
        get(client, world.hr_admin, "group", group.pk, tab="history")
    )


@pytest.mark.parametrize("count", [1, 3, 60])
def test_the_page_of_a_confirmed_list_costs_the_same(client, world, count, django_assert_num_queries):
    response = upload(client, world, *([f"第{n}群", "项目营销微信平台", "渝北项目公司", "", ""] for n in range(count)))
    groups_import = GroupsImport.objects.get()
    client.post(
        reverse("existing_groups_confirm", args=[groups_import.uuid]),
        {"digest": digest_in(client.get(response.url))},
    )
    client.get(response.url)
    with django_assert_num_queries(6):
        page = client.get(response.url)
    assert words(page).count("未经审批") == min(count, 50)
