"""建群确认: the checklist, the first roster, the group notice; all of it is written, or nothing."""

import re
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone, translation

from governance.audit.models import Event
from governance.audit.queries import history_of
from governance.directory.models import Person
from governance.duties.models import Duty
from governance.files.models import Attachment, StoredFile
from governance.register.actions import confirm_establishment
from governance.regulations.actions import load
from governance.workflow import NotAllowed, WrongState, move
from groups.actions.establishment import establish
from groups.models import Designation, Establishment, Filing, Group
from groups.notice_text import notice_text
from groups.queries.terms import terms_under
from members.actions.roster import declare_first_roster
from members.models import Membership
from members.queries import roster_of
from tests.factories import (
    NOW,
    make_checklist,
    make_designation,
    make_group,
    make_group_company,
    make_organisation,
    make_person,
    make_user,
)
from tests.files.samples import picture, upload
from tests.groups.reading import words
from tests.groups.regulation_texts import changed

pytestmark = pytest.mark.django_db
State = Group.State
REACHED = [state for state in State.values if state != "dissolved"]  # that one ends existing groups
LATER = NOW + timedelta(days=1)


@pytest.fixture
def world():
    return make_group_company()


@pytest.fixture
def admin(world):
    return make_user(company=world.project, name="钱立群")


@pytest.fixture
def group(world, admin):
    """A project company's group whose admin has accepted; ten more people are expected."""
    for number in range(5):
        make_person(company=world.project, name=f"员工{number}")
    return make_group(world=world, group_type="project_company_group", admin=admin)


@pytest.fixture
def platform(world, admin):
    """A marketing platform: filed, with customers."""
    for number in range(3):
        make_person(company=world.project, name=f"策划{number}", function="营销策划")
    return make_group(world=world, group_type="marketing_platform", admin=admin, external_expected=320)


def fresh(subject):
    return type(subject).objects.get(pk=subject.pk)


def written():
    """Everything that a refused confirmation must leave as it is."""
    models = (Event, Duty, Establishment, Membership, Filing, StoredFile, Attachment)
    return [model.objects.count() for model in models] + [Duty.objects.open().count()]


def members(group):
    return [membership.person.name for membership in roster_of(group)]


def url(group):
    return reverse("establishment", args=[group.pk])


def filled(group, **fields):
    """The form as the admin fills it in: without fault, or with the faults given."""
    right = {
        "name_as_created": group.name,
        "created_on": timezone.localdate().isoformat(),
        "invitation_confirmation": "on",
        "notice_posted": "on",
        "owner": "me",
        "everyone": "on",
    }
    return {name: value for name, value in (right | fields).items() if value is not None}


@pytest.mark.parametrize(("state", "target"), list(product(REACHED, State.values)))
def test_every_pair_of_states(world, admin, state, target):
    group = make_group(world=world, admin=admin, at=state)
    before = written()
    ended, used = {"ended_at": LATER}, {"established_on": date(2026, 3, 3)}
    new, in_use = {"established": used, "revoked": ended, "abandoned": ended}, {"dissolved": {}}
    if target in (possible := {"approved": new, "established": in_use, "revoked": {"approved": {"ended_at": None}}}.get(state, {})):
        move(group, target, by=None, at=LATER, changes=possible[target])
        assert fresh(group).state == target
    else:
        with pytest.raises(WrongState):
            move(group, target, by=None, at=LATER)
        assert (fresh(group).state, written()) == (state, before)


# --- the actions ------------------------------------------------------------------------------------------------------
def test_confirming_puts_the_group_into_use(group, admin, world):
    people = list(world.project.people.filter(name__startswith="员工"))
    made = confirm_establishment(group, make_checklist(group), people, by=admin, now=LATER, external_count=0)
    found = fresh(group)
    assert (found.state, found.established_on, found.owner, found.member_count) == ("established", NOW.date(), admin.person, 6)
    assert (made.name_as_created, made.invitation_confirmation, made.confirmed_by) == (group.name, True, admin)
    assert members(group) == ["钱立群", "员工0", "员工1", "员工2", "员工3", "员工4"]
    assert not Duty.objects.open().of_subject(group).exists()
    assert not Filing.objects.exists()
    event = history_of(group).filter(verb="establish").get()
    assert (event.actor, event.was, event.became, event.article) == (admin, "approved", "established", "4.4")


def test_roster_says_who_declared_it_when_and_on_what_evidence(group, admin):
    confirm_establishment(group, make_checklist(group), [], by=admin, now=LATER)
    membership = Membership.objects.get(group=group)
    assert (membership.person, membership.evidence) == (admin.person, "ticked")
    assert (membership.declared_by, membership.declared_at, membership.ended_at) == (admin, LATER, None)


def test_owner_who_is_not_expected_is_in_the_group_all_the_same(group, admin, world):
    owner = make_person(company=world.headquarters, name="赵技术")
    confirm_establishment(group, make_checklist(group, owner=owner), [], by=admin, now=LATER)
    assert (fresh(group).owner, fresh(group).admin) == (owner, admin.person)
    assert members(group) == ["钱立群", "赵技术"]
    assert fresh(group).member_count == 2


def test_filed_type_goes_to_the_filing_office(platform, admin):
    confirm_establishment(platform, make_checklist(platform), [], by=admin, now=LATER, external_count=318)
    laid = platform.filings.get()
    duty = Duty.objects.open().of_subject(laid).get()
    assert (laid.state, laid.event, laid.office.code, laid.article) == ("filed", "creation", "hr_admin", "4.5")
    assert (duty.verb, duty.office.code, duty.article) == ("acknowledge", "hr_admin", "4.5")
    assert fresh(platform).member_count == 319


@pytest.mark.parametrize(
    ("fault", "field"),
    [
        ({"name_as_created": "渝北大家庭"}, "name_as_created"),
        ({"created_on": date(2126, 3, 4)}, "created_on"),
        ({"invitation_confirmation": False}, "invitation_confirmation"),
        ({"notice_posted": False}, "notice_posted"),
    ],
)
def test_each_complaint_of_the_checklist_writes_nothing(group, admin, fault, field):
    before = written()
    with pytest.raises(ValidationError) as refused:
        confirm_establishment(group, make_checklist(group, **fault), [], by=admin, now=LATER)
    assert list(refused.value.message_dict)[0] == field
    assert (fresh(group).state, written()) == ("approved", before)


def test_name_in_another_width_counts_as_the_same(world, admin):
    group = make_group(world=world, admin=admin, name_suffix="（A）")
    establish(group, make_checklist(group, name_as_created="集团高管工作群(ａ)"), by=admin, now=LATER)
    assert fresh(group).state == "established"


@pytest.mark.parametrize("who", ["hr_admin", "president", "project_gm_office"])
def test_confirming_for_the_admin_is_refused(group, world, who):
    before = written()
    with pytest.raises(NotAllowed):
        confirm_establishment(group, make_checklist(group), [], by=getattr(world, who), now=LATER)
    assert (fresh(group).state, written()) == ("approved", before)


def test_confirming_before_anybody_accepted_is_refused(world):
    found = make_designation(world=world, at=Designation.State.PROPOSED)
    with pytest.raises(NotAllowed):
        confirm_establishment(found.group, make_checklist(found.group), [], by=found.person.user, now=LATER)


def test_second_confirmation_is_late(group, admin):
    stale = fresh(group)
    confirm_establishment(group, make_checklist(group), [], by=admin, now=LATER)
    before = written()
    with pytest.raises(WrongState) as late:
        confirm_establishment(stale, make_checklist(stale), [], by=admin, now=LATER)
    assert (late.value.event.actor, late.value.event.at, written()) == (admin, LATER, before)


def test_roster_that_cannot_be_written_takes_the_establishment_back(platform, admin):
    before = written()
    with pytest.raises(ValueError, match="unsaved"):
        confirm_establishment(platform, make_checklist(platform), [Person(name="还没有录入")], by=admin, now=LATER)
    assert (fresh(platform).state, written()) == ("approved", before)


def test_saying_the_roster_twice_adds_nobody_twice(group, admin, world):
    confirm_establishment(group, make_checklist(group), [], by=admin, now=LATER)
    person = world.project.people.get(name="员工0")
    assert declare_first_roster(fresh(group), [admin.person, person], by=admin, now=LATER) == 1
    assert members(group) == ["钱立群", "员工0"]


# --- the page ---------------------------------------------------------------------------------------------------------
def test_page_is_the_checklist_prefilled_and_nobody_ticked(client, group, admin):
    client.force_login(admin)
    response = client.get(url(group))
    page = response.content.decode()
    assert f'name="name_as_created" value="{group.name}"' in page
    assert f'value="{timezone.localdate().isoformat()}"' in page
    ticked = re.findall(r'name="members" value="(\d+)"( checked)?( disabled)?', page)
    assert [int(pk) for pk, checked, _disabled in ticked if checked] == [admin.person.pk]
    assert [int(pk) for pk, _checked, disabled in ticked if disabled] == [admin.person.pk]
    assert f"应入群 {len(ticked)} 人" in words(response)
    assert "external_count" not in page


def test_page_confirms_everybody_at_once(client, group, admin):
    client.force_login(admin)
    response = client.post(url(group), filled(group))
    assert response["Location"] == group.get_absolute_url()
    assert (fresh(group).state, fresh(group).owner) == ("established", admin.person)
    assert "员工0" in members(group)
    assert fresh(group).member_count == len(members(group)) == 11


def test_page_confirms_those_ticked_and_leaves_out_the_rest(client, group, admin, world):
    first = world.project.people.get(name="员工0")
    stranger = make_person(company=world.headquarters, name="王不相干")
    client.force_login(admin)
    client.post(url(group), filled(group, everyone=None, members=[first.pk, stranger.pk, "nonsense", "9" * 30]))
    assert members(group) == ["钱立群", "员工0"]


def test_page_takes_customers_by_number_and_files(client, platform, admin, world):
    client.force_login(admin)
    response = client.post(url(platform), filled(platform, external_count="318"), follow=True)
    found = fresh(platform)
    assert found.member_count == len(members(platform)) + 318
    assert found.filings.get().state == "filed"
    assert "已投入使用，并已报行政人事部备案。" in words(response)


def test_page_keeps_the_screenshot_with_the_group(client, group, admin):
    client.force_login(admin)
    client.post(url(group), filled(group, screenshot=upload(picture(), "群.png", "image/png")))
    attachment = Attachment.objects.get()
    assert (attachment.subject, attachment.purpose, attachment.file.uploaded_by) == (group, "establishment", admin)


def test_page_names_another_owner_by_number_or_name(client, group, admin, world):
    owner = make_person(company=world.headquarters, name="赵技术", number="ZX-9")
    client.force_login(admin)
    client.post(url(group), filled(group, owner="other", owner_name="ZX-9"))
    assert fresh(group).owner == owner


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        ({"name_as_created": "渝北大家庭"}, "批准的名称是“渝北项目公司工作群”，请在微信中改为该名称。"),
        ({"created_on": "2126-03-04"}, "日期晚于今天。"),
        ({"invitation_confirmation": None}, "请先开启“群聊邀请确认”，避免随意邀请他人入群。"),
        ({"notice_posted": None}, "请先发布群公告。"),
        ({"everyone": None}, "请勾选已入群的人员。"),
        ({"owner": "other"}, "请填写群主。"),
        ({"owner": "other", "owner_name": "查无此人"}, "没有这个工号，也没有姓名完全相同的人。"),
    ],
)
def test_page_says_each_fault_at_its_place_and_saves_nothing(client, group, admin, fault, sentence):
    before = written()
    client.force_login(admin)
    response = client.post(url(group), filled(group, **fault))
    assert (response.status_code, sentence in words(response)) == (422, True)
    assert (fresh(group).state, written()) == ("approved", before)


@pytest.mark.parametrize("field", ["name_as_created", "created_on", "owner"])
def test_page_asks_for_what_is_left_out(client, group, admin, field):
    client.force_login(admin)
    response = client.post(url(group), filled(group, **{field: None}))
    assert (response.status_code, fresh(group).state) == (422, "approved")


def test_page_refuses_a_file_that_is_no_picture_and_saves_nothing(client, group, admin):
    before = written()
    client.force_login(admin)
    response = client.post(url(group), filled(group, screenshot=upload()))
    assert (response.status_code, written()) == (422, before)


def test_page_keeps_what_was_ticked_when_something_is_wrong(client, group, admin, world):
    first = world.project.people.get(name="员工0")
    client.force_login(admin)
    page = client.post(url(group), filled(group, everyone=None, members=[first.pk], notice_posted=None)).content.decode()
    assert f'name="members" value="{first.pk}" checked' in page


def test_page_refuses_more_members_than_the_platform_holds(client, platform, admin):
    client.force_login(admin)
    response = client.post(url(platform), filled(platform, external_count="500"))
    assert "该平台的群最多 500 人。" in words(response)
    assert fresh(platform).state == "approved"


def test_page_with_five_hundred_people_is_light(client, world, admin, django_assert_max_num_queries):
    group = make_group(world=world, group_type="project_company_group", admin=admin)
    Person.objects.bulk_create(
        Person(organisation=world.organisation, company=world.project, number=f"B{n}", name=f"员工{n}", sort_key=f"yuan gong {n:03}")
        for n in range(490)
    )
    client.force_login(admin)
    with django_assert_max_num_queries(25):
        response = client.get(url(group))
    assert len(response.content) < 250_000
    with django_assert_max_num_queries(45):
        assert client.post(url(group), filled(group)).status_code == 302
    assert fresh(group).member_count == 496


def test_second_click_on_the_page_is_late(client, group, admin):
    client.force_login(admin)
    assert client.post(url(group), filled(group)).status_code == 302
    assert client.post(url(group), filled(group)).status_code == 409
    assert client.post(url(group), {}).status_code == 409
    assert client.get(url(group))["Location"] == group.get_absolute_url()
    assert Establishment.objects.count() == 1


def test_page_is_the_admins(client, group, world):
    staff = make_user(company=world.headquarters, name="李娜")
    other = make_group_company(name="别家集团").hr_admin
    for user, status in ((world.hr_admin, 403), (world.president, 403), (staff, 404), (other, 404)):
        client.force_login(user)
        assert client.get(url(group)).status_code == status
        assert client.post(url(group), filled(group)).status_code == status
    assert fresh(group).state == "approved"


# --- the group notice -------------------------------------------------------------------------------------------------
def notice(group, language="zh-hans"):
    group = Group.objects.select_related("admin__department", "version__regulation").get(pk=group.pk)
    with translation.override(language):
        return notice_text(group, terms_under(group.version, group.group_type.code), admin=group.admin)


def test_notice_names_purpose_admin_and_the_rules_with_their_articles(group):
    lines = notice(group).splitlines()
    assert lines[:5] == [
        "【群公告】渝北项目公司工作群",
        "用途：年度经营决策、重大事项通报。",
        "群管理员：钱立群",
        "",
        "依据《微信群管理办法》，请各位成员遵守：",
    ]
    assert lines[6] == "2．入群人员必须实名。（第七条第一款）"
    assert lines[7] == (
        "3．群昵称为“部门-姓名”，如“行政人事部-张某某”；总裁、副总裁及各分管副总直接使用姓名。（第七条第二款）"
    )
    assert lines[-1] == "需要入群或退群的，请与群管理员联系。"


def test_notice_in_the_readers_language_offers_the_chinese_one_too(client, group, admin):
    admin.language = "en"
    admin.save(update_fields=["language"])
    client.force_login(admin)
    page = words(client.get(url(group)))
    assert "2. Members must use their real names. (Art. 7, para. 1)" in page
    assert "2．入群人员必须实名。（第七条第一款）" in page


def test_notice_says_what_the_regulation_lists_and_nothing_else(world, admin):
    text = changed().replace("  notice:\n", "  notice: []\n  unused:\n")
    assert "unused" in text
    start, rest = text.split("  unused:\n")
    kept = rest.splitlines(keepends=True)
    while kept and kept[0].startswith("  - "):
        kept.pop(0)
    load(start + "".join(kept), filename="neu.yaml", organisation=world.organisation, by=None, now=datetime(2026, 3, 2, 2, tzinfo=UTC))
    group = make_group(world=world, admin=admin)
    assert notice(group).splitlines()[4:] == ["依据《微信群管理办法》，请各位成员遵守：", "", "需要入群或退群的，请与群管理员联系。"]


def test_other_organisations_are_left_alone(group, admin):
    make_organisation()
    confirm_establishment(group, make_checklist(group), [], by=admin, now=LATER)
    assert Membership.objects.exclude(organisation=group.organisation).count() == 0
