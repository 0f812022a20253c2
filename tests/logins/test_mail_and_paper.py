"""How links reach people: by mail, without the link standing anywhere, and as slips of paper."""

import re

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone

from governance.directory.actions import invitations
from governance.directory.models import Invitation
from governance.directory.queries.invitations import link_of, path_of
from governance.logins.slips import code_of
from governance.notifications.actions import deliver
from governance.notifications.models import Delivery, Notice
from tests import factories

pytestmark = pytest.mark.django_db
NEW = {"new_password1": "a-quiet-harbour-9", "new_password2": "a-quiet-harbour-9"}


def link_to(person):
    return Invitation.objects.filter(person=person).first()


def everything_stored():
    """Every cell of every table, as text."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                yield from map(str, row)


# --- by mail ------------------------------------------------------------------------------------------------------------
def test_mail_goes_to_those_with_an_address_and_opens_the_login(firm, invite):
    round = invite(firm.li, firm.wang).context["round"]
    assert deliver(now=timezone.now()) == 1
    (message,) = mail.outbox
    found = re.search(r"http://\S+/join/\S+/", message.body).group()
    assert (round.mailed, message.to, found) == (1, ["lina@example.com"], link_of(link_to(firm.li)))
    Client().post(found.removeprefix("http://127.0.0.1:8000"), NEW)
    firm.li.refresh_from_db()
    assert firm.li.user.check_password(NEW["new_password1"])


def test_link_stands_in_no_row_before_and_after_it_is_sent(firm, invite):
    invite(firm.li)
    deliver(now=timezone.now())
    secret = path_of(link_to(firm.li)).strip("/").rpartition("/")[2]
    assert not [cell for cell in everything_stored() if secret in cell]


@pytest.mark.parametrize("how", ["used", "revoked", "replaced", "too old", "another secret key"])
def test_mail_of_a_link_that_no_longer_works_is_not_sent(firm, invite, settings, how):
    invite(firm.li)
    link, now = link_to(firm.li), timezone.now()
    if how == "used":
        Client().post(path_of(link), NEW)
    elif how == "revoked":
        invitations.revoke(link, by=firm.hr, now=now)
    elif how == "replaced":
        invitations.invite(firm.li, by=firm.hr, now=now)
    elif how == "too old":
        Invitation.objects.update(expires_at=now)
    else:
        settings.SECRET_KEY = "another"
    deliver(now=timezone.now())
    assert mail.outbox == []
    assert list(Delivery.objects.values_list("state", flat=True)) == ["skipped"]


def test_mail_that_cannot_be_delivered_undoes_nothing_and_is_said(firm, invite, browser, settings):
    settings.EMAIL_BACKEND = "tests.logins.broken_mail.Backend"
    address = invite(firm.li).request["PATH_INFO"]
    Delivery.objects.update(attempts=9)
    deliver(now=timezone.now())
    (row,) = browser.get(address).context["round"].rows
    assert (row.invitation.state, row.mail) == ("open", "邮件未能送达")
    assert "join" not in Delivery.objects.get().complaint


def test_portal_that_sends_no_mail_writes_none_and_says_so(firm, invite, settings):
    settings.SENDS_MAIL = False
    round = invite(firm.li).context["round"]
    assert (round.mailed, round.unmailed, Notice.objects.filter(kind="invitation").exists()) == (0, 1, False)


def test_inbox_of_who_came_in_holds_no_old_invitation(firm, invite):
    invite(firm.li)
    Client().post(path_of(link_to(firm.li)), NEW)
    assert not Notice.objects.filter(person=firm.li, seen_at=None).exists()


# --- on paper -------------------------------------------------------------------------------------------------------------
def test_slip_holds_name_department_sign_in_name_link_and_a_code_without_style(firm, invite, browser):
    address = invite(firm.wang).request["PATH_INFO"]
    html = browser.get(f"{address}slips/").content.decode()
    slip = re.search(r'<li class="slip">.*?</li>', html, re.DOTALL).group()
    assert all(words in slip for words in ("王小明", "渠道组", "W0091", link_of(link_to(firm.wang))))
    assert 'class="slip-code"' in slip
    assert "style" not in slip
    assert "<script" not in slip


def test_slips_of_used_links_are_left_out_and_the_mailed_ones_when_asked(firm, invite, browser):
    address = invite(firm.li, firm.wang, firm.zhao).request["PATH_INFO"]

    def slips(**asked):
        return [one.invitation.person.name for one in browser.get(f"{address}slips/", asked).context["sheet"].slips]

    assert sorted(slips()) == ["李娜", "王小明", "赵强"]
    assert sorted(slips(only="unmailed")) == ["王小明", "赵强"]
    Client().post(path_of(link_to(firm.wang)), NEW)
    assert sorted(slips()) == ["李娜", "赵强"]


def test_slips_are_ordered_by_department_to_be_handed_out(firm, invite, browser):
    made = [factories.make_person(department=firm.sales, name="钱一"), factories.make_person(department=firm.team, name="艾二")]
    address = invite(*made, firm.li).request["PATH_INFO"]
    sheet = browser.get(f"{address}slips/").context["sheet"]
    assert [one.invitation.person.name for one in sheet.slips] == ["李娜", "钱一", "艾二"]


def test_slips_come_a_hundred_a_page(firm, invite, browser):
    made = [factories.make_person(department=firm.sales, name=f"员工{n:03}") for n in range(101)]
    address = invite(*made).request["PATH_INFO"]
    first = browser.get(f"{address}slips/").context["sheet"]
    second = browser.get(f"{address}slips/{first.page.next}").context["sheet"]
    assert (len(first.slips), len(second.slips)) == (100, 1)


def test_codes_of_two_links_differ():
    assert code_of("http://127.0.0.1:8000/join/a/") != code_of("http://127.0.0.1:8000/join/b/")
