"""The pages of roster orders: the admin changes it in WeChat and ticks it off; others read."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance.directory.actions import people
from governance.directory.actions.companies import add_alias
from members.actions.reconciling import reconcile_rosters
from members.models import Membership, RosterOrder
from tests.factories import make_person
from tests.members.test_reconciling import build, march

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    world = build()
    world.new = make_person(company=world.headquarters, department=world.finance, name="毕方", now=march(3))
    people.leave(world.zhu, on=date(2026, 3, 6), by=None, now=march(3))
    reconcile_rosters(now=march(3))
    return world


def page(client, world, user=None):
    client.force_login(user or world.group.admin.user)
    return client.get(reverse("roster_orders", args=[world.group.pk]))


def test_admin_sees_whom_to_remove_and_admit_and_how_the_newcomer_calls_himself(client, world):
    text = page(client, world).content.decode()
    assert text.index("朱丹") < text.index("毕方")
    assert "离职" in text
    assert "群昵称应为：财务部-毕方" in text
    assert "勾选的已办理" in text
    assert "请出：朱丹（财务部）\n请入：毕方（财务部），群昵称“财务部-毕方”" in text


def test_alias_of_a_department_does_not_change_what_is_suggested(client, world):
    add_alias(world.finance, "财务", by=None, now=march(3))
    assert "群昵称应为：财务部-毕方" in page(client, world).content.decode()


def test_ticking_off_is_noted_and_shown(client, world):
    page(client, world)
    order = RosterOrder.objects.get(person=world.new)
    done = client.post(reverse("roster_orders_done", args=[world.group.pk]), {"orders": [order.pk]}, follow=True)
    assert "已登记办理 1 项" in done.content.decode()
    assert Membership.objects.current().filter(group=world.group, person=world.new).exists()
    again = client.post(reverse("roster_orders_done", args=[world.group.pk]), {"orders": [order.pk]})
    assert again.status_code == 409


def test_nothing_ticked_is_said_beside_the_list(client, world):
    page(client, world)
    answer = client.post(reverse("roster_orders_done", args=[world.group.pk]), {"orders": ["x", "9" * 40]})
    assert answer.status_code == 422
    assert "请勾选您已在微信中办理的事项" in answer.content.decode()


def test_others_read_and_cannot_tick(client, world):
    text = page(client, world, world.hr_admin).content.decode()
    assert "成员的入群和请出由群管理员办理" in text
    assert "勾选的已办理" not in text
    order = RosterOrder.objects.first()
    assert client.post(reverse("roster_orders_done", args=[world.group.pk]), {"orders": [order.pk]}).status_code == 403


def test_all_groups_of_an_admin_are_on_one_page(client, world):
    client.force_login(world.group.admin.user)
    text = client.get(reverse("my_roster_orders")).content.decode()
    assert world.group.name in text
    order = RosterOrder.objects.get(person=world.new)
    done = client.post(reverse("roster_orders_done", args=[world.group.pk]), {"orders": [order.pk], "next": "mine"})
    assert done.url == reverse("my_roster_orders")
    client.force_login(world.hr_admin)
    assert "没有需要办理的成员变动" in client.get(reverse("my_roster_orders")).content.decode()


def test_members_tab_says_what_is_ordered(client, world):
    client.force_login(world.hr_admin)
    text = client.get(reverse("group", args=[world.group.pk]) + "?tab=members").content.decode()
    assert "待办理的成员变动：2 项" in text


def test_statements_do_not_grow_with_the_orders(client, world):
    def count():
        with CaptureQueriesContext(
            connection,
        ) as seen:
            page(client, world)
        return len(seen)

    page(client, world)
    few = count()
    for number in range(60):
        make_person(company=world.headquarters, department=world.finance, name=f"新人{number}", now=march(4))
    reconcile_rosters(now=march(4))
    assert count() == few


def test_english_page_is_english(client, world):
    user = world.group.admin.user
    user.language = "en"
    user.save(update_fields=["language"])
    text = page(client, world).content.decode()
    assert "To remove from the group" in text
    assert "nickname to write: 财务部-毕方" in text
