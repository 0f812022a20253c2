"""Two entries of one person become one: everything or nothing, by HR's hand only, and nothing that names people is
forgotten."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from governance.accounts.models import User
from governance.audit.models import Event
from governance.directory.actions import begin_tenure, importing, invitations, merging, people
from governance.directory.merging import references
from governance.directory.models import Change, Invitation, Person, Tenure, TwoPeople
from governance.directory.queries.duplicates import likely_duplicates
from governance.duties.models import Duty
from governance.notifications.models import Notice
from governance.workflow import NotAllowed, WrongState
from groups.models import CreationRequest, Designation, Group
from members.models import Membership
from tests.directory.tables import csv_table
from tests.duties.test_sweep_crashes import Killed, killed_at, undone
from tests.factories import (
    make_company,
    make_creation_request,
    make_designation,
    make_group,
    make_group_company,
    make_holder,
    make_office,
    make_organisation,
    make_person,
    make_team,
    make_tenure,
    make_user,
)

pytestmark = pytest.mark.django_db
State = CreationRequest.State


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def world():
    return make_group_company()


@pytest.fixture
def hr(world):
    return make_holder(organisation=world.organisation, code="hr_admin", name="何俊")


def entries(world, **fields):
    """Two entries of 段小雨 in one company."""
    return [make_person(company=world.project, name="段小雨", **fields) for _nth in range(2)]


def merge(kept, merged, by, now, typed=None, **choices):
    return merging.merge(kept, merged, choices=choices, typed=typed or kept.name, by=by, now=now)


# --- what moves -------------------------------------------------------------------------------------------------------
def test_what_named_the_one_names_the_other(world, hr, now):
    kept, merged = entries(world)
    office = make_office(organisation=world.organisation, code="marketing_lead", name="营销主管")
    make_tenure(office=office, person=merged)
    make_team(organisation=world.organisation, code="circle", members=[merged])
    group = make_group(world=world, group_type="headquarters_group", at=Group.State.ESTABLISHED, members=[merged], now=now)
    designation = make_designation(world=world, group_type="executive_group", person=merged, now=now)
    merge(kept, merged, hr, now)
    assert list(office.tenures.values_list("person", flat=True)) == [kept.pk]
    assert kept.team_memberships.count() == 1
    assert list(group.memberships.filter(person__name="段小雨").values_list("person", flat=True)) == [kept.pk]
    assert Designation.objects.get(pk=designation.pk).person == kept
    assert Duty.objects.open().of_subject(designation).get().person == kept
    assert Notice.objects.filter(person=merged).count() == 0
    for reference in references.values():
        if not reference.stays:
            assert reference.rows(merged).count() == 0, reference


def test_whom_a_ladder_tells_follows(world, hr, now):
    request = make_creation_request(world=world, at=State.SUBMITTED, now=now)
    kept, merged = entries(world)
    duty = Duty.objects.open().of_subject(request).get()
    Duty.objects.filter(pk=duty.pk).update(tells={"admin": f"person:{merged.pk}", "above": "office:1"})
    merge(kept, merged, hr, now)
    duty.refresh_from_db()
    assert duty.tells == {"admin": f"person:{kept.pk}", "above": "office:1"}


def test_who_stood_twice_stands_once(world, hr, now):
    kept, merged = entries(world)
    group = make_group(
        world=world, group_type="headquarters_group", at=Group.State.ESTABLISHED, members=[kept, merged], now=now
    )
    office = make_office(organisation=world.organisation, code="marketing_lead", name="营销主管")
    for person in (kept, merged):
        make_tenure(office=office, person=person)
    make_team(organisation=world.organisation, code="circle", members=[kept, merged])
    merge(kept, merged, hr, now)
    current = Membership.objects.current().filter(group=group, person__in=[kept, merged])
    assert list(current.values_list("person", flat=True)) == [kept.pk]
    assert Membership.objects.filter(group=group, person=kept).count() == 2
    running = Tenure.objects.running(on=timezone.localdate(now)).filter(office=office)
    assert list(running.values_list("person", flat=True)) == [kept.pk]
    assert kept.team_memberships.count() == 1


# --- login ------------------------------------------------------------------------------------------------------------
def test_second_login_is_closed_the_same_minute(client, world, hr, now):
    kept, merged = (make_user(company=world.project, name="段小雨") for _nth in range(2))
    client.force_login(merged)
    assert client.get("/").status_code == 200
    merge(kept.person, merged.person, hr, now)
    assert client.get("/").status_code == 302
    merged.refresh_from_db()
    kept.refresh_from_db()
    assert (merged.is_active, kept.is_active) == (False, True)


def test_only_login_moves_to_the_entry_that_stays(client, world, hr, now):
    kept = make_person(company=world.project, name="段小雨")
    user = make_user(company=world.project, name="段晓雨")
    invitations.invite(kept, by=hr, now=now)
    merge(kept, user.person, hr, now)
    user = User.objects.get(pk=user.pk)
    assert (user.person.pk, user.name, user.is_active) == (kept.pk, "段小雨", True)
    client.force_login(user)
    assert client.get("/").status_code == 200
    assert not Invitation.objects.filter(state=Invitation.State.OPEN).exists()


def test_open_link_of_the_entry_that_goes_works_no_more(client, world, hr, now):
    kept, merged = entries(world)
    invitation = invitations.invite(merged, by=hr, now=now)
    merge(kept, merged, hr, now)
    invitation.refresh_from_db()
    assert (invitation.state, invitation.person) == (Invitation.State.REPLACED, kept)


# --- facts ------------------------------------------------------------------------------------------------------------
def test_hr_chooses_what_is_right(world, hr, now):
    kept = make_person(company=world.project, name="段晓雨", number="A1", phone="13900000001", post="文员")
    other = make_company(organisation=world.organisation, name="江北项目公司")
    merged = make_person(company=other, name="段小雨", number="A2", phone="13900000002", joined_on=date(2020, 5, 1))
    chosen = {"name": "merged", "number": "merged", "place": "merged", "phone": "kept", "dates": "merged"}
    merge(kept, merged, hr, now, typed="段小雨", **chosen)
    kept, merged = (Person.objects.get(pk=person.pk) for person in (kept, merged))
    assert (kept.name, kept.number, kept.company, kept.phone, kept.post) == ("段小雨", "A2", other, "13900000001", "文员")
    assert (kept.joined_on, kept.left_on, merged.number) == (date(2020, 5, 1), None, "A1")
    assert "A2".casefold() in kept.search.casefold()


def test_pointer_has_left_and_both_stand_in_the_change_feed(world, hr, now):
    kept, merged = entries(world, joined_on=timezone.localdate(now))
    merge(kept, merged, hr, now)
    merged.refresh_from_db()
    assert merged.merged_into == kept
    assert merged.left_on == timezone.localdate(now) - timedelta(days=1)
    told = Change.objects.filter(kind=Change.Kind.MERGED).values_list("person", "after")
    assert list(told) == [(merged.pk, {"merged_into": kept.pk}), (kept.pk, {"merged": merged.pk})]


def test_log_keeps_both_and_says_who_merged_them(world, hr, now):
    kept, merged = entries(world)
    before = Event.objects.filter(subject_id=merged.pk, subject_type__model="person").count()
    merge(kept, merged, hr, now)
    assert Event.objects.filter(subject_id=merged.pk, subject_type__model="person").count() == before + 1
    event = Event.objects.get(verb="merge-person")
    assert (event.actor, event.subject_id, event.facts["person"]) == (hr, kept.pk, merged.pk)


def test_chain_of_merges_leads_to_the_last(client, world, hr, now):
    first, second = entries(world)
    third = make_person(company=world.project, name="段小雨")
    merge(second, first, hr, now)
    merge(third, second, hr, now)
    client.force_login(hr)
    assert client.get(f"/people/{first.pk}/")["Location"] == f"/people/{third.pk}/"


# --- what bars it -----------------------------------------------------------------------------------------------------
def refused(kept, merged, by, now, **options):
    with pytest.raises(ValidationError) as found:
        merge(kept, merged, by, now, **options)
    assert not Person.objects.exclude(merged_into=None).exists()
    return " ".join(found.value.messages)


def test_who_decided_on_the_others_request_is_another_person(world, hr, now):
    request = make_creation_request(world=world, at=State.APPROVED, now=now)
    said = refused(request.submitter, world.president.person, hr, now)
    assert said == "两人中有一人审批过另一人的事项“集团高管工作群”，因此是两个人。"
    assert refused(world.president.person, request.submitter, hr, now) == said


def test_what_waits_for_one_and_bars_the_other_is_settled_first(world, hr, now):
    request = make_creation_request(world=world, at=State.SUBMITTED, now=now)
    other = make_person(company=world.project)
    Duty.objects.open().of_subject(request).update(person=other, barred=request.submitter)
    assert "请先办结" in refused(other, request.submitter, hr, now)


def test_name_is_typed(world, hr, now):
    kept, merged = entries(world)
    assert refused(kept, merged, hr, now, typed="段大雨") == "请输入姓名“段小雨”以确认。"


def test_only_the_directorys_keepers_merge_and_never_themselves(world, hr, now):
    kept, merged = entries(world)
    for user in (world.president, world.presidents_office, make_user(company=world.project)):
        with pytest.raises(NotAllowed):
            merge(kept, merged, user, now)
    with pytest.raises(NotAllowed):
        merge(kept, hr.person, hr, now)
    with pytest.raises(NotAllowed):
        merge(kept, kept, hr, now)
    with pytest.raises(NotAllowed):
        merge(kept, make_person(company=make_company(organisation=make_organisation())), hr, now)


def test_second_click_finds_it_done(world, hr, now):
    kept, merged = entries(world)
    merge(kept, merged, hr, now)
    with pytest.raises(WrongState) as found:
        merge(kept, merged, hr, now)
    assert (found.value.event.actor, found.value.event.verb) == (hr, "become-pointer")


# --- all or nothing ---------------------------------------------------------------------------------------------------
def everything():
    """Every row of every table, as it is stored."""
    return {
        model._meta.label: sorted(map(repr, model._base_manager.values_list()))
        for model in apps.get_models()
        if model._meta.managed and not model._meta.proxy
    }


def test_crash_at_every_statement_leaves_everything_as_it_was(world, hr, now):
    kept, merged = make_user(company=world.project, name="段小雨"), make_user(company=world.project, name="段小雨")
    kept, merged = kept.person, merged.person
    make_team(organisation=world.organisation, code="circle", members=[kept, merged])
    make_tenure(office=make_office(organisation=world.organisation, code="lead", name="主管"), person=merged)
    make_group(
        world=world, group_type="headquarters_group", at=Group.State.ESTABLISHED, members=[kept, merged], now=now
    )
    chosen = {"number": "merged", "dates": "merged", "phone": "merged"}
    Person.objects.filter(pk=merged.pk).update(phone="13900000002")
    before = everything()
    for _warm in range(2):  # what a process remembers after the first is not asked for again
        with undone(), killed_at(0) as statements:
            merge(kept, merged, hr, now, **chosen)
    *statements, last = statements
    assert len(statements) > 40
    assert last.startswith("RELEASE")
    for nth, statement in enumerate(statements, start=1):
        with undone():
            with pytest.raises(Killed), killed_at(nth):
                merge(kept, merged, hr, now, **chosen)
            assert everything() == before, f"killed at statement {nth}: {statement[:200]}"
    merge(kept, merged, hr, now, **chosen)


def test_what_was_written_meanwhile_follows(world, hr, now):
    kept, merged = entries(world)
    merge(kept, merged, hr, now)
    assert merging.follow(now=now) == 0
    office = make_office(organisation=world.organisation, code="lead", name="主管")
    tenure = Tenure.objects.create(organisation=world.organisation, office=office, person=merged)
    assert merging.follow(now=now) == 1
    tenure.refresh_from_db()
    assert tenure.person == kept
    assert merging.follow(now=now) == 0


def test_tenure_of_a_pointer_does_not_begin(world, hr, now):
    kept, merged = entries(world)
    merge(kept, merged, hr, now)
    office = make_office(organisation=world.organisation, code="lead", name="主管")
    with pytest.raises(ValidationError):
        begin_tenure(office, merged, starts_on=timezone.localdate(now), by=hr, now=now)


def test_pointer_is_changed_no_more(world, hr, now):
    kept, merged = entries(world)
    merge(kept, merged, hr, now)
    with pytest.raises(WrongState):
        people.come_back(merged, on=timezone.localdate(now), by=hr, now=now)


# --- imports ----------------------------------------------------------------------------------------------------------
def test_number_of_a_pointer_in_a_list_is_a_fault(world, hr, now):
    kept = make_person(company=world.project, name="段小雨", number="D1")
    merged = make_person(company=world.project, name="段小雨", number="D2")
    merge(kept, merged, hr, now)
    table = csv_table("工号,姓名,公司\nD2,段小雨,渝北项目公司\n")
    found = importing.start(table, by=hr, now=now)
    assert found.counts["errors"] == 1
    assert "D1" in found.listing["errors"][0]["sentence"]


# --- finding them -----------------------------------------------------------------------------------------------------
def pairs(world):
    found, _more = likely_duplicates(world.organisation.pk)
    return [(pair.kept.number, pair.merged.number, [str(reason) for reason in pair.reasons]) for pair in found]


def test_namesakes_who_share_something_are_listed_the_surest_first(world):
    other = make_company(organisation=world.organisation, name="江北项目公司")
    make_person(company=world.project, name="段小雨", number="B1")
    make_person(company=world.project, name="段 小雨", number="B2")
    make_person(company=world.project, name="钱多", number="C1", phone="13900000001")
    make_person(company=other, name="钱多", number="C2", phone="13900000001")
    make_person(company=other, name="孙一", number="E1", phone="13900000002")
    make_person(company=other, name="孙二", number="E2", phone="13900000002")
    make_person(company=other, name="段小雨", number="B3")
    make_person(company=make_company(organisation=make_organisation()), name="钱多", phone="13900000001")
    assert pairs(world) == [("C1", "C2", ["手机号相同"]), ("B1", "B2", ["同一公司"])]


def test_entry_with_a_login_is_proposed_to_stay(world):
    make_person(company=world.project, name="段小雨", number="B1")
    make_user(company=world.project, name="段小雨", number="B2")
    assert [pair[:2] for pair in pairs(world)] == [("B2", "B1")]


def test_two_people_are_not_proposed_again(world, hr, now):
    one, other = entries(world)
    assert len(pairs(world)) == 1
    merging.say_two_people(other, one, by=hr, now=now)
    merging.say_two_people(one, other, by=hr, now=now)
    assert pairs(world) == []
    assert TwoPeople.objects.count() == 1


# --- pages ------------------------------------------------------------------------------------------------------------
def statements(client, address):
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


def test_list_costs_the_same_for_many(client, world, hr):
    client.force_login(hr)
    entries(world)
    client.get("/people/duplicates/")
    few = statements(client, "/people/duplicates/")
    for nth in range(20):
        for _twice in range(2):
            make_person(company=world.project, name=f"段{'甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉'[nth]}")
    assert statements(client, "/people/duplicates/") == few


def test_two_numbers_lead_to_the_comparison(client, world, hr):
    client.force_login(hr)
    one, other = make_person(company=world.project, number="A1"), make_person(company=world.project, number="A2")
    found = client.post("/people/duplicates/", {"kept": "a1", "merged": "A2"})
    assert found["Location"] == f"/people/{one.pk}/merge/{other.pk}/"
    same = client.post("/people/duplicates/", {"kept": "A1", "merged": "A1"})
    assert same.status_code == 422
    assert "A1" in client.get(f"/people/duplicates/?person={one.pk}").content.decode()


def test_comparison_of_two_deciders_has_no_button(client, world, hr, now):
    request = make_creation_request(world=world, at=State.APPROVED, now=now)
    client.force_login(hr)
    page = client.get(f"/people/{request.submitter.pk}/merge/{world.president.person.pk}/").content.decode()
    assert "因此是两个人" in page
    assert 'name="typed"' not in page
