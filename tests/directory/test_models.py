"""What the tables themselves refuse, on SQLite as on PostgreSQL."""

import pytest
from django.db import IntegrityError, transaction

from governance.directory.models import Department, Office
from tests.factories import make_company, make_organisation

pytestmark = pytest.mark.django_db


def test_an_organisation_has_an_office_only_once():
    organisation = make_organisation()
    Office.objects.create(organisation=organisation, code="president", name="总裁", kind="post")

    with pytest.raises(IntegrityError), transaction.atomic():
        Office.objects.create(organisation=organisation, code="president", name="总裁", kind="post")


def test_a_company_has_a_root_department_of_a_name_only_once():
    company = make_company()
    facts = {"organisation": company.organisation, "company": company, "name": "营销部"}
    Department.objects.create(**facts)

    with pytest.raises(IntegrityError), transaction.atomic():
        Department.objects.create(**facts)
