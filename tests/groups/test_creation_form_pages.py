"""Choosing a type and filling in a request, with the preview beside it."""

import re
from pathlib import Path

import pytest
from django.urls import reverse

from governance.files.models import Attachment
from governance.regulations.models import OpenQuestion
from groups.models import CreationRequest
from tests.factories import (
    load_group_company,
    make_creation_request,
    make_group_company,
    make_organisation,
    make_person,
    make_user,
)
from tests.files.samples import upload
from tests.groups.facts import fresh
from tests.groups.reading import form_data, get, post, words

pytestmark = pytest.mark.django_db
State = CreationRequest.State


@pytest.fixture
def world():
    return make_group_company()


# --- choosing a type --------------------------------------------------------------------------------------------------
def test_types_say_article_approver_and_filing(client, world):
    response = get(client, world.hr_admin, "creation_request_types")
    cards = {card.name: card for card in response.context["open_cards"]}
    assert list(cards) == ["集团高管工作群", "计划运营推动群", "集团工作群", "项目公司工作群", "项目营销微信平台"]
    platform = cards["项目营销微信平台"]
    assert (platform.article, platform.approvers, platform.filed_with) == ("4.5", [("营销副总", False)], "行政人事部")


def test_undecided_type_leads_to_its_question(client, world):
    response = get(client, world.hr_admin, "creation_request_types")
    card, = response.context["other_cards"]
    question = OpenQuestion.objects.get(code="department_groups")
    assert (card.name, card.state, card.question) == ("部门工作群", "undecided", question)
    assert reverse("question", args=[question.pk]) in response.content.decode()


def test_types_for_who_may_ask_for_none(client, world):
    response = get(client, world.president, "creation_request_types")
    assert (response.context["open_cards"], len(response.context["other_cards"])) == ([], 6)
    assert {card.refusal for card in response.context["other_cards"] if card.state == "open"} == {"此类群由其他部门提出申请。"}


def test_types_before_a_regulation_is_loaded(client):
    user = make_user(organisation=make_organisation())
    assert "还没有群类型" in words(get(client, user, "creation_request_types"))


def test_types_of_one_code_in_two_regulations_have_addresses_of_their_own(client, world):
    other = Path("regulations/company.yaml").read_text(encoding="utf-8")
    load_group_company(organisation=world.organisation, source=other)
    response = get(client, world.hr_admin, "creation_request_types")
    slugs = [card.slug for card in response.context["other_cards"]]
    assert slugs == ["group_company--department_group", "company--department_group"]


# --- the form ---------------------------------------------------------------------------------------------------------
def test_submitting_the_form(client, world):
    response = post(client, world.hr_admin, "creation_request_new", "executive_group", **form_data(year="2027"))
    request = CreationRequest.objects.get()
    assert (response.status_code, response.url) == (302, request.get_absolute_url())
    assert (request.state, request.name) == ("submitted", "集团高管工作群（2027年度）")


def test_saving_a_draft_asks_for_less(client, world):
    response = post(client, world.hr_admin, "creation_request_new", "executive_group", action="draft")
    assert (response.status_code, CreationRequest.objects.get().state) == (302, "draft")


def test_submitting_the_same_twice_leads_to_the_one_that_is_there(client, world):
    first = post(client, world.hr_admin, "creation_request_new", "executive_group", **form_data())
    second = post(client, world.hr_admin, "creation_request_new", "executive_group", **form_data())
    assert (first.url, CreationRequest.objects.count()) == (second.url, 1)


def test_what_was_entered_survives_an_error(client, world):
    assistant = make_person(company=world.headquarters, name="吴静", post="总裁助理")
    response = post(
        client, world.hr_admin, "creation_request_new", "executive_group",
        **form_data(purpose="", name_suffix="（二）", exceptional=[assistant.pk], **{f"reason-{assistant.pk}": "列席会议"}),
    )  # fmt: skip
    page = response.content.decode()
    assert (response.status_code, CreationRequest.objects.count()) == (422, 0)
    assert list(response.context["form"].errors) == ["purpose"]
    assert re.search(r'<textarea[^>]*name="purpose"[^>]*aria-invalid="true"', page)
    assert 'value="（二）"' in page
    assert re.search(rf'value="{assistant.pk}" id="candidate-{assistant.pk}" checked', page)
    assert 'value="列席会议"' in page


def test_taken_name_is_said_at_its_field_with_the_way_there(client, world):
    taken = make_creation_request(world=world, at="submitted")
    response = post(client, world.hr_admin, "creation_request_new", "executive_group", **form_data())
    assert (response.status_code, CreationRequest.objects.count()) == (422, 1)
    assert response.context["form"].errors["name_suffix"] == ["已有同名的建群申请待审批。"]
    assert f'href="{taken.get_absolute_url()}"' in response.content.decode()


def test_forged_exceptional_member_is_refused(client, world):
    clerk = make_person(company=world.headquarters, name="普通员", post="专员")
    outsider = make_person(name="别家人", post="总裁助理")
    for person in (clerk, outsider):
        response = post(client, world.hr_admin, "creation_request_new", "executive_group", **form_data(exceptional=[person.pk]))
        assert (response.status_code, list(response.context["form"].errors)) == (422, ["exceptional"])
    assert CreationRequest.objects.count() == 0


def test_companies_offered_are_project_companies(client, world):
    response = get(client, world.hr_admin, "creation_request_new", "project_company_group")
    assert [company.name for company in response.context["form"].companies] == ["渝北项目公司"]
    refused = post(client, world.hr_admin, "creation_request_new", "project_company_group", **form_data(company=world.headquarters.pk))
    assert list(refused.context["form"].errors) == ["company"]


def test_fields_follow_from_the_type(client, world):
    fields = {
        code: list(get(client, world.hr_admin, "creation_request_new", code).context["form"].fields)
        for code in ("executive_group", "marketing_platform")
    }
    always = ["name_suffix", "purpose", "ends_on"]
    assert fields["executive_group"] == ["year", *always, "exceptional", "attachments"]
    assert fields["marketing_platform"] == ["company", "project", *always, "external_expected", "exceptional", "attachments"]


def test_form_of_a_type_one_may_not_ask_for(client, world):
    response = get(client, world.president, "creation_request_new", "executive_group")
    assert (response.status_code, "此类群由其他部门提出申请。" in words(response)) == (403, True)
    assert get(client, world.hr_admin, "creation_request_new", "department_group").status_code == 403
    assert get(client, world.hr_admin, "creation_request_new", "no_such_type").status_code == 404


def test_preview_comes_from_the_same_address_by_htmx(client, world):
    client.force_login(world.hr_admin)
    url = reverse("creation_request_new", args=["marketing_platform"])
    response = client.get(url, {"company": world.project.pk, "project": "云栖湖"}, headers={"HX-Request": "true"})
    assert [template.name for template in response.templates][0] == "groups/_creation_request_preview.html"
    assert (response.context["panel"].seen.name, "<html" in response.content.decode()) == ("云栖湖项目营销微信平台", False)


def test_preview_without_javascript_keeps_what_was_written(client, world):
    response = post(client, world.hr_admin, "creation_request_new", "marketing_platform", company=world.project.pk,
                    project="云栖湖", purpose="客户服务", action="preview")  # fmt: skip
    assert (response.status_code, CreationRequest.objects.count()) == (200, 0)
    assert response.context["panel"].seen.name == "云栖湖项目营销微信平台"
    assert "客户服务" in response.content.decode()


def test_attachment_hangs_on_the_request_and_can_be_taken_off(client, world):
    post(client, world.hr_admin, "creation_request_new", "executive_group", **form_data(action="draft", attachments=upload(name="会议安排.pdf")))
    request, attachment = CreationRequest.objects.get(), Attachment.objects.get()
    assert (attachment.subject, attachment.file.name) == (request, "会议安排.pdf")
    response = get(client, world.hr_admin, "creation_request", request.pk)
    assert attachment.file.get_absolute_url() in response.content.decode()
    post(client, world.hr_admin, "creation_request_edit", request.pk, **form_data(action="draft", detach=[attachment.file.pk]))
    assert Attachment.objects.count() == 0


def test_edit_shows_what_was_written_and_resubmits(client, world):
    assistant = make_person(company=world.headquarters, name="吴静", post="总裁助理")
    request = make_creation_request(world=world, at="sent_back", exceptional={assistant: "列席"}, year="2026")
    page = get(client, world.hr_admin, "creation_request_edit", request.pk).content.decode()
    assert re.search(rf'id="candidate-{assistant.pk}" checked', page)
    assert re.search(r'<option value="2026" selected', page)
    assert re.search(r"总裁 陈国栋：</b>请补充名单。", page)
    response = post(client, world.hr_admin, "creation_request_edit", request.pk, **form_data(purpose="改后的用途", year="2026"))
    request = fresh(request)
    assert (response.status_code, request.state, request.purpose) == (302, "submitted", "改后的用途")
    assert request.consents.count() == 0


@pytest.mark.parametrize("at", ["submitted", "approved", "refused", "withdrawn"])
def test_edit_of_what_is_not_with_the_submitter_is_late(client, world, at):
    request = make_creation_request(world=world, at=at)
    assert get(client, world.hr_admin, "creation_request_edit", request.pk).status_code == 409
    assert get(client, world.president, "creation_request_edit", request.pk).status_code == 403


def test_attachment_is_opened_by_who_sees_the_request(client, world):
    post(client, world.hr_admin, "creation_request_new", "executive_group", **form_data(attachments=upload(name="会议安排.pdf")))
    url = Attachment.objects.get().file.get_absolute_url()
    found = {}
    for user in (world.president, world.marketing_vp, make_group_company(name="别家集团").president):
        client.force_login(user)
        found[user.name, user.organisation.name] = client.get(url).status_code
    assert found == {("陈国栋", "启明集团"): 200, ("何丽华", "启明集团"): 404, ("陈国栋", "别家集团"): 404}


def test_wrong_attachment_is_said_at_its_field(client, world):
    response = post(client, world.hr_admin, "creation_request_new", "executive_group", **form_data(attachments=upload(b"MZ\x90\x00", "程序.pdf")))
    assert (response.status_code, list(response.context["form"].errors), CreationRequest.objects.count()) == (422, ["attachments"], 0)
