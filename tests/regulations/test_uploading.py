"""Uploading a new version from the pages: checked, shown, confirmed once, valid from its day."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from governance.notifications.models import Notice
from governance.regulations.actions import answer, turn, uploading
from governance.regulations.models import OpenQuestion, RegulationUpload, RegulationVersion
from governance.regulations.queries import data_with_answers, periods_of, version_in_force
from groups.models import GroupType
from tests.factories import (
    GROUP_COMPANY,
    NOW,
    load_group_company,
    make_creation_request,
    make_group_company,
    make_login,
    make_person,
)
from tests.groups.reading import get, post, words
from tests.groups.regulation_texts import changed

pytestmark = pytest.mark.django_db
TEXT = GROUP_COMPANY.read_text(encoding="utf-8")
NEWER = TEXT.replace('version: "1.0"', 'version: "2.0"').replace("日清日结", "当日办结")
SOON = NOW + timedelta(days=30)


@pytest.fixture
def world():
    return make_group_company()


def file(text=NEWER, name="办法.yaml"):
    return SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode())


def upload(client, user, text=NEWER):
    return post(client, user, "regulation_upload", file=file(text))


def confirm(client, user, uploaded, **data):
    newest = RegulationVersion.objects.first().pk
    today = timezone.localdate().isoformat()
    return post(client, user, "regulation_load", uploaded.uuid, **{"seen": newest, "published_on": today, **data})


# --- the file ---------------------------------------------------------------------------------------------------------
def test_from_the_file_to_the_loaded_version(client, world):
    response = upload(client, world.hr_admin)
    uploaded = RegulationUpload.objects.get()
    assert response.url == uploaded.get_absolute_url()

    shown = words(get(client, world.hr_admin, "regulation_preview", uploaded.uuid))
    assert "改动 1 条，新增 0 条，删去 0 条" in shown
    assert "群内交流的事项日清日结。" in shown
    assert "群内交流的事项当日办结。" in shown
    assert RegulationVersion.objects.count() == 1

    response = confirm(client, world.hr_admin, uploaded)

    version = RegulationVersion.objects.first()
    assert (response.url, version.version, version.loaded_by) == (version.get_absolute_url(), "2.0", world.hr_admin)
    uploaded.refresh_from_db()
    assert (uploaded.state, uploaded.loaded, uploaded.source) == ("loaded", version, "")


def test_faults_are_named_with_line_field_and_what_is_expected(client, world):
    response = upload(client, world.hr_admin, NEWER.replace("platforms: [wechat]", "platforms: [pigeon]"))

    assert response.status_code == 422
    assert "第 22 行" in words(response)
    assert "regulation.platforms" in words(response)
    assert (RegulationUpload.objects.count(), RegulationVersion.objects.count()) == (0, 1)


@pytest.mark.parametrize(
    "hostile",
    [
        b"",
        b"\x00\xff\xfe not a text",
        b"PK\x03\x04 a workbook",
        "管理办法".encode("gbk"),
        b"a: &x [1]\nb: *x\n",
        b"a: !!python/object/apply:os.system [echo]\n",
        b"[" * 5000,
        b"x" * (1024 * 1024 + 1),
        b"regulation: {}\n---\nregulation: {}\n",
    ],
    ids=["empty", "binary", "workbook", "gbk", "alias", "tag", "deep", "large", "two"],
)
def test_what_is_no_regulation_is_refused(client, world, hostile):
    assert upload(client, world.hr_admin, hostile).status_code == 422
    assert RegulationUpload.objects.count() == 0


def test_a_file_that_is_loaded_already_is_said(client, world):
    response = upload(client, world.hr_admin, TEXT)

    assert response.status_code == 422
    assert "该文件已载入：微信群管理办法第 1.0 版" in words(response)


def test_second_click_on_the_upload_finds_what_the_first_kept(client, world):
    assert upload(client, world.hr_admin).url == upload(client, world.hr_admin).url
    assert RegulationUpload.objects.count() == 1


def test_no_file_is_said_at_the_field(client, world):
    assert post(client, world.hr_admin, "regulation_upload").status_code == 422


def test_presidents_office_uploads_and_the_president_does_not(client, world):
    assert upload(client, world.presidents_office).status_code == 302
    assert get(client, world.president, "regulation_upload").status_code == 403
    assert "上传管理办法" not in words(get(client, world.president, "regulations"))


# --- what the preview says --------------------------------------------------------------------------------------------
def test_preview_says_what_it_means_for_requests_and_questions(client, world):
    answer(
        OpenQuestion.objects.get(code="who_decides"), by=None, now=NOW, answers={"office": "president"}, instruction="可。"
    )
    text = NEWER.replace("除集团行政人事部外，哪些部门", "除行政人事部外，哪些部门")
    upload(client, world.hr_admin, text)

    shown = words(get(client, world.hr_admin, "regulation_preview", RegulationUpload.objects.get().uuid))

    assert "待审批的申请 0 件，仍按提交时的版本办理。" in shown
    assert "内容有改动，重新请示" in shown
    assert "批示继续有效" in shown


def test_same_number_with_another_text_is_warned_of(client, world):
    upload(client, world.hr_admin, NEWER.replace('version: "2.0"', 'version: "1.0"'))

    assert "已有第 1.0 版" in words(get(client, world.hr_admin, "regulation_preview", RegulationUpload.objects.get().uuid))


def test_a_day_of_the_file_that_is_past_cannot_be_loaded(client, world):
    text = NEWER.replace("from: publication", "from: 2026-03-05")
    upload(client, world.hr_admin, text)
    uploaded = RegulationUpload.objects.get()

    assert "该日期已过" in words(get(client, world.hr_admin, "regulation_preview", uploaded.uuid))
    assert confirm(client, world.hr_admin, uploaded).status_code == 422
    assert RegulationVersion.objects.count() == 1


# --- confirming -------------------------------------------------------------------------------------------------------
def test_the_day_is_today_or_later(client, world):
    upload(client, world.hr_admin)
    uploaded = RegulationUpload.objects.get()
    yesterday = timezone.localdate() - timedelta(days=1)

    assert confirm(client, world.hr_admin, uploaded, published_on=yesterday.isoformat()).status_code == 422
    assert RegulationVersion.objects.count() == 1


def test_late_click_is_told_who_loaded_and_loads_nothing(client, world):
    upload(client, world.hr_admin)
    upload(client, world.presidents_office)
    mine, theirs = RegulationUpload.objects.order_by("pk")
    seen = RegulationVersion.objects.get().pk
    confirm(client, world.presidents_office, theirs, seen=seen)

    late = confirm(client, world.hr_admin, mine, seen=seen)
    again = confirm(client, world.presidents_office, theirs, seen=seen)

    assert (late.status_code, again.status_code) == (409, 409)
    assert world.presidents_office.name in words(late)
    assert RegulationVersion.objects.count() == 2


def test_discarded_file_loads_nothing(client, world):
    upload(client, world.hr_admin)
    uploaded = RegulationUpload.objects.get()

    post(client, world.hr_admin, "regulation_discard", uploaded.uuid)

    uploaded.refresh_from_db()
    assert (uploaded.state, uploaded.source, RegulationVersion.objects.count()) == ("discarded", "", 1)
    assert confirm(client, world.hr_admin, uploaded).status_code == 409


def test_holders_of_its_offices_are_told_and_staff_is_not(client, world):
    staff = make_login(person=make_person(company=world.project))
    upload(client, world.hr_admin)
    confirm(client, world.hr_admin, RegulationUpload.objects.get())

    told = {notice.person for notice in Notice.objects.filter(kind="regulation-loaded")}

    assert world.president.person in told
    assert world.marketing_vp.person in told
    assert told & {world.hr_admin.person, staff.person} == set()


# --- versions by date -------------------------------------------------------------------------------------------------
def load_coming(world, text, day):
    uploaded = uploading.start(text.encode(), filename="办法.yaml", by=world.hr_admin, now=NOW)
    newest = RegulationVersion.objects.first().pk
    return uploading.confirm(uploaded, seen=newest, published_on=day, by=world.hr_admin, now=NOW)


def types():
    return set(GroupType.objects.filter(retired=False).values_list("code", flat=True))


def test_a_coming_version_changes_nothing_before_its_day(world):
    text = changed({("planning_group", "state"): "closed"})
    text = text.replace("planning_group", "operations_group")
    coming = load_coming(world, text, SOON.date())
    regulation = coming.regulation

    assert version_in_force(regulation, on=NOW.date()) == world.version
    assert "planning_group" in types()
    assert "operations_group" not in types()

    turn(now=SOON)
    assert version_in_force(regulation, on=SOON.date()) == coming
    assert "operations_group" in types()
    assert "planning_group" not in types()


def test_turning_twice_changes_nothing(world):
    load_coming(world, NEWER, SOON.date())
    turn(now=SOON)
    before = list(GroupType.objects.values()), list(OpenQuestion.objects.values())

    turn(now=SOON)

    assert (list(GroupType.objects.values()), list(OpenQuestion.objects.values())) == before


def test_an_instruction_holds_for_the_version_that_asked(world):
    asked = OpenQuestion.objects.get(code="department_groups")
    given = {"decision": "allow", "approver": "president", "designating_office": "hr_admin"}
    answer(asked, by=world.president, now=NOW, answers=given, instruction="同意。")

    coming = load_coming(world, NEWER.replace("部门工作群是否建立？如建立", "部门工作群建不建？如建立"), SOON.date())

    def state(version):
        entries = {entry["code"]: entry for entry in data_with_answers(version)["group_types"]}
        return entries["department_group"]["state"]

    assert (state(world.version), state(coming)) == ("open", "undecided")


def test_a_question_that_comes_back_has_its_instruction_again(world):
    asked = OpenQuestion.objects.get(code="who_decides")
    answer(asked, by=world.president, now=NOW, answers={"office": "president"}, instruction="可。")
    load_group_company(organisation=world.organisation, source=NEWER.replace("处理意见，由谁决定", "意见，由谁决定"), now=NOW)
    asked.refresh_from_db()
    assert asked.state == "superseded"

    load_group_company(organisation=world.organisation, source=NEWER, now=SOON)

    standing = OpenQuestion.objects.exclude(state="superseded").get(code="who_decides")
    assert (standing, standing.state, standing.answers) == (asked, "answered", {"office": "president"})


def test_days_of_each_version(world):
    coming = load_coming(world, NEWER, SOON.date())
    sooner = load_coming(world, NEWER.replace("2.0", "2.1"), SOON.date())

    shown = [(one.version, one.begins_on, one.ends_on, one.standing, one.never) for one in periods_of(coming.regulation, on=NOW.date())]

    end = date(2026, 3, 31)
    assert shown == [
        (sooner, date(2026, 4, 1), None, "coming", False),
        (coming, date(2026, 4, 1), end, "coming", True),
        (world.version, date(2026, 3, 2), end, "in_force", False),
    ]


def test_reading_as_of_a_day_and_the_difference_of_two(client, world):
    newer = load_group_company(organisation=world.organisation, source=NEWER, now=SOON)
    regulation = world.version.regulation_id
    page = reverse("regulation_versions", args=[regulation])
    client.force_login(world.president)

    assert client.get(page, {"on": "2026-03-20"}).url == world.version.get_absolute_url()
    assert client.get(page, {"on": "2026-04-20"}).url == newer.get_absolute_url()
    assert client.get(page, {"on": "2020-01-01"}).status_code == 422
    assert "当日办结" in words(client.get(page))
    assert client.get(page, {"from": "x", "to": "999999999999999999999"}).status_code == 200


def test_a_coming_version_is_announced_on_the_regulation(client, world):
    load_coming(world, NEWER, date(2099, 1, 1))

    shown = words(get(client, world.president, "regulation", world.version.regulation_id))

    assert "第 2.0 版尚未施行，自 2099-01-01 起施行。" in shown


# --- reverse of a stated thing ----------------------------------------------------------------------------------------
def test_a_version_without_a_day_takes_over_when_it_is_loaded(world):
    undated = load_group_company(
        organisation=world.organisation,
        source=NEWER.replace('  effective: {from: publication, article: "13"}\n', ""),
        now=SOON,
    )

    assert undated.effective_from is None
    assert version_in_force(undated.regulation, on=SOON.date()) == undated


def test_request_and_group_lead_to_the_version_they_run_under(client, world):
    request = make_creation_request(world=world, group_type="planning_group", at="approved", now=NOW)
    load_group_company(organisation=world.organisation, source=NEWER, now=SOON)
    own = f'href="{world.version.get_absolute_url()}"'

    assert own in get(client, world.hr_admin, "creation_request", request.pk).content.decode()
    assert own in get(client, world.hr_admin, "group", request.group.pk).content.decode()
