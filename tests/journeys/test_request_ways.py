"""The ways of a request through the pages: each type of regulation A to its approval; sent back, refused, withdrawn."""

import pytest
from django.urls import reverse

from governance.duties.models import Duty
from governance.notifications.models import Notice
from groups.models import CreationRequest, Group
from tests.factories import make_group_company, make_login, make_person, make_tenure

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_group_company()


class Walk:
    """One browser that signs in as whoever acts, and follows redirects like a person does."""

    def __init__(self, client):
        self.client = client

    def post(self, user, url, **data):
        self.client.force_login(user)
        response = self.client.post(url, data, follow=True)
        assert response.status_code == 200, response.content.decode()[-2000:]
        return response

    def see(self, user, url):
        self.client.force_login(user)
        response = self.client.get(url)
        assert response.status_code == 200
        return response


@pytest.fixture
def walk(client):
    return Walk(client)


def step(request, name):
    return reverse(f"creation_request_{name}", args=[request.pk])


def waiting_for(user):
    """What the desk of the user holds, the regulation's open questions apart."""
    found = Duty.objects.waiting_for(user, on=Duty.objects.first().opened_at.date()).exclude(verb="instruct")
    return [(duty.verb, duty.title) for duty in found]


@pytest.mark.parametrize(
    ("kind", "approver", "designator", "name"),
    [
        ("executive_group", "president", "presidents_office", "集团高管工作群（二）"),
        ("planning_group", "president", "presidents_office", "计划运营推动群（二）"),
        ("headquarters_group", "president", "hr_admin", "集团工作群（二）"),
        ("project_company_group", "president", "hr_admin", "渝北项目公司工作群（二）"),
        ("marketing_platform", "marketing_vp", "marketing_vp", "云栖湖项目营销微信平台（二）"),
    ],
)
def test_each_type_from_the_form_to_the_register(walk, world, kind, approver, designator, name):
    walk.post(world.hr_admin, reverse("creation_request_new", args=[kind]), action="submit", name_suffix="（二）",
              purpose="日常工作沟通。", company=world.project.pk, project="云栖湖")  # fmt: skip
    request = CreationRequest.objects.get()
    decider = getattr(world, approver)
    assert (request.name, waiting_for(decider)) == (name, [("approve", name)])
    walk.see(decider, request.get_absolute_url())
    walk.post(decider, step(request, "approve"))
    group = Group.objects.get()
    assert (group.name, group.state) == (name, "approved")
    assert waiting_for(getattr(world, designator)) == [("designate", name)]
    assert list(Notice.objects.filter(kind="request-approved").values_list("person__name", flat=True)) == ["周敏"]


def test_sent_back_mended_and_approved(walk, world):
    assistant = make_person(company=world.headquarters, name="吴静", post="总裁助理")
    walk.post(world.hr_admin, reverse("creation_request_new", args=["executive_group"]), action="submit", purpose="例会。",
              exceptional=[assistant.pk], **{f"reason-{assistant.pk}": "列席"})  # fmt: skip
    request = CreationRequest.objects.get()
    walk.post(world.president, step(request, "send_back"), opinion="请写明期限。")
    assert waiting_for(world.hr_admin) == [("amend", "集团高管工作群")]
    assert "请写明期限。" in walk.see(world.hr_admin, request.get_absolute_url()).content.decode()
    walk.post(world.hr_admin, reverse("creation_request_edit", args=[request.pk]), action="submit", purpose="例会。",
              ends_on="2099-12-31", exceptional=[assistant.pk])  # fmt: skip
    request.refresh_from_db()
    consent = request.consents.get()
    assert (request.state, request.round, consent.state) == ("submitted", 2, "asked")
    walk.post(world.president, step(request, "approve"), consents=[consent.pk], opinion="同意。")
    assert (Group.objects.get().ends_on.year, request.consents.get().state) == (2099, "given")
    lines = walk.see(world.hr_admin, request.get_absolute_url()).context["page"].timeline
    assert [line.text for line in lines[1:]] == [
        "记入微信群台账", "陈国栋 同意建群", "陈国栋 同意 吴静 进群", "周敏 提交申请", "陈国栋 退回", "周敏 提交申请",
    ]  # fmt: skip


def test_refused_then_asked_for_anew(walk, world):
    url = reverse("creation_request_new", args=["planning_group"])
    walk.post(world.hr_admin, url, action="submit", purpose="推动。")
    walk.post(world.president, step(CreationRequest.objects.get(), "refuse"), opinion="暂不需要。")
    assert (Group.objects.count(), waiting_for(world.president)) == (0, [])
    walk.post(world.hr_admin, url, action="submit", purpose="推动，已重新说明。")
    assert list(CreationRequest.objects.order_by("pk").values_list("state", flat=True)) == ["refused", "submitted"]
    assert waiting_for(world.president) == [("approve", "计划运营推动群")]


def test_draft_kept_then_submitted_then_withdrawn(walk, world):
    walk.post(world.hr_admin, reverse("creation_request_new", args=["headquarters_group"]), action="draft")
    request = CreationRequest.objects.get()
    assert (request.state, waiting_for(world.president)) == ("draft", [])
    walk.post(world.hr_admin, reverse("creation_request_edit", args=[request.pk]), action="draft", purpose="全员通知。")
    walk.post(world.hr_admin, step(request, "submit"))
    assert waiting_for(world.president) == [("approve", "集团工作群")]
    walk.post(world.hr_admin, step(request, "withdraw"))
    request.refresh_from_db()
    assert (request.state, waiting_for(world.president)) == ("withdrawn", [])


def test_department_group_waits_for_the_instruction_then_is_used(walk, world):
    url = reverse("creation_request_new", args=["department_group"])
    walk.client.force_login(world.hr_admin)
    assert walk.client.get(url).status_code == 403
    question = Duty.objects.get(verb="instruct", title__contains="部门工作群").subject
    said = {"answer-decision": "allow", "answer-approver": "president", "answer-designating_office": "hr_admin"}
    walk.post(world.president, reverse("question_answer", args=[question.pk]), **said, instruction="同意建立，从严控制。")
    department = world.hr_admin.person.department
    walk.post(world.hr_admin, url, action="submit", purpose="部门沟通。", department=department.pk)
    request = CreationRequest.objects.get()
    assert (request.name, request.department, request.expected_count) == ("集团本部行政人事部工作群", department, 1)
    walk.post(world.president, step(request, "approve"))
    assert Group.objects.get().designating_office.code == "hr_admin"


def test_acting_president_decides_while_the_office_is_vacant(walk, world):
    office = world.organisation.offices.get(code="president")
    office.tenures.all().delete()
    walk.post(world.hr_admin, reverse("creation_request_new", args=["planning_group"]), action="submit", purpose="推动。")
    request = CreationRequest.objects.get()
    assert "无审批人" in walk.see(world.hr_admin, request.get_absolute_url()).content.decode()
    acting = make_login(person=make_person(company=world.headquarters, name="代行人"))
    make_tenure(office=office, person=acting.person, acting=True)
    page = walk.see(acting, request.get_absolute_url()).content.decode()
    assert "代行人（代行）" in page
    walk.post(acting, step(request, "approve"))
    assert Group.objects.get().creation_request == request
