"""An import of people is reversed as a whole; what was touched since stays, with why; everything or nothing."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from governance.audit.models import Event
from governance.directory.actions import importing, merging, people, reversing
from governance.directory.importing.reversal import ALONE, LEAVING, REMOVED, RESTORED
from governance.directory.models import Change, PeopleImport, Person
from governance.jobs.actions import run
from governance.jobs.models import Job
from governance.workflow import NotAllowed, WrongState
from tests.directory.tables import csv_table
from tests.duties.test_sweep_crashes import Killed, killed_at, undone
from tests.factories import (
    make_company,
    make_holder,
    make_login,
    make_office,
    make_organisation,
    make_person,
    make_tenure,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def company():
    return make_company(organisation=make_organisation(), name="渝北项目公司", code="YB")


@pytest.fixture
def hr(company):
    headquarters = make_company(organisation=company.organisation, name="集团本部")
    return make_holder(organisation=company.organisation, code="hr_admin", name="周敏", company=headquarters)


def imported(text, hr, now, *, complete=None):
    """The list, compared and confirmed."""
    found = importing.start(csv_table(f"工号,姓名,公司,职务,离职日期\n{text}"), complete=complete, by=hr, now=now)
    assert found.counts["errors"] == 0, found.listing["errors"]
    importing.confirm(found, digest=found.digest, leaving=found.counts["left"], by=hr, now=now)
    found.refresh_from_db()
    return found


def reversal(found, hr, now):
    return reversing.reversal_of(found, by=hr, now=now)


def reverse(found, hr, now, typed=None):
    plan = reversal(found, hr, now)
    reversing.confirm(found, digest=plan.digest(), typed=typed or plan.concerned, by=hr, now=now)
    found.refresh_from_db()
    return found


def kinds(plan):
    return {kind: sorted(step.person.number for step in steps) for kind, steps in plan.steps.items() if steps}


def staff(company, number, **fields):
    return make_person(company=company, number=number, **{"name": f"员工{number}", "post": "文员"} | fields)


# --- what becomes of whom ---------------------------------------------------------------------------------------------
def test_everything_becomes_what_it_was(company, hr, now):
    changed, leaving = staff(company, "A1"), staff(company, "A2")
    user = make_login(person=leaving)
    office = make_office(organisation=company.organisation, code="lead", name="主管")
    make_tenure(office=office, person=leaving)
    before = {person.pk: Person.objects.filter(pk=person.pk).values().get() for person in (changed, leaving)}
    found = imported(f"A1,甲,{company.name},经理,\nN1,新人,{company.name},文员,\n", hr, now, complete=company)
    assert found.counts["left"] == 1
    assert kinds(reversal(found, hr, now)) == {RESTORED: ["A1", "A2"], REMOVED: ["N1"]}

    reverse(found, hr, now)

    assert {pk: Person.objects.filter(pk=pk).values().get() for pk in before} == before
    assert not Person.objects.filter(number="N1").exists()
    assert office.tenures.running(on=timezone.localdate(now)).count() == 1
    assert (found.state, found.reversed_by, found.reversal["restored"]) == ("reversed", hr, 2)
    told = Change.objects.filter(person=changed, people_import=None).order_by("-pk")[:2]
    assert [change.after for change in told] == [{"post": "文员"}, {"name": "员工A1"}]
    assert Change.objects.filter(person=leaving).latest("pk").kind == Change.Kind.RETURNED
    assert Event.objects.get(verb="reverse-people").facts["removed"] == 1
    user.refresh_from_db()
    assert user.person.is_present(on=timezone.localdate(now) + timedelta(days=1))


def test_who_left_comes_back_with_access(client, company, hr, now):
    yesterday = (timezone.localdate(now) - timedelta(days=1)).isoformat()
    user = make_user(company=company, number="A1", name="甲")
    found = imported(f"A1,甲,{company.name},,{yesterday}\n", hr, now)
    client.force_login(user)
    assert client.get("/").status_code == 302
    reverse(found, hr, now)
    client.force_login(user)
    assert client.get("/").status_code == 200


def test_new_person_who_is_named_by_now_is_marked_as_left(client, company, hr, now):
    found = imported(f"N1,新人,{company.name},文员,\nN2,又一新人,{company.name},文员,\n", hr, now)
    used = Person.objects.get(number="N1")
    user = make_login(person=used)
    client.force_login(user)
    assert kinds(reversal(found, hr, now)) == {REMOVED: ["N2"], LEAVING: ["N1"]}
    reverse(found, hr, now)
    used.refresh_from_db()
    assert used.left_on == timezone.localdate(now) - timedelta(days=1)
    assert client.get("/").status_code == 302
    assert Change.objects.filter(person=used).latest("pk").kind == Change.Kind.LEFT


def test_what_was_touched_since_stays_with_why(company, hr, now):
    staff(company, "A1"), staff(company, "A2"), staff(company, "A3")
    text = "".join(f"A{n},员工A{n},{company.name},经理,\n" for n in (1, 2, 3))
    found = imported(text + f"N1,新人,{company.name},文员,\n", hr, now)
    people.update(Person.objects.get(number="A1"), phone="13900000001", by=hr, now=now)
    kept = staff(company, "A9")
    merging.merge(kept, Person.objects.get(number="A2"), choices={}, typed=kept.name, by=hr, now=now)
    people.update(Person.objects.get(number="N1"), phone="13900000002", by=hr, now=now)
    plan = reversal(found, hr, now)
    assert kinds(plan) == {RESTORED: ["A3"], ALONE: ["A1", "A2", "N1"]}
    assert [step.why for step in plan.steps[ALONE]] == ["touched", "merged", "touched"]
    reverse(found, hr, now)
    assert Person.objects.get(number="A1").post == "经理"


def test_later_import_of_the_same_rows_keeps_them(company, hr, now):
    staff(company, "A1"), staff(company, "A2")
    first = imported(f"A1,员工A1,{company.name},经理,\nA2,员工A2,{company.name},经理,\n", hr, now)
    second = imported(f"A1,员工A1,{company.name},总监,\n", hr, now)
    assert kinds(reversal(first, hr, now)) == {RESTORED: ["A2"], ALONE: ["A1"]}
    reverse(second, hr, now)
    assert Person.objects.get(number="A1").post == "经理"


def test_own_entry_stays(company, hr, now):
    text = f"{hr.person.number},周敏,集团本部,经理,\n"
    found = imported(text, hr, now)
    assert kinds(reversal(found, hr, now)) == {ALONE: [hr.person.number]}


# --- confirming -------------------------------------------------------------------------------------------------------
def test_many_are_confirmed_by_their_number(company, hr, now):
    found = imported(f"N1,新人,{company.name},文员,\n", hr, now)
    digest = reversal(found, hr, now).digest()
    with pytest.raises(ValidationError):
        reversing.confirm(found, digest=digest, by=hr, now=now)
    with pytest.raises(ValidationError):
        reversing.confirm(found, digest=digest, typed=2, by=hr, now=now)
    reversing.confirm(found, digest=digest, typed=1, by=hr, now=now)


def test_few_need_no_number(company, hr, now):
    for number in range(40):
        staff(company, f"B{number}")
    found = imported(f"N1,新人,{company.name},文员,\n", hr, now)
    reversing.confirm(found, digest=reversal(found, hr, now).digest(), by=hr, now=now)


def test_twice_is_a_sentence(client, company, hr, now):
    found = reverse(imported(f"N1,新人,{company.name},文员,\n", hr, now), hr, now)
    with pytest.raises(WrongState) as refused:
        reversing.confirm(found, digest="0" * 64, typed=1, by=hr, now=now)
    assert refused.value.event.verb == "reverse-people"
    client.force_login(hr)
    page = client.post(f"/people/import/{found.uuid}/reverse/", {"digest": "0" * 64, "typed": "1"})
    assert page.status_code == 409
    assert "周敏" in page.content.decode()


def test_what_changed_meanwhile_is_shown_once_more(client, company, hr, now):
    staff(company, "A1")
    found = imported(f"A1,员工A1,{company.name},经理,\nN1,新人,{company.name},文员,\n", hr, now)
    digest = reversal(found, hr, now).digest()
    people.update(Person.objects.get(number="A1"), phone="13900000001", by=hr, now=now)
    client.force_login(hr)
    page = client.post(f"/people/import/{found.uuid}/reverse/", {"digest": digest, "typed": "1"})
    assert page.status_code == 409
    assert "未作任何撤销" in page.content.decode()
    assert Person.objects.filter(number="N1").exists()


def test_import_whose_former_values_were_not_kept_says_so(client, company, hr, now):
    found = imported(f"N1,新人,{company.name},文员,\n", hr, now)
    Change.objects.update(people_import=None)
    client.force_login(hr)
    page = client.get(f"/people/import/{found.uuid}/reverse/")
    assert "未留存原有内容" in page.content.decode()


def test_only_the_directorys_keepers_reverse(company, hr, now):
    found = imported(f"N1,新人,{company.name},文员,\n", hr, now)
    for user in (make_user(company=company), make_holder(organisation=company.organisation, code="auditor")):
        with pytest.raises(NotAllowed):
            reversing.confirm(found, digest="0" * 64, by=user, now=now)


# --- all or nothing, large and small ----------------------------------------------------------------------------------
def everything():
    return {
        model._meta.label: sorted(map(repr, model._base_manager.values_list()))
        for model in apps.get_models()
        if model._meta.managed and not model._meta.proxy
    }


def test_crash_at_every_statement_leaves_everything_as_it_was(company, hr, now):
    staff(company, "A1"), staff(company, "A2")
    found = imported(
        f"A1,甲,{company.name},经理,\nN1,新人,{company.name},文员,\nN2,丁,{company.name},,\n", hr, now, complete=company
    )
    make_login(person=Person.objects.get(number="N2"))
    digest = reversal(found, hr, now).digest()
    before = everything()

    def apply():
        reversing.apply(PeopleImport.objects.get(pk=found.pk), digest=digest, by=hr, now=now)

    for _warm in range(2):
        with undone(), killed_at(0) as statements:
            apply()
    *statements, last = statements
    assert len(statements) > 30
    assert last.startswith("RELEASE")
    for nth, statement in enumerate(statements, start=1):
        with undone():
            with pytest.raises(Killed), killed_at(nth):
                apply()
            assert everything() == before, f"killed at statement {nth}: {statement[:200]}"
    apply()


def rows_of(company, count):
    return "".join(f"N{number:05},员工{number},{company.name},文员,\n" for number in range(count))


def test_many_are_reversed_as_a_job(client, company, hr, now, monkeypatch):
    monkeypatch.setattr(reversing, "LIGHT", 10)
    found = imported(rows_of(company, 30), hr, now)
    digest = reversal(found, hr, now).digest()
    client.force_login(hr)
    client.post(f"/people/import/{found.uuid}/reverse/", {"digest": digest, "typed": "30"})
    found.refresh_from_db()
    assert found.state == "confirmed"
    job = Job.objects.latest("pk")
    run(job.pk, now=now)
    job.refresh_from_db()
    found.refresh_from_db()
    assert (job.state, job.done_count, job.total_count, found.state) == ("done", 30, 30, "reversed")
    assert job.result["removed"] == 30
    assert Person.objects.filter(number__startswith="N").count() == 0


def test_job_refuses_what_changed_meanwhile(company, hr, now, monkeypatch):
    monkeypatch.setattr(reversing, "LIGHT", 10)
    found = imported(rows_of(company, 30), hr, now)
    reversing.confirm(found, digest=reversal(found, hr, now).digest(), typed=30, by=hr, now=now)
    people.update(Person.objects.get(number="N00001"), phone="13900000001", by=hr, now=now)
    job = Job.objects.latest("pk")
    run(job.pk, now=now)
    job.refresh_from_db()
    found.refresh_from_db()
    assert (job.state, found.state) == ("failed", "confirmed")
    assert job.complaint == found.complaint == "其间情况有变。请重新核对撤销内容后再确认。"


def test_statements_do_not_grow_with_the_rows(company, hr, now):
    def count(found):
        with CaptureQueriesContext(connection) as seen:
            reversal(found, hr, now).digest()
        return len(seen)

    small = imported(f"M1,甲,{company.name},文员,\n", hr, now)
    large = imported(rows_of(company, 900), hr, now)
    count(small)
    assert count(large) == count(small)
