"""Two real connections at the set-up: one wins, the other is told, and nothing is there twice."""

import pytest
from django.utils import timezone

from governance.accounts.models import Organisation, User
from governance.desk.set_up import actions, tokens
from governance.directory.models import Company, Person
from tests.postgres.at_once import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def names(name):
    return actions.Names(name, "", name, "zh-hans")


def person(number):
    return actions.FirstPerson("周敏", number, "", f"user-{number}", "open-the-door-7")


def kinds(outcomes):
    return sorted(type(outcome).__name__ for outcome in outcomes)


def test_token_used_by_two_people_at_once():
    now = timezone.now()
    token = tokens.make(now=now)

    outcomes = at_once(
        lambda: tokens.use(token, claim="first", now=now), lambda: tokens.use(token, claim="second", now=now)
    )

    assert kinds(outcomes) == ["NoneType", "TokenRefused"]
    assert [tokens.is_claimed_by(claim) for claim in ("first", "second")].count(True) == 1


def test_organisation_entered_in_two_tabs_at_once():
    now = timezone.now()
    tokens.use(tokens.make(now=now), claim="mine", now=now)

    outcomes = at_once(
        lambda: actions.enter_organisation(names("启明集团"), seen="", claim="mine", now=now),
        lambda: actions.enter_organisation(names("别家集团"), seen="", claim="mine", now=now),
    )

    assert kinds(outcomes) == ["Organisation", "SomebodyWasQuicker"]
    assert (Organisation.objects.count(), Company.objects.count()) == (1, 1)


def test_first_person_entered_in_two_tabs_at_once():
    now = timezone.now()
    tokens.use(tokens.make(now=now), claim="mine", now=now)
    actions.enter_organisation(names("启明集团"), seen="", claim="mine", now=now)

    outcomes = at_once(
        lambda: actions.enter_first_person(person("A001"), claim="mine", now=now),
        lambda: actions.enter_first_person(person("A002"), claim="mine", now=now),
    )

    assert kinds(outcomes) == ["SomebodyWasQuicker", "User"]
    assert (User.objects.count(), Person.objects.count()) == (1, 1)
