"""The pages of a creation request: what each reader is told, and what each step does and refuses."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from governance.audit.models import Event
from governance.directory.models import Office
from governance.duties.models import Duty
from governance.files.models import Attachment
from governance.notifications.models import Circulation
from governance.regulations.models import OpenQuestion
from groups.actions import creation
from groups.models import CreationRequest, Group
from tests.factories import (
    NOW,
    load_group_company,
    make_creation_request,
    make_department,
    make_group_company,
    make_login,
    make_organisation,
    make_person,
    make_tenure,
    make_user,
)
from tests.files.samples import upload
from tests.groups.regulation_texts import changed

pytestmark = pytest.mark.django_db
State = CreationRequest.State


@pytest.fixture
def world():
    return make_group_company()


def fresh(subject):
    return type(subject).objects.get(pk=subject.pk)


def get(client, user, name, *args, **query):
    client.force_login(user)
    return client.get(reverse(name, args=args), query)


def post(client, user, name, *args, **data):
    client.force_login(user)
    return client.post(reverse(name, args=args), data)


def words(response):
    """What a reader reads: without tags, blanks run together."""
    main = re.search(r"<main.*", response.content.decode(), re.DOTALL)[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", main))


def lede(response):
    found = re.search(r'<div class="lede">(.*?)</div>', response.content.decode(), re.DOTALL)[1]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", found)).strip()


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
def form_data(**fields):
    return {"purpose": "年度经营决策。", "action": "submit", **fields}


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
    response = post(client, world.hr_admin, "creation_request_edit", request.pk, **form_data(purpose="改后的用途", year="2026"))
    request = fresh(request)
    assert (response.status_code, request.state, request.purpose) == (302, "submitted", "改后的用途")
    assert request.consents.count() == 0


@pytest.mark.parametrize("at", ["submitted", "approved", "refused", "withdrawn"])
def test_edit_of_what_is_not_with_the_submitter_is_late(client, world, at):
    request = make_creation_request(world=world, at=at)
    assert get(client, world.hr_admin, "creation_request_edit", request.pk).status_code == 409
    assert get(client, world.president, "creation_request_edit", request.pk).status_code == 403


# --- the page ---------------------------------------------------------------------------------------------------------
def test_lede_says_who_has_it_and_since_when(client, world, time_machine):
    request = make_creation_request(world=world, at="submitted")
    time_machine.move_to(NOW + timedelta(days=3, hours=2), tick=False)
    response = get(client, world.president, "creation_request", request.pk)
    assert lede(response) == "JQ-2026-0001 · 周敏 提交 · 待 总裁 陈国栋 决定，已等 3 个工作日"


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("draft", "周敏 的草稿，尚未提交，其他人看不到。"),
        ("withdrawn", "JQ-2026-0001 · 周敏 提交 · 申请人已撤回"),
        ("refused", "JQ-2026-0001 · 周敏 提交 · 今天 09:00不同意"),
        ("sent_back", "JQ-2026-0001 · 周敏 提交 · 退回修改：待 周敏 办理，今天送达"),
        ("approved", "JQ-2026-0001 · 周敏 提交 · 指定管理员：待 总裁办 许明哲 办理，今天送达"),
    ],
)
def test_lede_in_every_state(client, world, time_machine, at, said):
    time_machine.move_to(NOW, tick=False)
    request = make_creation_request(world=world, at=at)
    assert lede(get(client, world.hr_admin, "creation_request", request.pk)) == said


def test_executive_is_never_marked_late(client, world):
    request = make_creation_request(world=world, at="submitted")
    response = get(client, world.president, "creation_request", request.pk)
    assert response.context["page"].waiting.late is True
    assert "已逾期" not in words(response)
    assert '<li class="now">' in response.content.decode()


def test_way_stops_where_the_matter_is(client, world):
    def way(at, **fields):
        request = make_creation_request(world=world, at=at, **fields)
        page = get(client, world.hr_admin, "creation_request", request.pk).context["page"]
        return [stop.state for stop in page.way]

    assert way("draft") == ["now", "", "", ""]
    assert way("submitted", name_suffix="（一）") == ["done", "now", "", ""]
    assert way("refused", name_suffix="（二）") == ["done", "stopped", "", ""]
    assert way("withdrawn", name_suffix="（三）") == ["done", "stopped", "", ""]
    assert way("approved", group_type="marketing_platform") == ["done", "done", "now", "", ""]


def test_consents_are_unticked_and_only_for_who_gives_them(client, world):
    assistant = make_person(company=world.headquarters, name="吴静", post="总裁助理")
    request = make_creation_request(world=world, at="submitted", exceptional={assistant: "列席"})
    page = get(client, world.president, "creation_request", request.pk).content.decode()
    boxes = re.findall(r'<input type="checkbox" name="consents"[^>]*>', page)
    assert [("checked" in box, "disabled" in box) for box in boxes] == [(False, False)]
    for user in (world.hr_admin, world.presidents_office):
        assert 'name="consents"' not in get(client, user, "creation_request", request.pk).content.decode()


def test_own_consent_is_disabled_with_the_reason(client, world):
    assistant = make_login(person=make_person(company=world.headquarters, name="吴静", post="总裁助理"))
    request = make_creation_request(world=world, at="submitted", exceptional={assistant.person: ""})
    make_tenure(office=Office.objects.get(organisation=world.organisation, code="president"), person=assistant.person, acting=True)
    page = get(client, assistant, "creation_request", request.pk).content.decode()
    box, = re.findall(r'<input type="checkbox" name="consents"[^>]*>', page)
    assert "disabled" in box
    assert "涉及本人的事项，本人不能同意。" in page


def test_barred_holder_sees_why(client, world):
    make_tenure(office=Office.objects.get(organisation=world.organisation, code="hr_admin"), person=world.president.person)
    request = make_creation_request(world=world, submitter=world.president, at="submitted")
    response = get(client, world.president, "creation_request", request.pk)
    assert "总裁的唯一任职人就是申请人本人，不能自己审批。" in words(response)
    assert re.search(r'<button class="btn btn-primary" disabled aria-describedby="why-not">同意</button>', response.content.decode())
    assert 'id="decision"' not in response.content.decode()


def test_no_approver_is_said(client, world):
    Office.objects.get(organisation=world.organisation, code="president").tenures.all().delete()
    request = make_creation_request(world=world, at="submitted")
    said = words(get(client, world.hr_admin, "creation_request", request.pk))
    assert "无审批人：总裁目前无人任职。申请暂由行政人事部保管" in said


def test_changed_holder_is_said(client, world):
    request = make_creation_request(world=world, at="submitted")
    office = Office.objects.get(organisation=world.organisation, code="president")
    office.tenures.update(ends_on=NOW.date() + timedelta(days=1))
    successor = make_login(person=make_person(company=world.headquarters, name="新总裁"))
    make_tenure(office=office, person=successor.person, starts_on=NOW.date() + timedelta(days=2))
    response = get(client, successor, "creation_request", request.pk)
    assert "送达以后该职务已换人任职，由现任者办理。" in words(response)
    assert "待 总裁 新总裁 决定" in lede(response)
    assert 'id="decision"' in response.content.decode()
    assert get(client, world.president, "creation_request", request.pk).status_code == 404


def test_version_is_named_and_a_newer_one_said(client, world):
    request = make_creation_request(world=world, at="submitted")
    assert "按 1.0 版办理" in words(get(client, world.hr_admin, "creation_request", request.pk))
    load_group_company(organisation=world.organisation, source=changed())
    said = words(get(client, world.hr_admin, "creation_request", request.pk))
    assert "本申请按提交时施行的 1.0 版办理；现行为 2.0 版。" in said


def test_type_closed_meanwhile_disables_approval_alone(client, world):
    request = make_creation_request(world=world, at="submitted")
    load_group_company(organisation=world.organisation, source=changed({("executive_group", "state"): "closed"}))
    page = get(client, world.president, "creation_request", request.pk).content.decode()
    assert "申请提交后，此类群已停止受理：请退回或不同意。" in page
    assert re.search(r"disabled[^>]*>同意</button>", page)
    assert re.search(r'<button class="btn" form="decision" formaction="[^"]*send-back/">退回</button>', page)
    assert post(client, world.president, "creation_request_approve", request.pk).status_code == 403
    assert fresh(request).state == "submitted"


def test_several_steps_are_shown_in_order(client, world):
    load_group_company(organisation=world.organisation, source=changed({("executive_group", "approval"): [
        {"office": "executive_vp", "article": "4.1"}, {"office": "president", "article": "4.1"},
    ]}))  # fmt: skip
    request = make_creation_request(world=world, at="submitted")
    post(client, world.executive_vp, "creation_request_approve", request.pk, opinion="同意上报。")
    page = get(client, world.president, "creation_request", request.pk).context["page"]
    assert [(step.office.code, step.outcome) for step in page.steps] == [("executive_vp", "approved"), ("president", "waiting")]
    assert page.waiting.office == "总裁"


def test_history_tells_everything_in_words(client, world):
    assistant = make_person(company=world.headquarters, name="吴静", post="总裁助理")
    request = make_creation_request(world=world, at="approved", exceptional={assistant: ""}, consents=[assistant], opinion="同意。")
    lines = get(client, world.hr_admin, "creation_request", request.pk).context["page"].timeline
    assert [line.text for line in lines] == [
        "待 总裁办 许明哲 办理：指定管理员",
        "记入微信群台账",
        "陈国栋 同意建群",
        "陈国栋 同意 吴静 进群",
        "周敏 提交申请",
    ]
    assert (lines[2].opinion, lines[2].place, lines[2].article) == ("同意。", "总裁", "4.1")


def test_reminding_text_is_for_submitter_and_overseers(client, world):
    request = make_creation_request(world=world, at="submitted")
    text = get(client, world.hr_admin, "creation_request", request.pk).context["page"].waiting.text
    assert text.splitlines()[0:2] == ["陈国栋，您好！", "“集团高管工作群”待您审批。"]
    means = {user.name: get(client, user, "creation_request", request.pk).context["page"].means
             for user in (world.hr_admin, world.presidents_office, world.president)}  # fmt: skip
    assert [(name, one.may_remind, one.nudged_by) for name, one in means.items()] == [
        ("周敏", True, "总裁办"), ("许明哲", True, ""), ("陈国栋", False, "总裁办"),
    ]  # fmt: skip


def test_draft_says_what_is_missing_and_submits_from_its_page(client, world):
    request = make_creation_request(world=world, purpose="")
    page = get(client, world.hr_admin, "creation_request", request.pk).context["page"]
    assert page.complaints == ["请填写群的用途。"]
    response = post(client, world.hr_admin, "creation_request_submit", request.pk)
    assert (response.status_code, fresh(request).state) == (422, "draft")
    CreationRequest.objects.filter(pk=request.pk).update(purpose="会议")
    assert post(client, world.hr_admin, "creation_request_submit", request.pk).status_code == 302
    assert fresh(request).state == "submitted"


# --- deciding ---------------------------------------------------------------------------------------------------------
def test_approving_on_the_page_leads_to_the_desk_with_a_word(client, world):
    assistants = [make_person(company=world.headquarters, name=name, post="总裁助理") for name in ("吴静", "孙伟")]
    request = make_creation_request(world=world, at="submitted", exceptional=dict.fromkeys(assistants, ""))
    ticked = request.consents.get(person__name="孙伟")
    response = post(client, world.president, "creation_request_approve", request.pk, consents=[ticked.pk], opinion="同意。")
    assert (response.status_code, response.url) == (302, reverse("desk"))
    assert "已同意“集团高管工作群”，转指定群管理员。未勾选的 1 人不进群。" in words(client.get(reverse("desk")))
    assert {consent.person.name: consent.state for consent in request.consents.all()} == {"吴静": "declined", "孙伟": "given"}
    page = get(client, world.president, "creation_request", request.pk).content.decode()
    assert re.search(r'<span class="seal[^"]*">同意</span>', page)


@pytest.mark.parametrize("step", ["send_back", "refuse"])
def test_missing_reason_sends_the_page_back_with_everything(client, world, step):
    assistant = make_person(company=world.headquarters, name="吴静", post="总裁助理")
    request = make_creation_request(world=world, at="submitted", exceptional={assistant: ""})
    consent = request.consents.get()
    response = post(client, world.president, f"creation_request_{step}", request.pk, opinion=" ", consents=[consent.pk])
    page = response.content.decode()
    assert (response.status_code, fresh(request).state) == (422, "submitted")
    assert "请写明理由，便于申请人办理。" in page
    assert re.search(r'<textarea[^>]*id="opinion"[^>]*aria-invalid="true"', page)
    assert re.search(rf'value="{consent.pk}" id="consent-{consent.pk}" form="decision" checked', page)


@pytest.mark.parametrize(("step", "state"), [("send_back", "sent_back"), ("refuse", "refused")])
def test_sending_back_and_refusing_on_the_page(client, world, step, state):
    request = make_creation_request(world=world, at="submitted")
    response = post(client, world.president, f"creation_request_{step}", request.pk, opinion="请补充名单。")
    assert (response.status_code, response.url, fresh(request).state) == (302, reverse("desk"), state)
    page = get(client, world.hr_admin, "creation_request", request.pk)
    assert "总裁 陈国栋：请补充名单。" in words(page)


def test_opinion_that_is_too_long_is_not_cut(client, world):
    request = make_creation_request(world=world, at="submitted")
    response = post(client, world.president, "creation_request_approve", request.pk, opinion="长" * 1001)
    assert (response.status_code, fresh(request).state) == (422, "submitted")
    assert "长" * 1001 in response.content.decode()


POSTS = ["submit", "approve", "send_back", "refuse", "withdraw", "circulate"]


@pytest.mark.parametrize("step", POSTS)
def test_reading_an_address_of_a_step_changes_nothing(client, world, step):
    request = make_creation_request(world=world, at="submitted")
    before = Event.objects.count()
    assert get(client, world.president, f"creation_request_{step}", request.pk).status_code == 405
    assert (fresh(request).state, Event.objects.count()) == ("submitted", before)


@pytest.mark.parametrize("step", POSTS)
def test_another_organisation_knows_of_no_such_request(client, world, step):
    request = make_creation_request(world=world, at="submitted")
    stranger = make_group_company(name="别家集团").president
    assert post(client, stranger, f"creation_request_{step}", request.pk, opinion="同意").status_code == 404
    assert get(client, stranger, "creation_request", request.pk).status_code == 404
    assert fresh(request).state == "submitted"


@pytest.mark.parametrize("step", ["submit", "approve", "send_back", "refuse", "withdraw"])
def test_overseer_sees_and_does_not_decide(client, world, step):
    request = make_creation_request(world=world, at="submitted")
    before = Event.objects.count()
    response = post(client, world.presidents_office, f"creation_request_{step}", request.pk, opinion="同意")
    assert (response.status_code, fresh(request).state, Event.objects.count()) == (403, "submitted", before)


@pytest.mark.parametrize("step", ["approve", "send_back", "refuse"])
def test_late_click_is_told_who_and_when(client, world, step):
    request = make_creation_request(world=world, at="submitted")
    creation.approve(fresh(request), by=world.president, now=timezone.now())
    before = (Event.objects.count(), Duty.objects.count(), Group.objects.count())
    response = post(client, world.president, f"creation_request_{step}", request.pk, opinion="同意")
    assert response.status_code == 409
    assert "陈国栋" in words(response)
    assert (Event.objects.count(), Duty.objects.count(), Group.objects.count()) == before


def test_withdrawing_after_the_decision_is_late(client, world):
    request = make_creation_request(world=world, at="approved")
    assert post(client, world.hr_admin, "creation_request_withdraw", request.pk).status_code == 409
    assert fresh(request).state == "approved"


def test_anonymous_is_asked_to_sign_in(client, world):
    request = make_creation_request(world=world, at="submitted")
    for name, args in [("creation_requests", []), ("creation_request", [request.pk]), ("creation_request_types", [])]:
        response = client.get(reverse(name, args=args))
        assert (response.status_code, response.url.startswith(reverse("account_login"))) == (302, True)


# --- circulating ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("wanted", ["钱小", "qianxiao", "qxp"])
def test_people_are_found_to_circulate_to(client, world, wanted):
    person = make_person(company=world.project, name="钱小平")
    make_person(name="钱小平")  # of another organisation
    request = make_creation_request(world=world, at="submitted")
    response = get(client, world.president, "creation_request", request.pk, find=wanted)
    assert response.context["people"] == [person]
    client.force_login(world.president)
    fragment = client.get(request.get_absolute_url(), {"find": wanted}, headers={"HX-Request": "true"})
    assert [template.name for template in fragment.templates][0] == "groups/_creation_request_circulate.html"


def test_circulated_person_may_see_it_from_then_on(client, world):
    reader = make_user(company=world.headquarters, name="钱小平")
    request = make_creation_request(world=world, at="submitted")
    assert get(client, reader, "creation_request", request.pk).status_code == 404
    response = post(client, world.president, "creation_request_circulate", request.pk, people=[reader.person.pk], note="请阅")
    assert (response.status_code, Circulation.objects.get().person) == (302, reader.person)
    assert get(client, reader, "creation_request", request.pk).status_code == 200
    assert "陈国栋 抄送 钱小平" in [line.text for line in get(client, world.hr_admin, "creation_request", request.pk).context["page"].timeline]


def test_circulating_to_nobody_or_to_strangers(client, world):
    request = make_creation_request(world=world, at="submitted")
    stranger = make_person(name="别家人")
    for people in ([], [stranger.pk]):
        assert post(client, world.president, "creation_request_circulate", request.pk, people=people).status_code == 422
    assert Circulation.objects.count() == 0


def test_draft_is_not_circulated(client, world):
    request = make_creation_request(world=world)
    reader = make_person(company=world.headquarters, name="钱小平")
    assert post(client, world.hr_admin, "creation_request_circulate", request.pk, people=[reader.pk]).status_code == 403


# --- how much a page asks the database --------------------------------------------------------------------------------
def statements(django_assert_num_queries, client, user, request, count):
    client.force_login(user)
    client.get(request.get_absolute_url())
    with django_assert_num_queries(count):
        client.get(request.get_absolute_url())


@pytest.mark.parametrize("size", [1, 30])
def test_request_page_asks_the_same_for_few_and_many(client, world, size, django_assert_num_queries):
    department = make_department(company=world.headquarters, name="财务管理部")
    asked = [make_person(department=department, name=f"助理{n}", post="总裁助理") for n in range(size)]
    for n in range(size):
        make_tenure(
            office=Office.objects.get(organisation=world.organisation, code="vp_in_charge"),
            person=make_person(department=department, name=f"副总{n}"),
        )
    request = make_creation_request(world=world, at="submitted", exceptional=dict.fromkeys(asked, "列席"))
    for n in range(size):
        creation.send_back(request, by=world.president, now=NOW + timedelta(minutes=2 * n), opinion="请补充。")
        creation.submit(request, by=world.hr_admin, now=NOW + timedelta(minutes=2 * n + 1))
    statements(django_assert_num_queries, client, world.president, request, REQUEST_PAGE)


REQUEST_PAGE = 23


@pytest.mark.parametrize("size", [1, 12])
@pytest.mark.parametrize(("name", "count"), [("creation_request_types", 9), ("creation_request_new", 20)])
def test_choosing_and_filling_in_ask_the_same_for_few_and_many(client, world, django_assert_num_queries, name, count, size):
    args = ["executive_group"] if name == "creation_request_new" else []
    for n in range(size):
        make_person(company=world.headquarters, name=f"助理{n}", post="总裁助理")
        make_tenure(office=Office.objects.get(organisation=world.organisation, code="vp_in_charge"), person=make_person(company=world.headquarters))
    get(client, world.hr_admin, name, *args)
    with django_assert_num_queries(count):
        client.get(reverse(name, args=args))


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
