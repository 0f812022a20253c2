"""Offices and tenures."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from governance.audit.models import Event
from governance.directory.actions import begin_tenure, end_tenure
from governance.directory.models import Change, Office, Tenure
from governance.directory.queries import holders_of
from governance.workflow import NotAllowed
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


@pytest.fixture
def organisation():
    return factories.make_organisation()


def test_ensure_office_twice_is_one_office_and_one_event(organisation):
    first = factories.make_office(organisation=organisation, executive=True)
    second = factories.make_office(organisation=organisation, executive=True)
    assert first == second
    assert Office.objects.count() == Event.objects.filter(subject_id=first.pk).count() == 1


def test_ensure_office_brings_the_name_up_to_date(organisation):
    factories.make_office(organisation=organisation, name="总裁")
    office = factories.make_office(organisation=organisation, name="董事长兼总裁")
    office.refresh_from_db()
    assert office.name == "董事长兼总裁"
    assert Event.objects.get(verb="change-office").facts == {"fields": ["name"]}


def test_ensure_office_of_two_organisations_are_two(organisation):
    mine = factories.make_office(organisation=organisation)
    assert factories.make_office(organisation=factories.make_organisation()) != mine


def test_begin_tenure_makes_a_holder_and_feeds_the_change(organisation):
    office, person = factories.make_office(organisation=organisation), factories.make_person(organisation=organisation)
    begin_tenure(office, person, starts_on=DAY, now=NOW)
    assert list(holders_of(office, on=DAY)) == [person]
    assert list(holders_of(office, on=date(2026, 3, 1))) == []
    change = Change.objects.get(kind="office")
    assert (change.person, change.effective_on, change.after["office_id"]) == (person, DAY, office.pk)


def test_acting_holders_stand_after_holders(organisation):
    office = factories.make_office(organisation=organisation)
    acting = factories.make_person(organisation=organisation, name="安一")
    holder = factories.make_person(organisation=organisation, name="周一")
    begin_tenure(office, acting, starts_on=DAY, acting=True, now=NOW)
    begin_tenure(office, holder, starts_on=DAY, now=NOW)
    assert [(person.name, person.acting) for person in holders_of(office, on=DAY)] == [("周一", False), ("安一", True)]


@pytest.mark.parametrize(
    ("starts_on", "ends_on"),
    [(date(2026, 3, 5), None), (None, date(2026, 3, 2)), (None, None), (date(2026, 3, 10), date(2026, 3, 11))],
)
def test_begin_tenure_overlapping_ones_own_is_refused(organisation, starts_on, ends_on):
    office, person = factories.make_office(organisation=organisation), factories.make_person(organisation=organisation)
    begin_tenure(office, person, starts_on=DAY, ends_on=date(2026, 3, 10), now=NOW)
    with pytest.raises(ValidationError):
        begin_tenure(office, person, starts_on=starts_on, ends_on=ends_on, now=NOW)
    assert Tenure.objects.count() == 1


def test_begin_tenure_again_after_it_ended(organisation):
    office, person = factories.make_office(organisation=organisation), factories.make_person(organisation=organisation)
    begin_tenure(office, person, starts_on=DAY, ends_on=date(2026, 3, 10), now=NOW)
    begin_tenure(office, person, starts_on=date(2026, 3, 11), now=NOW)
    assert Tenure.objects.count() == 2


def test_begin_tenure_of_somebody_who_has_left_is_refused(organisation):
    office = factories.make_office(organisation=organisation)
    person = factories.make_person(organisation=organisation, left_on=date(2026, 2, 1))
    with pytest.raises(ValidationError):
        begin_tenure(office, person, starts_on=DAY, now=NOW)


def test_begin_tenure_across_organisations_is_refused(organisation):
    office = factories.make_office(organisation=organisation)
    with pytest.raises(ValidationError):
        begin_tenure(office, factories.make_person(), now=NOW)


def test_begin_tenure_for_oneself_is_refused(organisation):
    keeper = factories.make_holder(organisation=organisation, code="portal_keeper")
    office = factories.make_office(organisation=organisation)
    with pytest.raises(NotAllowed):
        begin_tenure(office, keeper.person, starts_on=DAY, by=keeper, now=NOW)


def test_begin_tenure_by_another_office_is_refused(organisation):
    user = factories.make_holder(organisation=organisation, code="president")
    person = factories.make_person(organisation=organisation)
    with pytest.raises(NotAllowed):
        begin_tenure(factories.make_office(organisation=organisation, code="x"), person, by=user, now=NOW)


def test_begin_tenure_by_a_keeper_of_another_organisation_is_refused(organisation):
    stranger = factories.make_holder(organisation=factories.make_organisation(), code="hr_admin")
    office, person = factories.make_office(organisation=organisation), factories.make_person(organisation=organisation)
    with pytest.raises(NotAllowed):
        begin_tenure(office, person, by=stranger, now=NOW)


def test_end_tenure_leaves_the_office_vacant_from_the_day_after(organisation):
    office, person = factories.make_office(organisation=organisation), factories.make_person(organisation=organisation)
    tenure = begin_tenure(office, person, starts_on=date(2020, 1, 1), now=NOW)
    end_tenure(tenure, ends_on=DAY, now=NOW)
    assert list(holders_of(office, on=DAY)) == [person]
    assert list(holders_of(office, on=date(2026, 3, 3))) == []
    assert [change.after["ends_on"] for change in Change.objects.filter(kind="office")] == [None, "2026-03-02"]


def test_end_tenure_before_it_starts_is_refused(organisation):
    office, person = factories.make_office(organisation=organisation), factories.make_person(organisation=organisation)
    tenure = begin_tenure(office, person, starts_on=DAY, now=NOW)
    with pytest.raises(ValidationError):
        end_tenure(tenure, ends_on=date(2026, 3, 1), now=NOW)
