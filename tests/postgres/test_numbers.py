"""Running numbers on real connections: nobody shares one, a step that fails leaves no gap."""

import pytest
from django.db import transaction

from governance.directory.actions import next_number
from governance.directory.models import NumberSeries
from tests.factories import make_organisation
from tests.postgres.at_once import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


class GivenUp(Exception):
    pass


def test_ten_at_once_get_ten_numbers_in_a_row_though_some_give_up():
    organisation = make_organisation()

    def take():
        return next_number(organisation, "filing-7", 2026)

    @transaction.atomic
    def give_up():
        take()
        raise GivenUp

    outcomes = at_once(*[take, take, give_up, take, take, give_up, take, take, give_up, take])

    assert sorted(number for number in outcomes if isinstance(number, int)) == [1, 2, 3, 4, 5, 6, 7]
    assert [type(outcome) for outcome in outcomes if not isinstance(outcome, int)] == [GivenUp] * 3


def test_offices_and_years_count_on_their_own():
    organisation = make_organisation()
    series = [("filing-7", 2026), ("filing-8", 2026), ("filing-7", 2027), ("filing-7", 2026)]

    assert [next_number(organisation, *one) for one in series] == [1, 1, 1, 2]
    assert NumberSeries.objects.count() == 3
