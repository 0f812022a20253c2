"""Inviting many at once: who is offered, who gets a link, whom it could not invite, and what a second click does."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from governance.audit.models import Event
from governance.directory.actions import give_login, invitations, people
from governance.directory.models import Invitation
from governance.directory.queries.invitations import path_of
from governance.jobs import actions as jobs
from governance.jobs.models import Job
from governance.jobs.progress import JobLost
from governance.logins.actions import inviting
from governance.workflow import NotAllowed
from tests import factories
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db


def offered(client, **asked):
    response = client.get(reverse("invitations_new"), asked)
    return [person.name for person in response.context["choice"].page.rows]


def links(**state):
    return sorted(Invitation.objects.filter(**state).values_list("person__name", flat=True))


# --- whom ---------------------------------------------------------------------------------------------------------------
def test_list_holds_everybody_without_login_who_has_not_left(firm, browser):
    people.leave(firm.zhao, on=timezone.localdate() - timedelta(days=1), by=None, now=timezone.now())
    factories.make_person(name="别家的人")
    assert offered(browser) == ["李娜", "王小明"]


def test_list_is_narrowed_by_company_department_with_those_under_it_and_words(firm, browser):
    company = firm.company.pk
    assert offered(browser, company=company, department=firm.sales.pk) == ["李娜", "王小明"]
    assert offered(browser, company=company, department=firm.team.pk) == ["王小明"]
    assert offered(browser, q="wxm") == ["王小明"]
    assert offered(browser, company="x", department="9" * 30, invited="nonsense") == ["李娜", "王小明", "赵强"]


def test_who_has_a_link_that_works_is_offered_only_when_asked_for(firm, browser, invite):
    invite(firm.li)
    assert offered(browser) == ["王小明", "赵强"]
    assert offered(browser, invited="invited") == ["李娜"]
    assert offered(browser, invited="all") == ["李娜", "王小明", "赵强"]
    Invitation.objects.update(expires_at=timezone.now())
    assert offered(browser) == ["李娜", "王小明", "赵强"]


@pytest.mark.parametrize("number", [1, 3, 300])
def test_list_takes_the_same_statements_whatever_its_length(firm, browser, number):
    for n in range(number):
        factories.make_person(company=firm.company, name=f"员工{n}")
    browser.get(reverse("invitations_new"))
    with CaptureQueriesContext(connection) as seen:
        browser.get(reverse("invitations_new"))
    assert len(seen) <= 9


# --- one POST -------------------------------------------------------------------------------------------------------------
def test_those_ticked_are_invited_and_nobody_else(firm, invite):
    round = invite(firm.li, firm.wang).context["round"]
    assert (round.made, round.refused, links()) == (2, [], ["李娜", "王小明"])
    assert Event.objects.filter(verb="invite", actor=firm.hr).count() == 2


def test_all_that_the_filter_finds_are_invited(firm, invite):
    invite(scope="all", company=firm.company.pk, department=firm.sales.pk)
    assert links() == ["李娜", "王小明"]


def test_ticks_and_all_together_are_refused_and_nobody_is_invited(firm, invite):
    response = invite(firm.li, scope="all")
    assert (response.status_code, "勾选了部分人员" in response.content.decode(), links()) == (422, True, [])


def test_nobody_ticked_is_said(invite):
    response = invite()
    assert (response.status_code, "summary-errors" in response.content.decode(), Job.objects.exists()) == (422, True, False)


def test_people_of_another_organisation_are_passed_over(firm, invite):
    invite(firm.li, factories.make_person(name="别家的人"))
    assert links() == ["李娜"]


def test_second_click_finds_the_same_round_and_links_stay(firm, invite):
    first, second = (invite(firm.li, firm.wang) for _n in range(2))
    assert first.request["PATH_INFO"] == second.request["PATH_INFO"]
    assert (links(), Invitation.objects.count()) == (["李娜", "王小明"], 2)


def test_only_keepers_of_the_directory_invite(firm, client):
    client.force_login(factories.make_user(company=firm.company))
    assert client.get(reverse("invitations_new")).status_code == 403
    assert client.post(reverse("invitations_make"), {"scope": "all"}).status_code == 403
    with pytest.raises(NotAllowed):
        inviting.invite_many({}, by=factories.make_user(company=firm.company), now=timezone.now())


# --- whom it could not invite -----------------------------------------------------------------------------------------------
def test_who_got_a_login_left_or_was_invited_meanwhile_is_named_with_what_to_do(firm, browser):
    now = timezone.now()
    job = inviting.invite_many({"picked": [firm.li.pk, firm.wang.pk, firm.zhao.pk]}, by=firm.hr, now=now)
    give_login(firm.li, username="lina", password=PASSWORD, now=now)
    people.leave(firm.wang, on=timezone.localdate() - timedelta(days=1), by=None, now=now)
    kept = invitations.invite(firm.zhao, by=firm.colleague, now=now)
    jobs.run(job.pk, now=now)

    round = browser.get(reverse("invitation_round", args=[job.uuid])).context["round"]

    assert {(one.person.name, one.why) for one in round.refused} == {
        ("李娜", "已有登录账号"),
        ("王小明", "已离职"),
        ("赵强", "刚刚已由何俊发出邀请"),
    }
    assert (round.made, all(one.advice for one in round.refused)) == (0, True)
    assert list(Invitation.objects.filter(state="open")) == [kept]


def test_who_lost_the_office_meanwhile_makes_no_link(firm):
    job = inviting.invite_many({"picked": [firm.li.pk]}, by=firm.hr, now=timezone.now())
    firm.hr.person.tenures.all().delete()
    jobs.run(job.pk, now=timezone.now())
    job.refresh_from_db()
    assert (job.state, links(), bool(job.complaint)) == ("failed", [], True)


# --- many, and a crash --------------------------------------------------------------------------------------------------------
def test_crash_between_two_batches_loses_and_doubles_nothing(firm, monkeypatch):
    monkeypatch.setattr("governance.logins.job.AT_ONCE", 1)
    job = inviting.invite_many({}, by=firm.hr, now=timezone.now())
    real, calls = inviting.invite_batch, []

    def crashing(*args, **kwargs):
        calls.append(args)
        if len(calls) == 2:
            raise RuntimeError("power cut")
        return real(*args, **kwargs)

    monkeypatch.setattr("governance.logins.job.invite_batch", crashing)
    jobs.run(job.pk, now=timezone.now())
    first = list(Invitation.objects.values_list("digest", flat=True))
    assert len(first) == 1
    jobs.run(job.pk, now=timezone.now())
    job.refresh_from_db()
    assert (job.state, job.result["made"], links(state="open")) == ("done", 3, ["李娜", "王小明", "赵强"])
    assert first[0] in Invitation.objects.filter(state="open").values_list("digest", flat=True)


def test_batch_of_a_job_that_went_to_another_worker_is_undone(firm):
    job = inviting.invite_many({}, by=firm.hr, now=timezone.now())

    def lost():
        raise JobLost(job.pk)

    with pytest.raises(JobLost):
        inviting.invite_batch(job, [firm.li.pk], now=timezone.now(), hold=lost)
    assert links() == []


def test_batch_takes_the_same_statements_whatever_its_size(firm):
    def statements(number):
        made = [factories.make_person(company=firm.company, name=f"员工{n}", email="a@example.com").pk for n in range(number)]
        job = inviting.invite_many({"picked": made}, by=firm.hr, now=timezone.now())
        with CaptureQueriesContext(connection) as seen:
            inviting.invite_batch(job, made, now=timezone.now(), hold=lambda: None)
        return len(seen)

    statements(2)
    assert statements(3) == statements(40)  # SQLite writes more rows in several statements


# --- what came of it ----------------------------------------------------------------------------------------------------------
def test_round_is_seen_by_whoever_made_it_alone(firm, invite):
    address = invite(firm.li).request["PATH_INFO"]
    colleague = Client()
    colleague.force_login(firm.colleague)
    assert [colleague.get(address).status_code, colleague.get(f"{address}slips/").status_code] == [404, 404]


def test_links_made_are_listed_by_how_they_stand(firm, browser, invite):
    invite(firm.li, firm.wang, firm.zhao)
    used, old, back = (Invitation.objects.get(person=person) for person in (firm.li, firm.wang, firm.zhao))
    invitations.accept(used, password="a-quiet-harbour-9", now=timezone.now())
    Invitation.objects.filter(pk=old.pk).update(expires_at=timezone.now())
    browser.post(reverse("invitation_revoke", args=[back.pk]))

    def named(tab, **asked):
        given = browser.get(reverse("invitations_given"), {"tab": tab, **asked}).context["given"]
        return [row.invitation.person.name for row in given.rows]

    assert [named(tab) for tab in ("open", "used", "expired", "ended")] == [[], ["李娜"], ["王小明"], ["赵强"]]
    assert (named("used", q="ln"), named("used", q="王")) == (["李娜"], [])


def test_link_taken_back_no_longer_works_and_a_second_click_is_told(firm, browser, invite, client):
    invite(firm.li)
    link = Invitation.objects.get()
    browser.post(reverse("invitation_revoke", args=[link.pk]))
    assert client.get(path_of(link)).status_code == 410
    assert browser.post(reverse("invitation_revoke", args=[link.pk])).status_code == 409
    assert Event.objects.filter(verb="revoke-invitation").count() == 1


@pytest.mark.parametrize("number", [1, 3, 60])
def test_round_and_list_take_the_same_statements_whatever_their_length(firm, browser, invite, number):
    made = [factories.make_person(department=firm.sales, name=f"员工{n}", email="a@example.com") for n in range(number)]
    address = invite(*made).request["PATH_INFO"]
    counts = []
    for page in (address, reverse("invitations_given"), f"{address}slips/"):
        browser.get(page)
        with CaptureQueriesContext(connection) as seen:
            browser.get(page)
        counts.append(len(seen))
    assert counts == [8, 11, 5]
