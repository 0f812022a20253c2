"""The page of a request: what each reader is told, and how little it asks the database."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from governance.directory.models import Office
from groups.actions import creation
from groups.models import CreationRequest
from tests.factories import (
    NOW,
    load_group_company,
    make_creation_request,
    make_department,
    make_group_company,
    make_login,
    make_person,
    make_tenure,
)
from tests.groups.facts import fresh
from tests.groups.reading import get, lede, post, words
from tests.groups.regulation_texts import changed

pytestmark = pytest.mark.django_db
State = CreationRequest.State


@pytest.fixture
def world():
    return make_group_company()


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


REQUEST_PAGE = 30


@pytest.mark.parametrize("size", [1, 12])
@pytest.mark.parametrize(("name", "count"), [("creation_request_types", 9), ("creation_request_new", 17)])
def test_choosing_and_filling_in_ask_the_same_for_few_and_many(client, world, django_assert_num_queries, name, count, size):
    args = ["executive_group"] if name == "creation_request_new" else []
    for n in range(size):
        make_person(company=world.headquarters, name=f"助理{n}", post="总裁助理")
        make_tenure(office=Office.objects.get(organisation=world.organisation, code="vp_in_charge"), person=make_person(company=world.headquarters))
    get(client, world.hr_admin, name, *args)
    with django_assert_num_queries(count):
        client.get(reverse(name, args=args))
