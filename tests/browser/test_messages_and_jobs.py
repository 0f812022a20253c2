"""Inbox and long work in a real browser: readable, reachable, and alive without a click."""

import pytest
from django.utils import timezone

from governance.jobs import actions
from governance.jobs.models import Job
from governance.notifications import wordings
from governance.notifications.actions import notify
from governance.notifications.queries import unseen_count
from governance.notifications.wordings import Wording
from tests.factories import make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG = "云栖谷项目总经理办公室与集团行政人事部关于员工餐厅食堂管理及通勤班车安排的日常沟通协调群"


@pytest.fixture
def user(monkeypatch):
    monkeypatch.setitem(wordings.wordings, "task", Wording("请审批：%(title)s", "请于%(due)s前办理。"))
    user = make_user(username="zhoumin", name="周敏")
    for n, title in enumerate((LONG, "集团高管群")):
        notify(
            [user.person], "task", user.person, now=timezone.now(), key=f"n{n}", path="/jobs/", title=title,
            due="2026-03-04T18:00:00+08:00",
        )  # fmt: skip
    return user


@pytest.fixture
def job(user):
    return actions.start("import", by=user, now=timezone.now())


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("device", ["phone", "desktop"])
def test_inbox_and_jobs_are_accessible(request, device, name, user, job, sign_in, axe, targets_below_44, theme):
    page = request.getfixturevalue(device)
    sign_in(page, "zhoumin")
    Job.objects.filter(pk=job.pk).update(state="running", done_count=3, total_count=9)
    for address in ("/inbox/", "/jobs/", job.get_absolute_url()):
        page.goto(address)
        theme(page, name)
        assert axe(page) == []
        if device == "phone":
            assert targets_below_44(page) == []


def test_inbox_fits_at_double_type(phone, user, sign_in, overflow_at_double_type):
    sign_in(phone, "zhoumin")
    phone.goto("/inbox/")
    assert overflow_at_double_type(phone) == 0


@pytest.mark.parametrize("device", ["phone", "phone_without_javascript"])
def test_message_is_opened_with_one_tap(request, device, user, sign_in):
    page = request.getfixturevalue(device)
    sign_in(page, "zhoumin")
    page.goto("/inbox/")
    page.get_by_role("button", name=LONG).click()
    page.wait_for_url("**/jobs/")
    assert unseen_count(user.person) == 1


def test_job_page_moves_on_by_itself(phone, user, job, sign_in):
    sign_in(phone, "zhoumin")
    phone.goto(job.get_absolute_url())
    Job.objects.filter(pk=job.pk).update(state="running", done_count=3, total_count=9)
    phone.get_by_text("已完成 3 / 9").wait_for()
    Job.objects.filter(pk=job.pk).update(state="done", ended_at=timezone.now())
    phone.get_by_text("已完成。").wait_for()
    assert phone.locator("[hx-trigger]").count() == 0
