"""What tests start from: plain keyword-only functions that reach states by the real actions."""

from datetime import UTC, date, datetime
from itertools import count

from governance.accounts.models import Organisation, User
from governance.directory.actions import begin_tenure, ensure_office, give_login, people
from governance.directory.actions.companies import add_company, add_department
from governance.directory.models import Company, Department, Office, Person, Team, Tenure

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # Monday 09:00 in Shanghai
PASSWORD = "tests-open-doors-7"
serial = count(1)


# --- directory --------------------------------------------------------------------------------------------------------
def make_organisation(*, code=None, name="启明集团"):
    code = code or f"org{next(serial)}"
    return Organisation.objects.create(code=code, name=name)


def make_company(*, organisation=None, code=None, name=None, kind=Company.Kind.HEADQUARTERS, **fields):
    n = next(serial)
    organisation = organisation or make_organisation()
    return add_company(
        organisation,
        code=code or f"C{n}",
        name=name or f"启明集团本部{n}",
        kind=kind,
        by=None,
        now=NOW,
        **fields,
    )


def make_department(*, company=None, name=None, parent=None, aliases=()) -> Department:
    company = company or (parent.company if parent else make_company())
    name = name or f"部门{next(serial)}"
    return add_department(company, name, parent=parent, aliases=aliases, by=None, now=NOW)


def make_person(
    *, organisation=None, company=None, department=None, number=None, name="陈思远", now=NOW, **fields
) -> Person:
    """A person without login, in a department's company, else in the given company, else in a new one."""
    if company is None:
        company = department.company if department else make_company(organisation=organisation)
    return people.add(
        company,
        department=department,
        number=number or f"T{next(serial):05}",
        name=name,
        by=None,
        now=now,
        **fields,
    )


def make_login(*, person, username=None, language="zh-hans") -> User:
    user = give_login(person, username=username or f"user{next(serial)}", password=PASSWORD, now=NOW)
    if language != user.language:
        user.language = language
        user.save(update_fields=["language"])
    return user


def make_user(*, username=None, language="zh-hans", person=None, **fields) -> User:
    """A login with the person behind it; `fields` are those of `make_person`."""
    return make_login(person=person or make_person(**fields), username=username, language=language)


def make_office(
    *, organisation, code="president", name="总裁", kind=Office.Kind.POST, company=None, **fields
) -> Office:
    return ensure_office(organisation, code, name=name, kind=kind, company=company, now=NOW, **fields)


def make_tenure(*, office, person, starts_on=date(2020, 1, 1), ends_on=None, acting=False) -> Tenure:
    return begin_tenure(office, person, starts_on=starts_on, ends_on=ends_on, acting=acting, now=NOW)


def make_holder(*, organisation, code, office_name=None, kind=Office.Kind.BODY, office_company=None, **fields) -> User:
    """A login that holds the office with that code (made when missing); `fields` are those of `make_user`."""
    office = Office.objects.filter(organisation=organisation, code=code, company=office_company).first()
    office = office or make_office(
        organisation=organisation, code=code, name=office_name or code, kind=kind, company=office_company
    )
    if fields.get("person") is None and fields.get("department") is None:
        fields.setdefault(
            "company", office_company or organisation.companies.first() or make_company(organisation=organisation)
        )
    user = make_user(**fields)
    make_tenure(office=office, person=user.person)
    return user


def make_team(*, organisation, code="operations", name="运营推动小组", members=()) -> Team:
    team = Team.objects.create(organisation=organisation, code=code, name=name)
    for person in members:
        people.join_team(team, person, by=None, now=NOW)
    return team
