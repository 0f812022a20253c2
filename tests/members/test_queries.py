"""Reading rosters."""

import pytest
from django.utils import timezone

from governance.directory.models import ExternalContact
from groups.models import Group
from members.models import Membership
from members.queries import groups_of, roster_of, roster_rows
from tests.factories import make_group, make_group_company, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_group_company()


@pytest.fixture
def group(world):
    people = [make_person(company=world.headquarters, name=name) for name in ("朱丹", "艾青")]
    return make_group(world=world, group_type="headquarters_group", at=Group.State.ESTABLISHED, members=people)


def add_external(group, name="王客户"):
    contact = ExternalContact.objects.create(
        organisation=group.organisation, name=name, company_name="远山置业", introducer=group.admin
    )
    return Membership.objects.create(
        organisation=group.organisation,
        group=group,
        external=contact,
        evidence="typed",
        declared_by=group.admin.user,
        declared_at=timezone.now(),
    )


def test_roster_is_sorted_by_pinyin_with_external_contacts_last(group):
    add_external(group)
    assert [str(row.person or row.external) for row in roster_of(group)] == ["艾青", "钱立群", "朱丹", "王客户"]
    assert [row.name or row.external_name for row in roster_rows(group)] == ["艾青", "钱立群", "朱丹", "王客户"]


def test_rows_say_who_declared_what_on_which_evidence(group):
    first = roster_rows(group)[0]
    assert (first.declarer, first.evidence, first.company, first.department) == ("钱立群", "ticked", "集团本部", None)


def test_ended_membership_is_no_longer_in_the_roster(group):
    Membership.objects.filter(person__name="艾青").update(ended_at=timezone.now())
    assert [row.name for row in roster_rows(group)] == ["钱立群", "朱丹"]
    assert roster_of(group).count() == 2


def test_groups_of_a_person_are_those_declared_and_open(world, group):
    person = group.memberships.get(person__name="艾青").person
    assert list(groups_of(person)) == [group]
    group.memberships.filter(person=person).update(ended_at=timezone.now())
    assert list(groups_of(person)) == []
