"""A file against the directory: who is added, changed, leaves, returns; and that confirming writes just that."""

from datetime import date

import pytest

from governance.audit.models import Event
from governance.directory.actions.importing import import_plan
from governance.directory.importing.plan import make_plan
from governance.directory.models import Change, Department, Person
from tests import factories
from tests.directory.tables import HEADINGS, csv_table, xlsx
from tests.factories import NOW

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)


@pytest.fixture
def organisation():
    return factories.make_organisation()


@pytest.fixture
def company(organisation):
    return factories.make_company(organisation=organisation, code="HQ", name="启明集团本部", short_name="本部")


def row(
    number,
    name="陈思远",
    company="本部",
    department="营销部",
    kind="正式",
    post="专员",
    phone="",
    joined="2020-01-01",
    left="",
):
    return [number, name, company, department, kind, post, phone, joined, left]


def plan_for(organisation, *rows, complete=None, headings=HEADINGS, on=TODAY):
    return make_plan(xlsx([headings, *rows]), organisation, on=on, complete=complete)


def import_rows(organisation, *rows, **options):
    plan = plan_for(organisation, *rows, **options)
    assert plan.reading.errors == []
    import_plan(plan, organisation, now=NOW)
    return plan


def counted(plan):
    return {kind: count for kind, count in plan.counts.items() if count and kind not in ("rows", "departments")}


def test_new_people_are_added_with_their_departments(organisation, company):
    import_rows(organisation, row("001", department="营销部/策划组"), row("002", name="欧阳雪", department="营销部"))
    person = Person.objects.select_related("department__parent").get(number="001")
    assert (person.name, person.department.name, person.department.parent.name) == ("陈思远", "策划组", "营销部")
    assert (person.employment_kind, person.post, person.joined_on) == ("regular", "专员", date(2020, 1, 1))
    assert person.department.path == f"{person.department.parent_id}/{person.department_id}/"
    assert Department.objects.count() == 2
    assert list(Change.objects.values_list("kind", flat=True)) == ["joined", "joined"]
    assert Change.objects.first().after["department_id"] in Department.objects.values_list("pk", flat=True)


def test_the_same_file_twice_changes_nothing(organisation, company, django_assert_num_queries):
    rows = [row(f"{n:03}", department="营销部/策划组", left="2026-12-31" if n == 7 else "") for n in range(40)]
    import_rows(organisation, *rows)
    was = list(Person.objects.values())
    plan = plan_for(organisation, *rows)
    assert (counted(plan), plan.writes_nothing) == ({"unchanged": 40}, True)
    events = Event.objects.count()
    with django_assert_num_queries(2):  # the savepoint alone
        import_plan(plan, organisation, now=NOW)
    assert list(Person.objects.values()) == was
    assert Event.objects.count() == events


def test_a_changed_person_is_changed_field_by_field(organisation, company):
    import_rows(organisation, row("001", post="专员", phone="13800000001"))
    plan = import_rows(organisation, row("001", name="陈国栋", post="主管", phone="13800000001"))
    (difference,) = plan.differences["changed"]
    assert difference.changed_fields() == ["name", "post"]
    person = Person.objects.get()
    assert (person.name, person.post, person.sort_key) == ("陈国栋", "主管", "chen guo dong")
    assert list(Change.objects.values_list("kind", flat=True)) == ["joined", "renamed", "moved"]


def test_a_column_the_file_lacks_is_left_alone(organisation, company):
    import_rows(organisation, row("001", phone="13800000001", post="专员", department="营销部"))
    plan = plan_for(organisation, ["001", "陈思远", "HQ"], headings=["工号", "姓名", "公司"])
    assert counted(plan) == {"unchanged": 1}


def test_an_empty_cell_empties_the_fact(organisation, company):
    import_rows(organisation, row("001", phone="13800000001"))
    import_rows(organisation, row("001", phone=""))
    assert Person.objects.get().phone == ""


def test_an_empty_employment_kind_keeps_the_known_one(organisation, company):
    import_rows(organisation, row("001", kind="实习"))
    assert counted(plan_for(organisation, row("001", kind=""))) == {"unchanged": 1}


def test_a_leave_date_makes_a_leaver(organisation, company):
    import_rows(organisation, row("001"))
    plan = import_rows(organisation, row("001", left="2026-03-31"))
    assert counted(plan) == {"left": 1}
    assert Person.objects.get().left_on == date(2026, 3, 31)
    change = Change.objects.get(kind="left")
    assert (change.effective_on, change.after) == (date(2026, 3, 31), {"left_on": "2026-03-31"})


def test_absence_alone_makes_nobody_leave(organisation, company):
    import_rows(organisation, row("001"), row("002"))
    assert counted(plan_for(organisation, row("001"))) == {"unchanged": 1}


def test_absence_from_a_complete_list_makes_leavers_of_that_company_as_of_today(organisation, company):
    project = factories.make_company(organisation=organisation, name="启明渝北公司", kind="project")
    import_rows(organisation, row("001"), row("002"), row("003", company="启明渝北公司"))
    plan = import_rows(organisation, row("001"), complete=company)
    assert counted(plan) == {"unchanged": 1, "left": 1}
    assert dict(Person.objects.values_list("number", "left_on")) == {"001": None, "002": TODAY, "003": None}
    assert project.people.count() == 1


def test_absence_of_who_joins_later_or_has_left_is_no_leaving(organisation, company):
    import_rows(organisation, row("001"), row("002", joined="2026-04-01"), row("003", left="2025-12-31"))
    assert counted(plan_for(organisation, row("001"), complete=company)) == {"unchanged": 1}


def test_who_moved_to_another_company_does_not_leave_the_complete_one(organisation, company):
    factories.make_company(organisation=organisation, name="启明渝北公司", kind="project")
    import_rows(organisation, row("001"), row("002"))
    plan = plan_for(organisation, row("001"), row("002", company="启明渝北公司"), complete=company)
    assert counted(plan) == {"unchanged": 1, "changed": 1}


def test_a_leaver_listed_again_returns(organisation, company):
    import_rows(organisation, row("001"), row("002"))
    import_rows(organisation, row("001"), complete=company)
    plan = plan_for(organisation, row("001"), row("002", joined="2026-06-01"), on=date(2026, 6, 1))
    assert counted(plan) == {"unchanged": 1, "returned": 1}
    import_plan(plan, organisation, now=NOW)
    person = Person.objects.get(number="002")
    assert (person.left_on, person.joined_on) == (None, date(2026, 6, 1))
    assert Change.objects.filter(kind="returned").count() == 1


@pytest.mark.parametrize(
    ("people", "leaving", "needs_count"), [(20, 1, False), (20, 2, True), (5, 1, True), (40, 2, False)]
)
def test_above_five_per_cent_the_number_is_asked_for(organisation, company, people, leaving, needs_count):
    rows = [row(f"{n:03}") for n in range(people)]
    import_rows(organisation, *rows)
    plan = plan_for(organisation, *rows[leaving:], complete=company)
    assert (plan.leaving, plan.needs_count) == (leaving, needs_count)


def test_leaving_before_joining_is_a_fault(organisation, company):
    plan = plan_for(organisation, row("001", joined="2026-01-01", left="2025-01-01"))
    (error,) = plan.reading.errors
    assert (error.row, error.column, error.value) == (2, "离职日期", "2025-01-01")


def test_lost_zeros_are_a_fault(organisation, company):
    import_rows(organisation, row("00123"))
    plan = plan_for(organisation, row(123))
    (error,) = plan.reading.errors
    assert (error.column, "00123" in error.sentence) == ("工号", True)


def test_a_department_alias_is_the_department(organisation, company):
    department = factories.make_department(company=company, name="行政人事部", aliases=["HR"])
    import_rows(organisation, row("001", department="hr"))
    assert Person.objects.get().department == department
    assert Department.objects.count() == 1


def test_a_department_name_alone_finds_the_only_one_below(organisation, company):
    plan = import_rows(organisation, row("001", department="策划组"), row("002", department="营销部/策划组"))
    assert len(plan.needed_departments()) == 2
    assert Person.objects.values("department").distinct().count() == 1
    again = plan_for(organisation, row("001", department="策划组"), row("002", department="营销部/策划组"))
    assert counted(again) == {"unchanged": 2}


def test_a_department_name_that_fits_two_is_a_fault(organisation, company):
    rows = [
        row("001", department="营销部/综合组"),
        row("002", department="工程部/综合组"),
        row("003", department="综合组"),
    ]
    (error,) = plan_for(organisation, *rows).reading.errors
    assert (error.row, error.value) == (4, "综合组")
    assert "营销部 / 综合组" in error.sentence


def test_the_company_in_front_of_a_path_is_no_department(organisation, company):
    import_rows(organisation, row("001", department="启明集团本部/营销部"))
    assert list(Department.objects.values_list("name", flat=True)) == ["营销部"]


def test_sub_and_parent_columns_make_the_same_tree(organisation, company):
    two = [["工号", "姓名", "公司", "部门", "二级部门"], ["001", "甲一", "HQ", "营销部", "策划组"]]
    parent = [["工号", "姓名", "公司", "部门", "上级部门"], ["001", "甲一", "HQ", "策划组", "营销部"]]
    import_plan(make_plan(xlsx(two), organisation, on=TODAY), organisation, now=NOW)
    assert counted(make_plan(xlsx(parent), organisation, on=TODAY)) == {"unchanged": 1}


def test_a_circle_of_departments_is_a_fault_in_each_row(organisation, company):
    rows = [
        ["工号", "姓名", "公司", "部门", "上级部门"],
        ["001", "甲一", "HQ", "营销部", "策划组"],
        ["002", "乙二", "HQ", "策划组", "营销部"],
        ["003", "丙三", "HQ", "工程部", ""],
    ]
    plan = make_plan(xlsx(rows), organisation, on=TODAY)
    assert [error.row for error in plan.reading.errors] == [2, 3]
    assert "→" in plan.reading.errors[0].sentence


def test_a_path_that_comes_back_is_a_fault(organisation, company):
    assert plan_for(organisation, row("001", department="甲/乙/甲")).reading.error_count == 1


def test_the_only_company_may_go_without_saying(organisation, company):
    plan = make_plan(csv_table("工号,姓名\n001,陈思远\n"), organisation, on=TODAY)
    assert counted(plan) == {"added": 1}


def test_two_organisations_never_see_each_other(organisation, company):
    import_rows(organisation, row("001", name="陈思远"))
    other = factories.make_organisation()
    factories.make_company(organisation=other, code="HQ", name="启明集团本部", short_name="本部")
    plan = import_rows(other, row("001", name="王他乡"))
    assert counted(plan) == {"added": 1}
    assert dict(Person.objects.values_list("organisation_id", "name")) == {
        organisation.pk: "陈思远",
        other.pk: "王他乡",
    }
    assert counted(plan_for(organisation, row("001", name="陈思远"))) == {"unchanged": 1}


def test_a_company_of_another_organisation_is_unknown(organisation, company):
    factories.make_company(organisation=factories.make_organisation(), name="别家公司")
    (error,) = plan_for(organisation, row("001", company="别家公司")).reading.errors
    assert (error.column, "启明集团本部" in error.sentence, "别家公司" in error.sentence) == ("公司", True, False)


def statements(organisation, count, capture):
    rows = [row(f"{n:05}", name="陈思远", department=f"部{n % 3}/组{n % 5}") for n in range(count)]
    with capture as first:
        import_rows(organisation, *rows)
    return len(first)


def test_as_many_statements_for_two_hundred_as_for_twenty(company, organisation, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    few = statements(organisation, 20, CaptureQueriesContext(connection))
    other = factories.make_organisation()
    factories.make_company(organisation=other, code="HQ2", name="启明集团本部", short_name="本部")
    many = statements(other, 200, CaptureQueriesContext(connection))
    batches = 0 if connection.vendor == "postgresql" else 5  # SQLite takes some fifty people a statement
    assert few <= 20
    assert many <= few + batches


def test_the_digest_tells_plans_apart(organisation, company):
    import_rows(organisation, row("001"))
    one, same = plan_for(organisation, row("001", post="主管")), plan_for(organisation, row("001", post="主管"))
    assert one.digest() == same.digest()
    assert plan_for(organisation, row("001", post="经理")).digest() != one.digest()
    Person.objects.update(phone="1")
    assert plan_for(organisation, row("001", post="主管")).digest() != one.digest()
