"""Departments and their paths."""

import pytest
from django.core.exceptions import ValidationError

from governance.directory.actions.companies import move_department
from governance.directory.models import Department
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def test_add_department_keeps_its_path_and_aliases():
    top = factories.make_department(name="营销部", aliases=["市场部"])
    below = factories.make_department(parent=top, name="策划组")
    assert (top.path, below.path) == (f"{top.pk}/", f"{top.pk}/{below.pk}/")
    assert list(top.aliases.values_list("name", flat=True)) == ["市场部"]


def test_add_department_twice_at_one_place_is_refused():
    company = factories.make_company()
    factories.make_department(company=company, name="营销部")
    with pytest.raises(ValidationError):
        factories.make_department(company=company, name="营销部")


def test_add_department_below_one_of_another_company_is_refused():
    with pytest.raises(ValidationError):
        factories.make_department(company=factories.make_company(), parent=factories.make_department())


def test_move_department_takes_the_subtree_along():
    company = factories.make_company()
    a, b = (factories.make_department(company=company, name=name) for name in "甲乙")
    c = factories.make_department(parent=a, name="丙")
    d = factories.make_department(parent=c, name="丁")
    move_department(c, parent=b, by=None, now=NOW)
    assert dict(Department.objects.values_list("name", "path")) == {
        "甲": f"{a.pk}/",
        "乙": f"{b.pk}/",
        "丙": f"{b.pk}/{c.pk}/",
        "丁": f"{b.pk}/{c.pk}/{d.pk}/",
    }


def test_move_department_below_itself_is_refused():
    top = factories.make_department()
    below = factories.make_department(parent=top)
    with pytest.raises(ValidationError):
        move_department(top, parent=below, by=None, now=NOW)
