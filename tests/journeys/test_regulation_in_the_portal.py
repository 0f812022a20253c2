"""The regulation through the pages: a file with faults is mended and loaded while a request is under way; a question of
staff is answered for everybody; the answer is replaced."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from governance.regulations.models import RegulationVersion
from groups.models import CreationRequest
from tests.factories import GROUP_COMPANY, make_creation_request, make_group_company, make_user
from tests.groups.reading import words
from tests.journeys.reader import Reader

pytestmark = pytest.mark.django_db
TEXT = GROUP_COMPANY.read_text(encoding="utf-8").replace('version: "1.0"', 'version: "2.0"')
NEWER = TEXT.replace('- {office: marketing_vp, article: "4.5"}', '- {office: president, article: "4.5"}')
NEWER = NEWER.replace("群内交流的事项日清日结。", "群内交流的事项当日办结。")
State = CreationRequest.State


def file(text):
    return SimpleUploadedFile("微信群管理办法.yaml", text.encode())


def test_faulty_file_is_mended_and_loaded_while_a_request_is_under_way(client):
    world = make_group_company()
    request = make_creation_request(world=world, group_type="marketing_platform", at=State.SUBMITTED)
    hr, vice, president = (Reader(client, user) for user in (world.hr_admin, world.marketing_vp, world.president))

    upload = hr.open(reverse("regulations")).follow("上传管理办法")
    upload.press("检查并对照", status=422, file=file(NEWER.replace("within_days: 5", "within_days: soon")))
    assert RegulationVersion.objects.count() == 1

    shown = upload.press("检查并对照", file=file(NEWER))
    assert shown.reads("与第 1.0 版相比：改动 1 条，新增 0 条，删去 0 条。")
    assert shown.reads("待审批的申请 1 件，仍按提交时的版本办理。")
    assert shown.reads("营销副总")
    hr.press("载入第 2.0 版")
    assert hr.reads("已载入，并已通知相关人员")

    assert president.open(reverse("inbox")).reads("第 2.0 版自")
    vice.open(request.get_absolute_url()).press("同意")
    request.refresh_from_db()
    assert (request.state, request.version) == ("approved", world.version)

    newer = make_creation_request(world=world, group_type="marketing_platform", project="江畔", at=State.SUBMITTED)
    assert newer.steps.get().office.code == "president"
    assert president.open(newer.get_absolute_url()).reads("同意")
    versions = president.open(reverse("regulations")).follow("微信群管理办法").follow("施行期间及版本对照")
    assert versions.reads("当日办结")


def test_question_of_staff_becomes_an_interpretation_that_is_replaced(client):
    world = make_group_company()
    staff, hr = Reader(client, make_user(company=world.project, name="李娜")), Reader(client, world.hr_admin)
    president = Reader(client, world.president)

    staff.open(reverse("regulations")).follow("微信群管理办法").follow("咨询第七条")
    staff.press("提交咨询", article="7.p2", text="轮岗期间群昵称写哪个部门？")

    hr.take_up("轮岗期间群昵称写哪个部门？")
    hr.press("答复", answer="写人事系统登记的部门。", how="publish", published_question="轮岗期间写哪个部门？")

    assert staff.open(reverse("inbox")).reads("您的咨询已答复")
    regulation = reverse("regulation", args=[world.version.regulation_id])
    assert president.open(regulation).reads("写人事系统登记的部门。")
    assert "李娜" not in president.page.words

    president.follow("解释")
    hr.open(president.page.url).press("公布", text="写轮岗所在的部门。", reason="便于识别。")
    assert staff.open(regulation).reads("写轮岗所在的部门。")
    assert not staff.reads("写人事系统登记的部门。")
    client.force_login(world.president)
    found = words(client.get(regulation, {"q": "轮岗"}))
    assert "写轮岗所在的部门。" in found
