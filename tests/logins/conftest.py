"""HR of a company with two departments, and the way many are invited through the pages."""

from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories


@pytest.fixture
def firm():
    """`hr` and a colleague; in `sales` and in its `team` people without login."""
    organisation = factories.make_organisation()
    company = factories.make_company(organisation=organisation, name="启明集团本部")
    sales = factories.make_department(company=company, name="营销部")
    team = factories.make_department(parent=sales, name="渠道组")
    hr = factories.make_holder(organisation=organisation, code="hr_admin", company=company, name="周敏")
    return SimpleNamespace(
        organisation=organisation,
        company=company,
        sales=sales,
        team=team,
        hr=hr,
        colleague=factories.make_holder(organisation=organisation, code="hr_admin", company=company, name="何俊"),
        li=factories.make_person(department=sales, name="李娜", email="lina@example.com"),
        wang=factories.make_person(department=team, name="王小明", number="W0091"),
        zhao=factories.make_person(company=company, name="赵强"),
    )


@pytest.fixture
def browser(firm):
    """HR's browser."""
    client = Client()
    client.force_login(firm.hr)
    return client


@pytest.fixture
def invite(browser):
    """Send the form of the page; returns the round's page."""

    def inviting(*people, client=browser, **asked):
        data = {"scope": "picked", "person": [person.pk for person in people], **asked}
        return client.post(reverse("invitations_make"), data, follow=True)

    return inviting
