"""Links on two connections at the same moment: rounds that overlap, a link used while it is taken back."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from governance.directory.actions import invitations
from governance.directory.models import Invitation, Office
from governance.directory.queries.invitations import path_of
from governance.duties.models import Duty
from governance.jobs import actions as jobs
from governance.jobs.models import Job
from governance.logins.actions import inviting, resetting
from tests import factories
from tests.postgres.at_once import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
NEW = {"new_password1": "a-quiet-harbour-9", "new_password2": "a-quiet-harbour-9"}


@pytest.fixture
def firm():
    organisation = factories.make_organisation()
    company = factories.make_company(organisation=organisation)
    keepers = [
        factories.make_holder(organisation=organisation, code="hr_admin", company=company, name=name)
        for name in ("周敏", "何俊")
    ]
    people = [factories.make_person(company=company, name=f"员工{number:02}") for number in range(30)]
    return keepers, people


def test_two_clicks_on_invite_all_make_one_round(firm):
    keepers, people = firm
    clients = [Client(), Client()]
    for client in clients:
        client.force_login(keepers[0])
    address = reverse("invitations_make")

    def click(client):
        return lambda: client.post(address, {"scope": "all"}).headers["Location"]

    first, second = at_once(*map(click, clients))
    assert (first, Job.objects.count()) == (second, 1)
    assert Invitation.objects.filter(state="open").count() == Invitation.objects.count() == len(people)


def test_two_of_hr_inviting_the_same_people_give_each_one_open_link(firm):
    keepers, people = firm
    now = timezone.now()
    rounds = [inviting.invite_many({"picked": [one.pk for one in people]}, by=by, now=now) for by in keepers]
    assert at_once(*[lambda job=job: jobs.run(job.pk, now=now) for job in rounds]) == [True, True]
    results = [Job.objects.get(pk=job.pk).result for job in rounds]
    assert sorted((result["made"], result["refused_count"]) for result in results) == [(0, 30), (30, 0)]
    assert Invitation.objects.filter(state="open").count() == Invitation.objects.count() == len(people)


def test_link_used_while_it_is_taken_back_is_one_of_both(firm):
    keepers, people = firm
    for person in people[:4]:
        link = invitations.invite(person, by=keepers[0], now=timezone.now())
        hr = Client()
        hr.force_login(keepers[0])
        use, take = at_once(
            lambda link=link: Client().post(path_of(link), NEW).status_code,
            lambda link=link, hr=hr: hr.post(reverse("invitation_revoke", args=[link.pk])).status_code,
        )
        link.refresh_from_db()
        person.refresh_from_db()
        assert (use, take, link.state) in [(302, 409, "accepted"), (409, 302, "revoked")]
        assert (person.user is not None) == (link.state == "accepted")


def test_consent_and_refusal_at_once_leave_one_answer_and_no_duty():
    for _nth in range(3):
        world = factories.make_group_company()
        second = factories.make_holder(organisation=world.organisation, code="hr_admin", name="何俊")
        asked = resetting.reset_password(world.president.person, by=world.hr_admin, now=timezone.now())
        clicks = []
        for user, name in ((second, "reset_consent"), (world.presidents_office, "reset_refuse")):
            client = Client()
            client.force_login(user)
            address = reverse(name, args=[asked.pk])
            clicks.append(lambda client=client, address=address: client.post(address).status_code)
        outcomes = at_once(*clicks)
        asked.refresh_from_db()
        assert sorted(outcomes) == [302, 409]
        assert asked.state == ("open" if outcomes[0] == 302 else "refused")
        assert not Duty.objects.open().of_subject(asked).exists()


def test_two_of_hr_asking_at_once_leave_one_question(firm):
    keepers, _people = firm
    president = factories.make_holder(
        organisation=keepers[0].organisation, code="president", company=keepers[0].person.company
    )
    factories.make_holder(
        organisation=keepers[0].organisation, code="presidents_office", company=keepers[0].person.company
    )
    Office.objects.filter(code="president").update(executive=True)

    def ask(by):
        return lambda: resetting.reset_password(president.person, by=by, now=timezone.now())

    at_once(*map(ask, keepers))
    assert sorted(Invitation.objects.values_list("state", flat=True)) == ["awaiting", "replaced"]
    assert Duty.objects.open().filter(verb="consent_reset").count() == 1


def test_link_clicked_twice_at_once_sets_one_password(firm):
    keepers, people = firm
    for person in people[:3]:
        link = invitations.invite(person, by=keepers[0], now=timezone.now())
        words = ("a-quiet-harbour-9", "another-harbour-8")
        posts = [
            lambda word=word, link=link: Client().post(
                path_of(link), {"new_password1": word, "new_password2": word}
            ).status_code
            for word in words
        ]
        outcomes = at_once(*posts)
        person.refresh_from_db()
        assert sorted(outcomes) == [302, 409]
        assert person.user.check_password(words[outcomes.index(302)])
