"""After the approval, on two connections at the same moment: whole steps through the pages' actions, and instructions."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from governance.audit.queries import history_of
from governance.duties.models import Duty
from governance.register.actions import confirm_establishment
from governance.regulations.actions import answer
from governance.regulations.models import OpenQuestion
from governance.workflow import WrongState
from groups.models import Group
from members.models import Membership
from tests.factories import (
    NOW,
    make_checklist,
    make_designation,
    make_group,
    make_group_company,
    make_person,
    make_user,
)
from tests.postgres.at_once import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
LATER = NOW + timedelta(hours=1)
ROUNDS = range(3)


@pytest.fixture
def world():
    return make_group_company()


def fresh(subject):
    return type(subject).objects.get(pk=subject.pk)


def one_won(outcomes):
    """Exactly one call went through, the others met WrongState."""
    lost = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert [type(outcome) for outcome in lost] == [WrongState] * (len(outcomes) - 1), outcomes


def posting(user, name, pk, **data):
    """One click in a browser of its own; the answer's status."""

    def click():
        client = Client()
        client.force_login(user)
        return client.post(reverse(name, args=[pk]), data).status_code

    return click


def test_two_clicks_on_designate_leave_one_designation(world):
    for nth in ROUNDS:
        group = make_group(world=world, name_suffix=f"（第{nth}次）")
        people = (world.hr_admin.person, world.marketing_manager.person)
        clicks = [posting(world.presidents_office, "designation_new", group.pk, person=person.pk) for person in people]
        assert sorted(at_once(*clicks)) == [302, 409]
        assert group.designations.count() == 1
        assert history_of(group).filter(verb="designate").count() == 1
        assert Duty.objects.open().of_subject(group.designations.get()).count() == 1


def test_two_clicks_on_accept_and_decline_leave_one_answer(world):
    for nth in ROUNDS:
        found = make_designation(world=world, name_suffix=f"（第{nth}次）", person=None)
        by = found.person.user
        clicks = [
            posting(by, "designation_accept", found.pk),
            posting(by, "designation_decline", found.pk, reply="不便。"),
        ]
        assert sorted(at_once(*clicks)) == [302, 409]
        group = fresh(found.group)
        assert (group.admin is None) == (fresh(found).state == "declined")
        assert Duty.objects.open().of_subject(group).count() == 1


def test_two_confirmations_leave_one_roster(world):
    people = [make_person(company=world.headquarters, name=f"员工{number}") for number in range(20)]
    for nth in ROUNDS:
        admin = make_user(company=world.headquarters, name="钱立群")
        group = make_group(world=world, name_suffix=f"（第{nth}次）", admin=admin)

        def confirm(group=group, admin=admin):
            found = fresh(group)
            confirm_establishment(found, make_checklist(found), people, by=admin, now=LATER)

        one_won(at_once(confirm, confirm))
        assert Membership.objects.filter(group=group).count() == 21
        assert (fresh(group).state, fresh(group).member_count) == (Group.State.ESTABLISHED, 21)
        assert history_of(group).filter(verb="establish").count() == 1


@pytest.mark.parametrize("standing", [False, True])
def test_two_instructions_at_once_leave_one(world, standing):
    question = OpenQuestion.objects.get(code="department_groups")
    allow = {"decision": "allow", "approver": "president", "designating_office": "hr_admin"}
    if standing:
        answer(question, by=world.president, now=NOW, answers=allow)
    seen = fresh(question).answered_at

    def instruct(answers):
        return lambda: answer(
            fresh(question), by=world.president, now=LATER, answers=answers, instruction="另行批示。", seen_at=seen
        )

    one_won(at_once(instruct(allow), instruct({"decision": "forbid"})))
    assert history_of(question).filter(verb="instruct", at=LATER).count() == 1
    assert not Duty.objects.open().of_subject(question).exists()
