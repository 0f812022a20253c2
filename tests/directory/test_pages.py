"""The directory's pages: what each role sees, and that reading costs the same for few and many."""

from datetime import date

import pytest
from django.urls import reverse

from governance.directory import panels
from governance.directory.actions import people as people_actions
from governance.directory.models import DepartmentAlias, Tenure
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    return factories.make_organisation()


@pytest.fixture
def company(organisation):
    return factories.make_company(organisation=organisation, name="启明集团本部", short_name="本部")


@pytest.fixture
def hr(organisation, company):
    return factories.make_holder(organisation=organisation, code="hr_admin", company=company, name="周敏", number="H1")


def words_of(response):
    return response.content.decode()


def get(client, user, name, *args, **query):
    client.force_login(user)
    return client.get(reverse(name, args=args), query)


def names_on(response):
    return [person.name for person in response.context["found"].page.rows]


def test_people_are_sorted_by_pinyin_and_only_ones_own_organisation(client, hr, company):
    for name in ("赵磊", "安心", "单思远"):
        factories.make_person(company=company, name=name)
    factories.make_person(name="别家人")
    assert names_on(get(client, hr, "people")) == ["安心", "单思远", "赵磊", "周敏"]


@pytest.mark.parametrize("words", ["单思", "shansi", "ssy", "SSY", "z009", "思远 z0"])
def test_people_are_found_by_name_pinyin_initials_and_number(client, hr, company, words):
    factories.make_person(company=company, name="单思远", number="Z0091")
    factories.make_person(company=company, name="王小明", number="A1")
    assert names_on(get(client, hr, "people", q=words)) == ["单思远"]


def test_people_page_by_page(client, hr, company):
    for number in range(120):
        factories.make_person(company=company, name="王" + "一二三四五六七八九十"[number % 10], number=f"P{number:03}")
    first = get(client, hr, "people")
    second = client.get(reverse("people") + first.context["found"].page.next)
    third = client.get(reverse("people") + second.context["found"].page.next)
    pages = [[person.pk for person in page.context["found"].page.rows] for page in (first, second, third)]
    assert [len(page) for page in pages] == [50, 50, 21]
    assert len(set(sum(pages, []))) == 121
    back = client.get(reverse("people") + third.context["found"].page.previous)
    assert [person.pk for person in back.context["found"].page.rows] == pages[1]


def test_people_filters(client, hr, company, organisation):
    project = factories.make_company(organisation=organisation, kind="project")
    factories.make_person(company=project, name="甲", employment_kind="intern")
    factories.make_person(company=company, name="乙", left_on=date(2021, 1, 1))
    assert names_on(get(client, hr, "people", company=project.pk)) == ["甲"]
    assert names_on(get(client, hr, "people", kind="intern")) == ["甲"]
    assert names_on(get(client, hr, "people", presence="left")) == ["乙"]
    assert names_on(get(client, hr, "people", company="x", kind="x", presence="x")) == ["甲", "周敏"]


def test_people_without_office_see_no_employment_kinds_and_no_leavers(client, company):
    user = factories.make_user(company=company, name="员工", number="SECRET-1")
    factories.make_person(company=company, name="乙", left_on=date(2021, 1, 1))
    response = get(client, user, "people", presence="left")
    assert names_on(response) == ["员工"]
    assert "SECRET-1" not in words_of(response)
    assert reverse("people_import") not in words_of(response)


@pytest.mark.parametrize("count", [1, 3, 50])
def test_people_cost_the_same_for_few_and_many(client, hr, company, count, django_assert_num_queries):
    departments = [factories.make_department(company=company) for _n in range(3)]
    for number in range(count):
        factories.make_person(department=departments[number % 3], number=f"P{number}")
    get(client, hr, "people")
    with django_assert_num_queries(7):
        client.get(reverse("people"))


@pytest.mark.parametrize(
    ("code", "sees"),
    [("hr_admin", True), ("portal_keeper", True), ("presidents_office", True), ("president", False), (None, False)],
)
def test_contacts_are_for_confidants_only(client, organisation, company, code, sees):
    person = factories.make_person(company=company, phone="19900001234", email="chen@example.com")
    user = (
        factories.make_holder(organisation=organisation, code=code, company=company)
        if code
        else factories.make_user(company=company)
    )
    words = words_of(get(client, user, "person", person.pk))
    assert ("19900001234" in words, "chen@example.com" in words) == (sees, sees)


def test_one_sees_ones_own_contacts(client, company):
    user = factories.make_user(company=company, phone="19900001234")
    assert "19900001234" in words_of(get(client, user, "person", user.person.pk))
    assert "19900001234" in words_of(get(client, user, "my_page"))


def test_a_person_of_another_organisation_is_not_found(client, hr):
    assert get(client, hr, "person", factories.make_person().pk).status_code == 404


def test_a_person_page_shows_panels_of_upper_apps(client, hr, monkeypatch):
    panel = panels.Panel("所在的群", "components/empty.html")
    monkeypatch.setattr(panels, "of_person", [lambda user, person, on: panel, lambda user, person, on: None])
    response = get(client, hr, "person", hr.person.pk)
    assert response.context["panels"] == [panel]
    assert "所在的群" in words_of(response)


def test_my_page_of_a_login_without_a_person(client, organisation):
    from governance.accounts.models import User

    user = User.objects.create_user("nobody", "x", organisation=organisation, name="系统")
    assert get(client, user, "my_page").status_code == 200


def test_offices_show_holders_acting_and_vacant(client, hr, organisation, company):
    vacant = factories.make_office(organisation=organisation, code="president", name="总裁")
    acting = factories.make_office(organisation=organisation, code="gm", name="总经办", company=company)
    factories.make_tenure(office=acting, person=factories.make_person(company=company, name="代理人"), acting=True)
    factories.make_office(organisation=factories.make_organisation(), name="别家总裁")
    response = get(client, hr, "offices")
    assert [group.company for group in response.context["groups"]] == [None, company]
    assert (response.context["count"], response.context["vacant"], response.context["acting"]) == (3, 1, 1)
    assert "别家总裁" not in words_of(response)
    assert get(client, hr, "office", vacant.pk).context["held"].is_vacant


def test_offices_cost_the_same_for_few_and_many(client, hr, organisation, company, django_assert_num_queries):
    get(client, hr, "offices")
    with django_assert_num_queries(6):
        client.get(reverse("offices"))
    for number in range(12):
        office = factories.make_office(organisation=organisation, code=f"o{number}", name=f"职务{number}")
        factories.make_tenure(
            office=office, person=factories.make_person(department=factories.make_department(company=company))
        )
    with django_assert_num_queries(6):
        client.get(reverse("offices"))


def test_office_of_another_organisation_is_not_found(client, hr):
    other = factories.make_office(organisation=factories.make_organisation())
    assert get(client, hr, "office", other.pk).status_code == 404
    assert client.post(reverse("tenure_begin", args=[other.pk]), {}).status_code == 404


def test_a_keeper_records_a_holder_by_number_or_name(client, hr, organisation, company):
    office = factories.make_office(organisation=organisation)
    factories.make_person(company=company, name="陈国栋", number="P1")
    client.force_login(hr)
    client.post(reverse("tenure_begin", args=[office.pk]), {"person": "陈国栋", "starts_on": "2026-01-05"})
    tenure = Tenure.objects.get(office=office)
    assert (tenure.person.number, tenure.starts_on, tenure.acting) == ("P1", date(2026, 1, 5), False)
    again = client.post(reverse("tenure_begin", args=[office.pk]), {"person": "p1", "starts_on": "2026-02-05"})
    assert (again.status_code, again.context["form"].is_valid()) == (422, False)
    assert Tenure.objects.filter(office=office).count() == 1


def test_a_name_of_two_asks_for_the_number(client, hr, organisation, company):
    office = factories.make_office(organisation=organisation)
    for number in ("P1", "P2"):
        factories.make_person(company=company, name="张伟", number=number)
    client.force_login(hr)
    response = client.post(reverse("tenure_begin", args=[office.pk]), {"person": "张伟", "starts_on": "2026-01-05"})
    (error,) = response.context["form"].errors["person"]
    assert ("P1" in error, "P2" in error) == (True, True)
    assert not Tenure.objects.filter(office=office).exists()


def test_recording_holders_is_for_keepers(client, organisation, company):
    office = factories.make_office(organisation=organisation)
    user = factories.make_holder(organisation=organisation, code="presidents_office", company=company)
    response = get(client, user, "office", office.pk)
    assert reverse("tenure_begin", args=[office.pk]) not in words_of(response)
    assert client.post(reverse("tenure_begin", args=[office.pk]), {"person": "x"}).status_code == 403


def test_a_keeper_ends_a_tenure_of_that_office_only(client, hr, organisation, company):
    office = factories.make_office(organisation=organisation)
    other = factories.make_office(organisation=organisation, code="other")
    tenure = factories.make_tenure(office=office, person=factories.make_person(company=company))
    client.force_login(hr)
    data = {f"end{tenure.pk}-ends_on": "2026-03-31"}
    assert client.post(reverse("tenure_end", args=[other.pk, tenure.pk]), data).status_code == 404
    assert (
        client.post(
            reverse("tenure_end", args=[office.pk, tenure.pk]), {f"end{tenure.pk}-ends_on": "2001-01-01"}
        ).status_code
        == 422
    )
    tenure.refresh_from_db()
    assert tenure.ends_on is None
    client.post(reverse("tenure_end", args=[office.pk, tenure.pk]), data)
    tenure.refresh_from_db()
    assert tenure.ends_on == date(2026, 3, 31)


def test_companies_show_the_tree_with_people_and_aliases(client, hr, organisation, company):
    top = factories.make_department(company=company, name="营销部", aliases=["市场部"])
    below = factories.make_department(parent=top, name="策划组")
    factories.make_person(department=below)
    factories.make_person(department=below, left_on=date(2021, 1, 1))
    (tree,) = get(client, hr, "companies").context["trees"]
    assert [(branch.department, branch.above, branch.depth, branch.people) for branch in tree.branches] == [
        (top, "", 0, 0),
        (below, "营销部 / ", 1, 1),
    ]
    assert (tree.branches[0].aliases, tree.people) == (["市场部"], 2)


def test_companies_cost_the_same_for_few_and_many(client, hr, company, django_assert_num_queries):
    get(client, hr, "companies")
    with django_assert_num_queries(8):
        client.get(reverse("companies"))
    for _number in range(10):
        factories.make_person(
            department=factories.make_department(parent=factories.make_department(company=company), aliases=["甲"])
        )
    with django_assert_num_queries(8):
        client.get(reverse("companies"))


def test_a_keeper_adds_and_removes_another_name(client, hr, company):
    department = factories.make_department(company=company, name="行政人事部")
    client.force_login(hr)
    for name in ("HR", "hr ", "行政人事部", ""):
        client.post(reverse("alias_add", args=[department.pk]), {"name": name})
    assert list(DepartmentAlias.objects.values_list("name", flat=True)) == ["HR"]
    client.post(reverse("alias_remove", args=[department.pk]), {"name": "HR"})
    assert not DepartmentAlias.objects.exists()


def test_other_names_are_for_keepers(client, company):
    department = factories.make_department(company=company)
    client.force_login(factories.make_user(company=company))
    for name in ("alias_add", "alias_remove"):
        assert client.post(reverse(name, args=[department.pk]), {"name": "HR"}).status_code == 403


def test_a_leaver_is_out_the_same_minute(client, company):
    user = factories.make_user(company=company)
    assert get(client, user, "my_page").status_code == 200
    people_actions.leave(user.person, on=date(2020, 1, 1), by=None, now=NOW)
    assert client.get(reverse("my_page")).status_code == 302


@pytest.mark.parametrize("name", ["people", "offices", "companies", "my_page"])
def test_pages_in_english(client, organisation, company, name):
    user = factories.make_holder(organisation=organisation, code="hr_admin", company=company, language="en")
    response = get(client, user, name)
    assert (response.status_code, response.headers["Content-Language"]) == (200, "en")
