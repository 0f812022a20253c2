"""Entering, changing and leaving, one person at a time."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from governance.audit.models import Event
from governance.directory.actions import people
from governance.directory.models import Change
from governance.workflow import NotAllowed
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def feed_of(person):
    return list(Change.objects.filter(person=person).values_list("kind", "effective_on", "before", "after"))


def test_add_tells_the_feed_and_the_log():
    person = factories.make_person(name="单思远", joined_on=date(2026, 3, 9))
    (kind, effective_on, before, after) = feed_of(person)[0]
    assert (kind, effective_on, before, after["name"]) == ("joined", date(2026, 3, 9), {}, "单思远")
    assert person.sort_key == "shan si yuan"
    assert person.number.casefold() in person.search.split("\n")
    assert Event.objects.filter(verb="add-person", subject_id=person.pk).count() == 1


def test_update_feeds_each_kind_of_change_once():
    person = factories.make_person(name="陈思远", post="专员", phone="")
    people.update(person, name="陈思源", post="主管", phone="13800000000", by=None, now=NOW)
    assert feed_of(person)[1:] == [
        ("renamed", date(2026, 3, 2), {"name": "陈思远"}, {"name": "陈思源"}),
        ("moved", date(2026, 3, 2), {"post": "专员"}, {"post": "主管"}),
        ("contact", date(2026, 3, 2), {"phone": ""}, {"phone": "13800000000"}),
    ]
    assert person.sort_key == "chen si yuan"


def test_update_with_the_same_facts_writes_nothing(django_assert_num_queries):
    person = factories.make_person(post="专员")
    with django_assert_num_queries(3):  # the savepoint, and the person as stored
        people.update(person, post="专员", by=None, now=NOW)
    assert len(feed_of(person)) == 1


def test_update_of_an_old_copy_keeps_what_others_changed():
    person = factories.make_person(post="专员", phone="1")
    old = type(person).objects.get(pk=person.pk)
    people.update(person, phone="13800000000", by=None, now=NOW)
    people.update(old, post="主管", by=None, now=NOW)
    person.refresh_from_db()
    assert (person.post, person.phone) == ("主管", "13800000000")


def test_leave_and_come_back_are_fed():
    person = factories.make_person(joined_on=date(2020, 1, 1))
    people.leave(person, on=date(2026, 3, 31), by=None, now=NOW)
    people.come_back(person, on=date(2026, 6, 1), by=None, now=NOW)
    assert [(kind, effective) for kind, effective, _before, _after in feed_of(person)] == [
        ("joined", date(2020, 1, 1)),
        ("left", date(2026, 3, 31)),
        ("returned", date(2026, 6, 1)),
    ]


def test_leave_before_joining_is_refused():
    person = factories.make_person(joined_on=date(2026, 1, 1))
    with pytest.raises(ValidationError):
        people.leave(person, on=date(2025, 12, 31), by=None, now=NOW)
    person.refresh_from_db()
    assert person.left_on is None


def test_update_into_a_department_of_another_company_is_refused():
    person = factories.make_person()
    elsewhere = factories.make_department()
    with pytest.raises(ValidationError):
        people.update(person, department=elsewhere, by=None, now=NOW)


@pytest.mark.parametrize("code", ["presidents_office", "marketing_vp"])
def test_add_by_another_office_is_refused(code):
    organisation = factories.make_organisation()
    user = factories.make_holder(organisation=organisation, code=code)
    with pytest.raises(NotAllowed):
        people.add(user.person.company, number="X1", name="王一", by=user, now=NOW)


@pytest.mark.parametrize("code", ["hr_admin", "portal_keeper"])
def test_add_by_a_keeper_is_logged_with_the_office(code):
    organisation = factories.make_organisation()
    user = factories.make_holder(organisation=organisation, code=code, office_name="行政人事部")
    person = people.add(user.person.company, number="X1", name="王一", by=user, now=NOW)
    assert Event.objects.get(verb="add-person", subject_id=person.pk).office == "行政人事部"


def test_add_by_the_keeper_of_one_project_is_refused():
    organisation = factories.make_organisation()
    project = factories.make_company(organisation=organisation, kind="project")
    user = factories.make_holder(organisation=organisation, code="hr_admin", office_company=project)
    with pytest.raises(NotAllowed):
        people.add(project, number="X1", name="王一", by=user, now=NOW)


def test_join_team_twice_is_one_membership():
    organisation = factories.make_organisation()
    person = factories.make_person(organisation=organisation)
    team = factories.make_team(organisation=organisation, members=[person, person])
    assert team.members.count() == 1
    assert [kind for kind, *_rest in feed_of(person)] == ["joined", "team"]


def test_update_moves_into_another_department():
    company = factories.make_company()
    here, there = (factories.make_department(company=company) for _n in range(2))
    person = factories.make_person(department=here)
    people.update(person, department=there, by=None, now=NOW)
    assert person.department_id == there.pk
    person.refresh_from_db()
    assert person.department == there
    assert feed_of(person)[1][2:] == ({"department_id": here.pk}, {"department_id": there.pk})
