"""转办: a staff step goes to a colleague with a reason; a decision stays where it is."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from governance.accounts.models import User
from governance.audit.queries import history_of
from governance.commands.proofs import contradictions
from governance.directory.actions import people
from governance.duties.actions.passing import pass_on
from governance.duties.models import Duty
from governance.notifications.models import Notice
from governance.notifications.wordings import text_of
from governance.workflow import NotAllowed, WrongState
from groups.actions import designation, filing
from groups.models import Group
from tests.factories import (
    make_creation_request,
    make_department,
    make_filing,
    make_group,
    make_group_company,
    make_holder,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_group_company()


@pytest.fixture
def colleague(world):
    """Of the President's Office's department, without any office."""
    return make_user(department=world.presidents_office.person.department, name="李文")


@pytest.fixture
def now():
    return timezone.now()


def fresh(user):
    return User.objects.get(pk=user.pk)


def duty_of(subject):
    return Duty.objects.open().of_subject(subject).get()


def waiting(user):
    return Duty.objects.waiting_for(fresh(user), on=timezone.localdate())


def test_passed_on_designation_lies_with_the_colleague_alone(world, colleague, now):
    duty = duty_of(make_group(world=world))
    before = (duty.opened_at, duty.due_at)
    pass_on(duty, colleague.person, reason="请代为联系部门。", by=world.presidents_office, now=now)
    assert waiting(colleague).get() == duty
    assert duty not in waiting(world.presidents_office)
    duty.refresh_from_db()
    assert (duty.office.code, duty.opened_at, duty.due_at) == ("presidents_office", *before)
    assert list(contradictions()) == []


def test_colleague_designates_in_the_name_of_the_office(world, colleague, now):
    group = make_group(world=world)
    pass_on(duty_of(group), colleague.person, reason="请办理。", by=world.presidents_office, now=now)
    assert Group.objects.visible_to(fresh(colleague), on=now.date()).filter(pk=group.pk).exists()
    made = designation.designate(group, world.hr_admin.person, by=fresh(colleague), now=now, reason="熟悉情况。")
    assert (made.office.code, made.designated_by) == ("presidents_office", colleague)
    event = history_of(group).get(verb="designate")
    assert (event.actor, event.office) == (colleague, "总裁办")


def test_filing_and_its_completion_are_passed_on(world, now):
    colleague = make_user(department=world.hr_admin.person.department, name="何俊")
    admin = make_user(department=make_department(company=world.project, name="营销部"), name="郑凯")
    helper = make_user(department=admin.person.department, name="吴静")
    filed = make_filing(world=world, admin=admin)
    pass_on(duty_of(filed), colleague.person, reason="请核对。", by=world.hr_admin, now=now)
    filing.ask_completion(filed, by=fresh(colleague), now=now, remark="请补充客户人数。")
    pass_on(duty_of(filed), helper.person, reason="在外出差。", by=fresh(admin), now=now)
    filing.complete(filed, by=fresh(helper), now=now, supplement="约 120 人。")
    assert filed.state == "filed"


def test_office_holder_may_still_do_it_himself(world, colleague, now):
    group = make_group(world=world)
    pass_on(duty_of(group), colleague.person, reason="请办理。", by=world.presidents_office, now=now)
    designation.designate(group, world.hr_admin.person, by=fresh(world.presidents_office), now=now, reason="熟悉情况。")
    assert not waiting(colleague).filter(verb="designate").exists()


def test_colleague_hears_who_passed_it_on_and_why(world, colleague, now):
    duty = duty_of(make_group(world=world))
    pass_on(duty, colleague.person, reason="请代为联系部门。", by=world.presidents_office, now=now)
    notice = Notice.objects.get(kind="duty-passed")
    assert (notice.person, *text_of(notice)) == (
        colleague.person, "许明哲将“集团高管工作群”转您办理。", "请代为联系部门。",
    )  # fmt: skip


def test_goes_back_to_the_office_when_the_colleague_leaves(world, colleague, now):
    duty = duty_of(make_group(world=world))
    pass_on(duty, colleague.person, reason="请办理。", by=world.presidents_office, now=now)
    people.leave(colleague.person, on=now.date() - timedelta(days=2), by=None, now=now)
    assert duty in waiting(world.presidents_office)


def test_colleague_passes_it_on_again(world, colleague, now):
    other = make_user(department=colleague.person.department, name="何俊")
    duty = duty_of(make_group(world=world))
    pass_on(duty, colleague.person, reason="请办理。", by=world.presidents_office, now=now)
    pass_on(Duty.objects.get(pk=duty.pk), other.person, reason="我在外出差。", by=fresh(colleague), now=now)
    assert waiting(other).get() == duty
    assert not waiting(colleague).exists()


@pytest.mark.parametrize("who", ["president", "hr_admin", "marketing_vp"])
def test_others_pass_nothing_on(world, colleague, now, who):
    duty = duty_of(make_group(world=world))
    with pytest.raises(NotAllowed):
        pass_on(duty, colleague.person, reason="请办理。", by=getattr(world, who), now=now)


def test_approval_is_not_passed_on(world, colleague, now):
    duty = duty_of(make_creation_request(world=world, at="submitted"))
    with pytest.raises(NotAllowed) as refused:
        pass_on(duty, colleague.person, reason="请办理。", by=world.president, now=now)
    assert "流程代理人" in str(refused.value)
    assert duty_of(duty.subject).person is None


def test_only_to_a_colleague_with_a_reason(world, colleague, now):
    duty = duty_of(make_group(world=world))
    stranger = make_holder(organisation=make_group_company(name="别家集团").organisation, code="hr_admin", name="外人")
    for person in (world.marketing_vp.person, stranger.person, world.presidents_office.person):
        with pytest.raises(ValidationError):
            pass_on(duty, person, reason="请办理。", by=world.presidents_office, now=now)
    with pytest.raises(ValidationError):
        pass_on(duty, colleague.person, reason="  ", by=world.presidents_office, now=now)
    assert duty_of(duty.subject).person is None


def test_done_or_passed_on_meanwhile_is_too_late(world, colleague, now):
    other = make_user(department=colleague.person.department, name="何俊")
    group = make_group(world=world)
    stale, late = duty_of(group), duty_of(group)
    pass_on(duty_of(group), colleague.person, reason="请办理。", by=world.presidents_office, now=now)
    with pytest.raises(WrongState):
        pass_on(stale, other.person, reason="请办理。", by=world.presidents_office, now=now)
    designation.designate(group, world.hr_admin.person, by=world.presidents_office, now=now, reason="熟悉情况。")
    late.refresh_from_db()
    with pytest.raises(WrongState):
        pass_on(late, other.person, reason="请办理。", by=world.presidents_office, now=now)


# --- pages --------------------------------------------------------------------------------------------------------------
def post(client, user, duty, **data):
    client.force_login(user)
    return client.post(reverse("duty_pass", args=[duty.pk]), data, follow=True)


def test_from_the_desk_to_the_colleagues_desk(client, world, colleague):
    group = make_group(world=world)
    duty = duty_of(group)
    client.force_login(world.presidents_office)
    assert reverse("duty_pass", args=[duty.pk]) in client.get("/").content.decode()
    page = client.get(reverse("duty_pass", args=[duty.pk])).content.decode()
    assert "李文 总裁办" in page
    answer = post(client, world.presidents_office, duty, person=colleague.person.pk, reason="请代为联系部门。")
    assert "已转李文办理" in answer.content.decode()
    client.force_login(colleague)
    desk = client.get("/").content.decode()
    assert "许明哲转办：请代为联系部门。" in desk
    assert client.get(reverse("designation_new", args=[group.pk])).status_code == 200
    client.force_login(world.presidents_office)
    assert "许明哲 将此事转 李文 办理" in client.get(reverse("group", args=[group.pk]) + "?tab=history").content.decode()


def test_faulty_form_says_what_is_missing(client, world, colleague):
    duty = duty_of(make_group(world=world))
    answer = post(client, world.presidents_office, duty, person=colleague.person.pk, reason="")
    assert answer.status_code == 422
    assert "请写明原因" in answer.content.decode()


def test_approval_offers_no_passing_on(client, world):
    duty = duty_of(make_creation_request(world=world, at="submitted"))
    client.force_login(world.president)
    assert reverse("duty_pass", args=[duty.pk]) not in client.get("/").content.decode()
    assert client.get(reverse("duty_pass", args=[duty.pk])).status_code == 403
