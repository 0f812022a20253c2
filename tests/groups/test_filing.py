"""备案: acknowledged with a number, or asked to be completed; never refused (Art. 4.5)."""

import re
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from governance.audit.models import Event
from governance.audit.queries import history_of
from governance.directory.models import Office
from governance.duties.models import Duty
from governance.files.models import Attachment, StoredFile
from governance.notifications.models import Notice
from governance.regulations.actions import load
from governance.workflow import NotAllowed, WrongState, move
from groups.actions import filing as actions
from groups.models import Filing
from tests.factories import (
    NOW,
    make_company,
    make_filing,
    make_group_company,
    make_holder,
    make_tenure,
    make_user,
)
from tests.files.samples import upload
from tests.groups.reading import get, post, words
from tests.groups.regulation_texts import changed

pytestmark = pytest.mark.django_db
State = Filing.State
LATER = NOW + timedelta(days=1)
POSSIBLE = {("filed", "acknowledged"), ("filed", "returned"), ("returned", "filed")}


@pytest.fixture
def world():
    return make_group_company()


def fresh(subject):
    return type(subject).objects.get(pk=subject.pk)


def written():
    """Everything that a refused step must leave as it is."""
    models = (Event, Duty, Notice, Filing, StoredFile, Attachment)
    return [model.objects.count() for model in models] + [Duty.objects.open().count()]


def duty_of(subject):
    return Duty.objects.open().of_subject(subject).get()


@pytest.mark.parametrize(("state", "target"), list(product(State.values, State.values)))
def test_every_pair_of_states(state, target):
    laid = make_filing(at=state)
    before = written()
    if (state, target) in POSSIBLE:
        changes = {"number": "〔2026〕31号", "acknowledged_at": LATER} if target == "acknowledged" else {}
        move(laid, target, by=None, at=LATER, changes=changes)
        assert fresh(laid).state == target
    else:
        with pytest.raises(WrongState):
            move(laid, target, by=None, at=LATER)
        assert (fresh(laid).state, written()) == (state, before)


def test_no_state_is_a_refusal():
    assert sorted(State.values) == ["acknowledged", "filed", "returned"]


# --- acknowledging ----------------------------------------------------------------------------------------------------
def test_filing_is_due_five_working_days_after_the_establishment(world):
    laid = make_filing(world=world)
    duty = duty_of(laid)
    assert (duty.verb, duty.office.code, duty.article) == ("acknowledge", "hr_admin", "4.5")
    assert duty.due_at.isoformat() == "2026-03-09T10:00:00+00:00"


def test_acknowledging_gives_the_number_and_tells_admin_and_submitter(world):
    laid = make_filing(world=world)
    actions.acknowledge(laid, by=world.hr_admin, now=LATER)
    found = fresh(laid)
    assert (found.state, found.number, found.acknowledged_by, found.acknowledged_at) == (
        "acknowledged",
        "〔2026〕1号",
        world.hr_admin,
        LATER,
    )
    assert not Duty.objects.open().of_subject(laid).exists()
    told = Notice.objects.filter(kind="filing-acknowledged").values_list("person__name", flat=True)
    assert sorted(told) == ["周敏", "钱立群"]


def test_numbers_run_per_office_and_year(world):
    text = changed({("marketing_platform", "filing"): {"office": "presidents_office", "article": "4.5"}})
    first, second, third = (make_filing(world=world) for _ in range(3))
    load(text, filename="neu.yaml", organisation=world.organisation, by=None, now=NOW)
    elsewhere = make_filing(world=world)
    new_year = datetime(2026, 12, 31, 16, 30, tzinfo=UTC)  # 00:30 of 1 January in Shanghai
    numbers = []
    for laid, by, now in (
        (first, world.hr_admin, LATER),
        (second, world.hr_admin, LATER),
        (elsewhere, world.presidents_office, LATER),
        (third, world.hr_admin, new_year),
    ):
        actions.acknowledge(laid, by=by, now=now)
        numbers.append((laid.office.code, laid.number))
    assert numbers == [
        ("hr_admin", "〔2026〕1号"),
        ("hr_admin", "〔2026〕2号"),
        ("presidents_office", "〔2026〕1号"),
        ("hr_admin", "〔2027〕1号"),
    ]


def test_numbers_of_two_organisations_do_not_meet(world):
    other = make_group_company(name="别家集团")
    for company in (world, other):
        laid = make_filing(world=company)
        actions.acknowledge(laid, by=company.hr_admin, now=LATER)
        assert laid.number == "〔2026〕1号"


@pytest.mark.parametrize("who", ["marketing_vp", "president", "presidents_office", "marketing_manager"])
def test_acknowledging_by_another_office_is_refused(world, who):
    laid = make_filing(world=world)
    before = written()
    with pytest.raises(NotAllowed):
        actions.acknowledge(laid, by=getattr(world, who), now=LATER)
    with pytest.raises(NotAllowed):
        actions.ask_completion(laid, by=getattr(world, who), now=LATER, remark="请补充。")
    assert (fresh(laid).state, written()) == ("filed", before)


def test_late_acknowledgement_uses_up_no_number(world):
    laid, next_one = make_filing(world=world), make_filing(world=world)
    stale = fresh(laid)
    actions.acknowledge(laid, by=world.hr_admin, now=LATER)
    before = written()
    with pytest.raises(WrongState):
        actions.acknowledge(stale, by=world.hr_admin, now=LATER)
    assert written() == before
    actions.acknowledge(next_one, by=world.hr_admin, now=LATER)
    assert next_one.number == "〔2026〕2号"


# --- completing -------------------------------------------------------------------------------------------------------
def test_completion_goes_round_through_the_admin(world):
    laid = make_filing(world=world)
    admin = laid.group.admin.user
    actions.ask_completion(laid, by=world.hr_admin, now=LATER, remark="请补充客户人数。")
    asked = duty_of(laid)
    assert (fresh(laid).state, asked.verb, asked.person) == ("returned", "complete", laid.group.admin)
    assert asked.facts["remark"] == "请补充客户人数。"

    actions.complete(laid, by=admin, now=LATER, supplement="客户 318 人。")
    again = duty_of(laid)
    assert (fresh(laid).state, fresh(laid).supplement) == ("filed", "客户 318 人。")
    assert (again.verb, again.office.code, again.facts["supplement"]) == ("acknowledge", "hr_admin", True)

    actions.acknowledge(laid, by=world.hr_admin, now=LATER)
    verbs = list(history_of(laid).order_by("pk").values_list("verb", flat=True))
    assert verbs == ["file", "ask_completion", "complete", "acknowledge"]


def test_completion_may_be_asked_for_twice(world):
    laid = make_filing(world=world, at=State.RETURNED)
    actions.complete(laid, by=laid.group.admin.user, now=LATER, supplement="客户 318 人。")
    actions.ask_completion(laid, by=world.hr_admin, now=LATER, remark="还缺截图。")
    assert (fresh(laid).state, fresh(laid).remark) == ("returned", "还缺截图。")


def test_submitter_may_complete_too(world):
    laid = make_filing(world=world, at=State.RETURNED)
    actions.complete(laid, by=world.hr_admin, now=LATER, supplement="客户 318 人。")
    assert fresh(laid).state == "filed"


@pytest.mark.parametrize("who", ["marketing_vp", "president", "presidents_office"])
def test_completing_for_the_admin_is_refused(world, who):
    laid = make_filing(world=world, at=State.RETURNED)
    before = written()
    with pytest.raises(NotAllowed):
        actions.complete(laid, by=getattr(world, who), now=LATER, supplement="客户 318 人。")
    assert (fresh(laid).state, written()) == ("returned", before)


@pytest.mark.parametrize("blank", ["", "   "])
def test_both_ways_need_words(world, blank):
    laid, returned = make_filing(world=world), make_filing(world=world, at=State.RETURNED)
    before = written()
    with pytest.raises(ValidationError):
        actions.ask_completion(laid, by=world.hr_admin, now=LATER, remark=blank)
    with pytest.raises(ValidationError):
        actions.complete(returned, by=returned.group.admin.user, now=LATER, supplement=blank)
    assert (fresh(laid).state, fresh(returned).state, written()) == ("filed", "returned", before)


# --- the page ---------------------------------------------------------------------------------------------------------
def test_page_lays_the_facts_before_the_office(client, world):
    laid = make_filing(world=world, external_count=318)
    said = words(get(client, world.hr_admin, "filing", laid.pk))
    assert "报行政人事部备案。备案只登记或要求补正，不作拒绝。" in said
    assert "群内 319 人" in said
    assert "第四条第 5 项" in said
    assert "本系统解释：建群确认后五个工作日内备案；只登记或要求补正，不作拒绝。" in said


def test_office_acknowledges_on_the_page_and_the_seal_is_on_it(client, world):
    laid = make_filing(world=world)
    assert 'class="seal' not in get(client, world.hr_admin, "filing", laid.pk).content.decode()
    response = post(client, world.hr_admin, "filing_acknowledge", laid.pk)
    assert response["Location"] == laid.get_absolute_url()
    number = fresh(laid).number
    page = get(client, world.marketing_vp, "filing", laid.pk).content.decode()
    assert re.search(r'class="seal[^"]*">已备案<', page)
    assert page.count(number) == 4  # what was just done, sentence, seal, history
    assert post(client, world.hr_admin, "filing_acknowledge", laid.pk).status_code == 409


def test_completion_round_trip_through_the_pages(client, world):
    laid = make_filing(world=world)
    admin = laid.group.admin.user
    silent = post(client, world.hr_admin, "filing_ask_completion", laid.pk)
    assert (silent.status_code, "请写明需要补正的内容。" in words(silent), fresh(laid).state) == (422, True, "filed")
    post(client, world.hr_admin, "filing_ask_completion", laid.pk, remark="请补充客户名单。")
    assert "行政人事部请您补正备案材料。" in words(get(client, admin, "filing", laid.pk))

    silent = post(client, admin, "filing_complete", laid.pk)
    assert (silent.status_code, fresh(laid).state) == (422, "returned")
    post(client, admin, "filing_complete", laid.pk, supplement="名单见附件。", attachments=upload())

    page = get(client, world.hr_admin, "filing", laid.pk)
    said = words(page)
    assert "说明.pdf" in said
    history = [said.index(line) for line in ("钱立群 补正", "周敏 要求补正", "报备案")]
    assert history == sorted(history)  # newest first
    attachment = Attachment.objects.get()
    assert (attachment.subject, attachment.file.uploaded_by) == (laid, admin)
    assert client.get(attachment.file.get_absolute_url()).status_code == 200


def test_completion_with_a_file_that_is_refused_saves_nothing(client, world):
    laid = make_filing(world=world, at=State.RETURNED)
    before = written()
    bad = upload(b"MZ\x90\x00", "清单.pdf")
    response = post(client, laid.group.admin.user, "filing_complete", laid.pk, supplement="见附件。", attachments=bad)
    assert (response.status_code, written()) == (422, before)
    assert "见附件。" in response.content.decode()


@pytest.mark.parametrize(
    ("at", "name", "data"),
    [
        (State.ACKNOWLEDGED, "filing_ask_completion", {"remark": "请补充。"}),
        (State.ACKNOWLEDGED, "filing_ask_completion", {}),
        (State.RETURNED, "filing_acknowledge", {}),
        (State.RETURNED, "filing_ask_completion", {"remark": "请补充。"}),
        (State.FILED, "filing_complete", {"supplement": "已补。"}),
        (State.FILED, "filing_complete", {}),
    ],
)
def test_step_that_is_not_due_is_late(client, world, at, name, data):
    laid = make_filing(world=world, at=at)
    by = laid.group.admin.user if name == "filing_complete" else world.hr_admin
    before = written()
    assert (post(client, by, name, laid.pk, **data).status_code, written()) == (409, before)


@pytest.mark.parametrize("name", ["filing_acknowledge", "filing_ask_completion", "filing_complete"])
def test_steps_are_posts_of_those_concerned(client, world, name):
    laid = make_filing(world=world, at=State.RETURNED if name == "filing_complete" else State.FILED)
    staff = make_user(company=world.headquarters, name="李娜")
    other = make_group_company(name="别家集团").hr_admin
    data = {"remark": "请补充。", "supplement": "已补。"}
    assert get(client, world.hr_admin, name, laid.pk).status_code == 405
    assert post(client, world.marketing_vp, name, laid.pk, **data).status_code == 403
    assert post(client, staff, name, laid.pk, **data).status_code == 404
    assert post(client, other, name, laid.pk, **data).status_code == 404


def test_page_offers_each_reader_his_own_steps(client, world):
    laid, returned = make_filing(world=world), make_filing(world=world, at=State.RETURNED)
    acknowledge, complete = reverse("filing_acknowledge", args=[laid.pk]), reverse("filing_complete", args=[returned.pk])
    assert acknowledge in get(client, world.hr_admin, "filing", laid.pk).content.decode()
    assert acknowledge not in get(client, laid.group.admin.user, "filing", laid.pk).content.decode()
    assert complete in get(client, returned.group.admin.user, "filing", returned.pk).content.decode()
    assert complete not in get(client, world.marketing_vp, "filing", returned.pk).content.decode()


def test_filing_office_that_oversees_nothing_sees_the_filing_and_its_files(client, world):
    text = changed({("marketing_platform", "filing"): {"office": "planning_manager", "article": "4.5"}})
    load(text, filename="neu.yaml", organisation=world.organisation, by=None, now=NOW)
    laid = make_filing(world=world)
    assert get(client, world.planning_manager, "filing", laid.pk).status_code == 200
    assert get(client, world.executive_vp, "filing", laid.pk).status_code == 404


def test_supervisor_of_another_company_does_not_see_it(client, world):
    laid = make_filing(world=world)
    second = make_company(organisation=world.organisation, name="江北项目公司", kind="project")
    gm = make_holder(
        organisation=world.organisation, code="project_gm_office", office_company=second, name="罗远", company=second
    )
    Office.objects.filter(company=second).update(oversees=True)
    assert get(client, gm, "filing", laid.pk).status_code == 404
    assert get(client, world.project_gm_office, "filing", laid.pk).status_code == 200


def test_acting_holder_acknowledges(client, world):
    laid = make_filing(world=world)
    acting = make_user(company=world.headquarters, name="代小川")
    make_tenure(office=laid.office, person=acting.person, acting=True)
    assert post(client, acting, "filing_acknowledge", laid.pk).status_code == 302
    assert fresh(laid).acknowledged_by == acting


def test_page_in_english(client, world):
    laid = make_filing(world=world)
    world.hr_admin.language = "en"
    world.hr_admin.save(update_fields=["language"])
    said = words(get(client, world.hr_admin, "filing", laid.pk))
    assert "which takes note of it or asks for it to be completed; it does not refuse." in said
    assert not re.search(r"[\u4e00-\u9fff]{2,}管理员", said)
