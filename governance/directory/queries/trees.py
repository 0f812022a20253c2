"""Companies with their departments as a tree, and how many people stand where."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count

from governance.accounts.models import User

from ..models import Company, Department, DepartmentAlias, Person
from ..names import sort_key


@dataclass
class Branch:
    """A department in its place; `above` are the names over it, `people` those who stand directly in it."""

    department: Department
    above: str
    depth: int
    people: int
    aliases: list[str] = field(default_factory=list)


@dataclass
class CompanyTree:
    """A company, its departments in the order of the tree, and its people."""

    company: Company
    branches: list[Branch]
    people: int


def company_trees(user: User, *, on: date) -> list[CompanyTree]:
    """The organisation's companies with all departments: four statements."""
    companies = list(Company.objects.filter(organisation_id=user.organisation_id))
    children: dict[tuple[int, int | None], list[Department]] = defaultdict(list)
    for department in Department.objects.filter(organisation_id=user.organisation_id):
        children[department.company_id, department.parent_id].append(department)
    aliases: dict[int, list[str]] = defaultdict(list)
    for alias in DepartmentAlias.objects.filter(department__organisation_id=user.organisation_id):
        aliases[alias.department_id].append(alias.name)
    counts = people_counts(user.organisation_id, on=on)

    def grown(company: Company, parent: int | None, above: str, depth: int) -> list[Branch]:
        found = []
        for department in sorted(children[company.pk, parent], key=lambda department: sort_key(department.name)):
            count = counts.get((company.pk, department.pk), 0)
            found.append(Branch(department, above, depth, count, aliases[department.pk]))
            found += grown(company, department.pk, f"{above}{department.name} / ", depth + 1)
        return found

    return [
        CompanyTree(
            company,
            grown(company, None, "", 0),
            sum(count for (company_id, _department), count in counts.items() if company_id == company.pk),
        )
        for company in companies
    ]


def people_counts(organisation_id: int, *, on: date) -> dict[tuple[int, int | None], int]:
    """People present by company and department."""
    rows = (
        Person.objects.of_organisation(organisation_id)
        .present(on=on)
        .order_by()
        .values_list("company_id", "department_id")
        .annotate(count=Count("pk"))
    )
    return {(company, department): count for company, department, count in rows}
