"""A new request from what an older one said; the same once more in one tap."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from governance.directory.models import Person
from governance.files.actions import attach, store
from governance.files.kinds import TEXTS
from governance.files.queries import attachments_of
from governance.workflow import NotAllowed
from groups.actions import copying, ending
from groups.models import CreationRequest, Group, GroupType
from tests.factories import (
    NOW,
    load_group_company,
    make_creation_request,
    make_department,
    make_group_company,
    make_holder,
    make_person,
)
from tests.groups.facts import LATER, fresh, written
from tests.groups.reading import get, post, words
from tests.groups.regulation_texts import changed

pytestmark = pytest.mark.django_db
State = CreationRequest.State


@pytest.fixture
def world():
    return make_group_company()


def end_passed(request):
    """Its end date lies in the past by now."""
    CreationRequest.objects.filter(pk=request.pk).update(ends_on=date(2026, 6, 30))
    return fresh(request)


def copy(original, by, now=LATER):
    return copying.copy(original, by=by, now=now)


def test_copy_holds_what_the_original_said_as_a_draft_of_the_copier(world):
    colleague = make_holder(organisation=world.organisation, code="hr_admin", name="何俊")
    assistant = make_person(company=world.headquarters, name="吴静", post="总裁助理")
    original = make_creation_request(
        world=world, at=State.REFUSED, name_suffix="（二期）", ends_on=date(2099, 1, 1), exceptional={assistant: "列席"}
    )
    copied = copy(original, colleague)
    made = fresh(copied.request)
    assert (made.state, made.number, made.submitter, made.copied_from) == (State.DRAFT, "", colleague.person, original)
    same = ("name", "purpose", "ends_on", "company", "group_type", "name_suffix")
    assert [getattr(made, name) for name in same] == [getattr(original, name) for name in same]
    assert [(one.person.name, one.reason, one.state) for one in made.consents.all()] == [("吴静", "列席", "asked")]
    assert copied.unfit == []


def test_attachments_come_along(world):
    original = make_creation_request(world=world, at=State.REFUSED)
    note = SimpleUploadedFile("说明.txt", "会议安排".encode())
    attach(store(note, organisation=world.organisation, by=world.hr_admin, now=NOW, allowed=TEXTS), original)
    made = copy(original, world.hr_admin).request
    assert [file.name for file in attachments_of(made)] == ["说明.txt"]


def test_what_no_longer_fits_is_left_out_and_named(world):
    assistant = make_person(company=world.headquarters, name="吴静", post="总裁助理")
    original = end_passed(make_creation_request(world=world, at=State.REFUSED, exceptional={assistant: "列席"}))
    Person.objects.filter(pk=assistant.pk).update(left_on=date(2026, 3, 1))
    copied = copy(original, world.hr_admin)
    assert copied.unfit == ["原定截止日期已过，未带入。", "下列人员已不能经逐一同意进群，未带入：吴静。"]
    assert (copied.request.ends_on, copied.request.consents.count()) == (None, 0)


def test_taken_name_and_changed_template_are_named(world):
    original = make_creation_request(world=world, group_type="planning_group", at="approved")
    text = changed({("planning_group", "name_template"): "计划运营工作群"}, version="2.0")
    load_group_company(organisation=world.organisation, source=text)
    copied = copy(original, world.hr_admin)
    assert copied.unfit == ["按现行办法，群名称为“计划运营工作群”。"]
    again = copy(make_creation_request(world=world, group_type="headquarters_group", at="approved"), world.hr_admin)
    assert again.unfit == ["已有同名的群。"]


def test_department_that_is_asked_for_by_now_is_named(world):
    original = make_creation_request(world=world, group_type="headquarters_group", at=State.REFUSED)
    settings = {
        ("headquarters_group", "parameters"): ["company", "department"],
        ("headquarters_group", "name_template"): "{department}群",
    }
    load_group_company(organisation=world.organisation, source=changed(settings))
    assert "请选择部门。" in copy(original, world.hr_admin).unfit


@pytest.mark.parametrize("who", ["president", "marketing_vp", "presidents_office"])
def test_who_could_not_submit_such_a_request_does_not_copy_it(world, who):
    original = make_creation_request(world=world, at=State.REFUSED)
    before = written()
    with pytest.raises(NotAllowed):
        copy(original, getattr(world, who))
    assert (CreationRequest.objects.count(), written()) == (1, before)


def test_type_that_was_closed_is_not_copied(world):
    original = make_creation_request(world=world, group_type="planning_group", at=State.REFUSED)
    load_group_company(
        organisation=world.organisation, source=changed({("planning_group", "state"): "closed"}, version="2.0")
    )
    with pytest.raises(NotAllowed, match="批示"):
        copy(original, world.hr_admin)


def test_draft_is_not_copied(world):
    with pytest.raises(NotAllowed):
        copy(make_creation_request(world=world), world.hr_admin)


def test_second_click_finds_the_first_copy(world):
    original = make_creation_request(world=world, at=State.REFUSED)
    first = copy(original, world.hr_admin).request
    assert copy(original, world.hr_admin, now=LATER + timedelta(seconds=20)).request == first
    assert copy(original, world.hr_admin, now=LATER + timedelta(minutes=5)).request != first


# --- once more in one tap ---------------------------------------------------------------------------------------------
def ended(world, **fields):
    request = make_creation_request(world=world, at="approved", **fields)
    ending.revoke(request.group, by=world.president, now=LATER, reason="暂缓。")
    return fresh(request)


def test_ended_group_is_asked_for_anew_in_one_tap(world):
    original = ended(world)
    made = copying.submit_anew(original, by=world.hr_admin, now=LATER).request
    assert (made.state, made.name, made.copied_from, made.number) == (
        State.SUBMITTED, original.name, original, "JQ-2026-0002",
    )  # fmt: skip
    assert fresh(original).state == State.APPROVED


def test_what_does_not_fit_any_more_stays_a_draft(world):
    original = end_passed(ended(world))
    copied = copying.submit_anew(original, by=world.hr_admin, now=LATER)
    assert (copied.request.state, copied.unfit) == (State.DRAFT, ["原定截止日期已过，未带入。"])


# --- pages ------------------------------------------------------------------------------------------------------------
def test_button_copies_and_leads_to_the_form_with_what_does_not_fit(client, world):
    original = end_passed(make_creation_request(world=world, at=State.REFUSED))
    assert "复制为新申请" in words(get(client, world.hr_admin, "creation_request", original.pk))
    response = client.post(reverse("creation_request_copy", args=[original.pk]), follow=True)
    made = CreationRequest.objects.get(copied_from=original)
    assert response.redirect_chain[-1][0] == reverse("creation_request_edit", args=[made.pk])
    page = response.content.decode()
    assert "原定截止日期已过，未带入。" in page
    assert f"已复制 {original.number} 为新草稿" in page
    assert original.number in words(get(client, world.hr_admin, "creation_request", made.pk))


def test_button_is_only_there_for_who_could_submit(client, world):
    original = make_creation_request(world=world, at=State.REFUSED)
    assert "复制为新申请" not in words(get(client, world.president, "creation_request", original.pk))


def test_request_of_an_ended_group_says_so_and_offers_it_anew(client, world):
    original = ended(world)
    page = words(get(client, world.hr_admin, "creation_request", original.pk))
    assert "已撤销同意" in page
    assert "暂缓。" in page
    assert "重新申请" in page
    assert post(client, world.hr_admin, "creation_request_copy", original.pk, submit="1").status_code == 302
    assert Group.objects.count() == 1
    assert CreationRequest.objects.get(copied_from=original).state == State.SUBMITTED


def test_department_of_the_type_is_taken_over(world):
    department = make_department(company=world.headquarters, name="财务部")
    settings = {
        ("headquarters_group", "parameters"): ["company", "department"],
        ("headquarters_group", "name_template"): "{department}群",
    }
    load_group_company(organisation=world.organisation, source=changed(settings))
    original = make_creation_request(
        world=world, group_type="headquarters_group", at=State.REFUSED, department=department
    )
    copied = copy(original, world.hr_admin)
    assert (copied.request.name, copied.unfit) == ("财务部群", [])
    assert GroupType.objects.get(code="headquarters_group", organisation=world.organisation) == copied.request.group_type
