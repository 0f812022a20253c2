"""The printed forms: what stands on them, who may open them, how many statements they take."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from governance.directory.models import Tenure
from groups.actions import creation, filing
from groups.models import ApprovalStep, CreationRequest, Filing, Group
from tests.factories import (
    decider_of,
    make_creation_request,
    make_department,
    make_filing,
    make_group,
    make_group_company,
    make_person,
    make_user,
)
from tests.groups.reading import get, words

pytestmark = pytest.mark.django_db
State = CreationRequest.State


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def world():
    return make_group_company()


def paper_of(client, user, subject):
    name = "filing_print" if isinstance(subject, Filing) else "creation_request_print"
    return get(client, user, name, subject.pk)


def said(text, *sentences):
    return [sentence for sentence in sentences if sentence not in text]


# --- 建群申请表 -------------------------------------------------------------------------------------------------------
def test_request_on_paper_says_everything_and_leaves_room_for_who_is_still_to_sign(client, world, now):
    request = make_creation_request(world=world, at=State.SUBMITTED, now=now)
    response = paper_of(client, world.hr_admin, request)
    text = words(response)
    facts = (world.organisation.name, "微信群建群申请表", request.number, request.name, request.submitter.name)
    assert said(text, *facts, request.purpose, "《微信群管理办法》", "（盖章）", "签字：", "日期：", "附：预计成员") == []
    page = response.content.decode()
    assert [part for part in ('class="side', "tabbar", " style=") if part in page] == []


def test_opinion_stands_over_name_and_day_and_an_acting_holder_is_marked(client, world, now):
    request = make_creation_request(world=world, at=State.SUBMITTED, now=now)
    decider = decider_of(request)
    step = request.steps.get(position=request.step)
    Tenure.objects.filter(office=step.office, person=decider.person).update(acting=True)
    creation.approve(request, by=decider, now=now, opinion="请按程序办理。")
    text = words(paper_of(client, world.hr_admin, request))
    assert said(text, "请按程序办理。", f"签字：{decider.name}（代行职务）") == []


def test_holder_in_his_own_right_is_not_marked(client, world, now):
    request = make_creation_request(world=world, at=State.APPROVED, now=now)
    assert "代行职务" not in words(paper_of(client, world.hr_admin, request))


def test_former_round_keeps_its_opinion_on_the_paper(client, world, now):
    request = make_creation_request(world=world, at=State.SENT_BACK, now=now)
    sent_back = ApprovalStep.objects.get(creation_request=request, outcome="sent_back")
    creation.submit(request, by=world.hr_admin, now=now + timedelta(hours=1))
    text = words(paper_of(client, world.hr_admin, request))
    assert said(text, sent_back.opinion, "第 1 次提交", "第 2 次提交") == []


def test_three_hundred_members_stand_in_a_numbered_table_in_as_many_statements_as_three(client, world, now):
    request = make_creation_request(world=world, group_type="headquarters_group", at=State.SUBMITTED, now=now)
    department = make_department(company=world.headquarters, name="工程部")

    def statements():
        with CaptureQueriesContext(connection) as captured:
            response = paper_of(client, world.hr_admin, request)
        return len(captured), response

    for nth in range(3):
        make_person(company=world.headquarters, department=department, name=f"刘工{nth}")
    statements()
    few, _response = statements()
    for nth in range(300):
        make_person(company=world.headquarters, department=department, name=f"王工{nth}")
    many, response = statements()
    assert many == few
    page = response.content.decode()
    assert page.count("王工") == 300
    assert page.count("<thead>") == 1
    assert len(response.context["paper"].members) > 300


def test_paper_cut_at_its_bound_says_how_many_are_left_out(client, world, now, monkeypatch):
    monkeypatch.setattr("governance.register.papers.MOST_PRINTED", 2)
    request = make_creation_request(world=world, group_type="headquarters_group", at=State.SUBMITTED, now=now)
    for nth in range(4):
        make_person(company=world.headquarters, name=f"刘工{nth}")
    response = paper_of(client, world.hr_admin, request)
    paper = response.context["paper"]
    assert paper.rest > 0
    assert f"其余 {paper.rest} 人" in words(response)


# --- 备案登记表 -------------------------------------------------------------------------------------------------------
def test_filing_on_paper_carries_its_number_the_facts_and_the_declared_roster(client, world, now):
    member = make_person(company=world.headquarters, name="周小满")
    group = make_group(
        world=world, group_type="headquarters_group", at=Group.State.ESTABLISHED, members=[member], now=now
    )
    found = group.filings.first() or make_filing(world=world, now=now)
    text = words(paper_of(client, world.presidents_office, found))
    assert said(text, "微信群备案登记表", found.group.name, found.group.admin.name, "群聊邀请确认", "（盖章）") == []
    if found.group_id == group.pk:
        assert "周小满" in text


def test_acknowledged_filing_shows_number_and_who_took_note(client, world, now):
    found = make_filing(world=world, now=now)
    filing.acknowledge(found, by=world.hr_admin, now=now)
    text = words(paper_of(client, world.hr_admin, found))
    assert said(text, f"编号： {found.number}", f"签字：{world.hr_admin.name}", found.group.creation_request.number) == []


# --- who may open it, and from where ------------------------------------------------------------------------------------
def test_whoever_may_not_see_the_request_or_the_filing_gets_no_paper_of_it(client, world, now):
    found = make_filing(world=world, now=now)
    stranger = make_user(company=world.headquarters)
    other = make_group_company(name="别家集团").presidents_office
    for user in (stranger, other):
        assert paper_of(client, user, found).status_code == 404
        assert paper_of(client, user, found.group.creation_request).status_code == 404


def test_papers_are_reached_from_their_pages(client, world, now):
    found = make_filing(world=world, now=now)
    request = found.group.creation_request
    for page, paper in (
        (request.get_absolute_url(), reverse("creation_request_print", args=[request.pk])),
        (found.get_absolute_url(), reverse("filing_print", args=[found.pk])),
        (found.group.get_absolute_url(), reverse("filing_print", args=[found.pk])),
    ):
        client.force_login(world.hr_admin)
        assert f'href="{paper}"' in client.get(page).content.decode()


def test_paper_in_english_reads_in_english(client, world, now):
    found = make_filing(world=world, now=now)
    world.hr_admin.language = "en"
    world.hr_admin.save(update_fields=["language"])
    assert "Filing of a WeChat group" in words(paper_of(client, world.hr_admin, found))
