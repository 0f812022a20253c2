"""工作移交: what was given to a person who leaves goes to a successor in one step, told in one message."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from governance.accounts.models import User
from governance.audit.queries import history_of
from governance.commands.proofs import contradictions
from governance.directory.actions import people
from governance.duties.actions.succession import hand_over_to_successor
from governance.duties.models import Duty
from governance.notifications.models import Notice
from governance.notifications.wordings import text_of
from governance.workflow import NotAllowed
from groups.actions import creation, designation, filing
from groups.models import Designation, Group
from tests.factories import (
    make_creation_request,
    make_designation,
    make_filing,
    make_group_company,
    make_holder,
    make_person,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_group_company()


@pytest.fixture
def leaver(world):
    return make_user(company=world.project, name="郑凯")


@pytest.fixture
def successor(world):
    return make_user(company=world.project, name="李文", number="L7")


@pytest.fixture
def now():
    return timezone.now()


def fresh(user):
    return User.objects.get(pk=user.pk)


def given_to(user):
    return list(Duty.objects.open().filter(person=user.person).order_by("pk"))


def everything(world, leaver):
    """An answer, an establishment and a completion, all with the same person."""
    make = {"world": world, "group_type": "marketing_platform", "person": leaver.person}
    make_designation(**make)
    make_designation(at=Designation.State.ACCEPTED, **make)
    make_filing(at="returned", world=world, admin=leaver)
    return given_to(leaver)


def hand_over(leaver, successor, *, by, now, chosen=None, reason="郑凯离职。"):
    pks = [duty.pk for duty in given_to(leaver)] if chosen is None else chosen
    return hand_over_to_successor(leaver.person, successor.person, pks, reason=reason, by=fresh(by), now=now)


def test_everything_goes_to_the_successor_and_he_hears_it_once(world, leaver, successor, now):
    assert [duty.verb for duty in everything(world, leaver)] == ["accept", "establish", "complete"]
    before = Notice.objects.filter(person=successor.person).count()
    hand_over(leaver, successor, by=world.hr_admin, now=now)
    assert given_to(leaver) == []
    assert sorted(duty.verb for duty in given_to(successor)) == ["accept", "accept", "complete"]
    assert Notice.objects.filter(person=successor.person).count() == before + 1
    title, body = text_of(Notice.objects.get(kind="takes-over", person=successor.person))
    assert title == "您接手郑凯的待办 3 件。"
    assert body.count("· ") == 3
    assert list(contradictions()) == []


def test_successor_goes_on_with_each_of_them(world, leaver, successor, now):
    everything(world, leaver)
    hand_over(leaver, successor, by=world.hr_admin, now=now)
    for duty in given_to(successor):
        if duty.verb == "accept":
            designation.accept(duty.subject, by=fresh(successor), now=now)
        else:
            filing.complete(duty.subject, by=fresh(successor), now=now, supplement="约 120 人。")
    assert [duty.verb for duty in given_to(successor)] == ["establish", "establish"]
    assert Group.objects.filter(admin=successor.person).count() == 2
    assert list(contradictions()) == []


def test_former_designation_is_kept_in_the_history(world, leaver, successor, now):
    made = make_designation(world=world, group_type="marketing_platform", person=leaver.person)
    hand_over(leaver, successor, by=world.hr_admin, now=now)
    made.refresh_from_db()
    assert made.state == "replaced"
    event = history_of(made).get(verb="replace")
    assert (event.actor, event.office, event.note, event.facts["person"]) == (
        world.hr_admin, "行政人事部", "郑凯离职。", successor.person.pk,
    )  # fmt: skip


def test_designating_office_hands_over_what_it_gave(world, leaver, successor, now):
    everything(world, leaver)
    taken = hand_over(leaver, successor, by=world.marketing_vp, now=now)
    assert sorted(duty.verb for duty in taken) == ["accept", "accept"]
    assert [duty.verb for duty in given_to(leaver)] == ["complete"]  # that is HR's to hand over


@pytest.mark.parametrize("who", ["president", "presidents_office"])
def test_others_hand_nothing_over(world, leaver, successor, now, who):
    everything(world, leaver)
    with pytest.raises(NotAllowed):
        hand_over(leaver, successor, by=getattr(world, who), now=now)
    assert len(given_to(leaver)) == 3


def test_hr_of_another_organisation_reaches_nothing(world, leaver, successor, now):
    everything(world, leaver)
    stranger = make_holder(organisation=make_group_company(name="别家集团").organisation, code="hr_admin", name="外人")
    with pytest.raises(ValidationError):
        hand_over(leaver, successor, by=stranger, now=now)
    assert len(given_to(leaver)) == 3


def test_successor_is_present_another_and_has_a_login(world, leaver, now):
    everything(world, leaver)
    gone = make_user(company=world.project, name="已离职", left_on=now.date() - timedelta(days=3))
    for person in (leaver.person, gone.person, make_person(company=world.project, name="无登录")):
        with pytest.raises(ValidationError):
            hand_over_to_successor(leaver.person, person, [one.pk for one in given_to(leaver)], reason="", by=world.hr_admin, now=now)
    assert len(given_to(leaver)) == 3


def test_request_that_came_back_goes_to_who_may_submit_it(world, successor, now):
    request = make_creation_request(world=world, at="sent_back")
    hr = make_holder(organisation=world.organisation, code="hr_admin", name="何俊")
    with pytest.raises(ValidationError):
        hand_over(world.hr_admin, successor, by=hr, now=now)
    hand_over(world.hr_admin, hr, by=hr, now=now)
    request.refresh_from_db()
    creation.submit(request, by=fresh(hr), now=now)
    assert (request.submitter, request.state) == (hr.person, "submitted")


def test_person_who_left_is_handed_over_all_the_same(world, leaver, successor, now):
    everything(world, leaver)
    people.leave(leaver.person, on=now.date() - timedelta(days=2), by=None, now=now)
    hand_over(leaver, successor, by=world.hr_admin, now=now)
    assert given_to(leaver) == []


def test_chosen_ones_only_and_again_is_nothing(world, leaver, successor, now):
    first, *others = everything(world, leaver)
    hand_over(leaver, successor, by=world.hr_admin, now=now, chosen=[first.pk])
    assert given_to(leaver) == others
    with pytest.raises(ValidationError):
        hand_over(leaver, successor, by=world.hr_admin, now=now, chosen=[first.pk])


# --- pages --------------------------------------------------------------------------------------------------------------
def test_from_the_persons_page_in_one_step(client, world, leaver, successor):
    pks = [duty.pk for duty in everything(world, leaver)]
    client.force_login(world.hr_admin)
    url = reverse("person_handover", args=[leaver.person.pk])
    assert url in client.get(reverse("person", args=[leaver.person.pk])).content.decode()
    page = client.get(url).content.decode()
    assert page.count("checked") == 3
    answer = client.post(url, {"duties": pks, "successor": "L7", "reason": "离职。"}, follow=True)
    assert "已移交李文，共 3 件" in answer.content.decode()
    assert url not in answer.content.decode()
    assert "没有需要移交的事项" in client.get(url).content.decode()
    client.force_login(successor)
    assert "您接手郑凯的待办 3 件。" in client.get(reverse("inbox")).content.decode()


def test_faulty_form_keeps_what_was_ticked(client, world, leaver, successor):
    first, *_others = everything(world, leaver)
    client.force_login(world.hr_admin)
    answer = client.post(reverse("person_handover", args=[leaver.person.pk]), {"duties": [first.pk], "successor": "没有此人"})
    assert answer.status_code == 422
    assert answer.content.decode().count("checked") == 1
    assert len(given_to(leaver)) == 3


def test_who_may_not_sees_no_handover(client, world, leaver):
    everything(world, leaver)
    url = reverse("person_handover", args=[leaver.person.pk])
    client.force_login(world.president)
    assert client.get(url).status_code == 403
    assert url not in client.get(reverse("person", args=[leaver.person.pk])).content.decode()
