"""Companies and departments as a file may call them; what the file mentions and nobody knows yet is planned."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from governance.accounts.models import Organisation

from ..models import Company, Department, DepartmentAlias
from ..names import fold
from .cells import CellFault
from .sentences import listed

DEEPEST = 10


@dataclass(frozen=True)
class NewDepartment:
    """A department that the file mentions and the directory lacks; `above` is None at the top."""

    company_id: int
    above: "Department | NewDepartment | None"
    name: str

    @property
    def depth(self) -> int:
        return 1 + (self.above.depth if isinstance(self.above, NewDepartment) else 0)


Spot = Department | NewDepartment


class Places:
    """The organisation's companies and departments, read once (three statements)."""

    def __init__(self, organisation: Organisation) -> None:
        self.companies = list(Company.objects.filter(organisation=organisation))
        self.company_called = self.called(self.companies)
        self.departments = {
            department.pk: department for department in Department.objects.filter(organisation=organisation)
        }
        self.below: dict[tuple[int, object], dict[str, Spot]] = defaultdict(dict)
        self.anywhere: dict[tuple[int, str], list[Spot]] = defaultdict(list)
        for department in self.departments.values():
            self.know(department, department.name)
        for alias in DepartmentAlias.objects.filter(department__organisation=organisation):
            self.know(self.departments[alias.department_id], alias.name)
        self.new: list[NewDepartment] = []

    @staticmethod
    def called(companies: Iterable[Company]) -> dict[str, Company]:
        """Companies by folded code, short name and name; what two share finds neither."""
        found: dict[str, Company | None] = {}
        for company in companies:
            for name in {fold(company.code), fold(company.short_name), fold(company.name)} - {""}:
                found[name] = company if name not in found else None
        return {name: company for name, company in found.items() if company is not None}

    def know(self, department: Department, name: str) -> None:
        self.below[department.company_id, department.parent_id].setdefault(fold(name), department)
        called = self.anywhere[department.company_id, fold(name)]
        if department not in called:
            called.append(department)

    def company(self, name: str) -> Company:
        """The company of that name, short name or code. Raises CellFault with those there are."""
        found = self.company_called.get(fold(name))
        if found is None:
            known = listed(company.name for company in self.companies) or _("none")
            raise CellFault(_("Unknown company. Known are: %(companies)s.") % {"companies": known})
        return found

    def without_company(self, company: Company, parts: tuple[str, ...]) -> tuple[str, ...]:
        """The path without the company's own name in front."""
        if len(parts) > 1 and self.company_called.get(fold(parts[0])) == company:
            return parts[1:]
        return parts

    def spot(self, company: Company, parts: tuple[str, ...]) -> Spot | None:
        """The department at the end of the path, planned where it is missing; None for an empty path.

        The first part may be any department of the company, when only one is called so.
        """
        if not parts:
            return None
        if len({fold(part) for part in parts}) < len(parts):
            raise CellFault(_("This puts a department below itself."))
        if len(parts) > DEEPEST:
            raise CellFault(_("More than %(most)s levels of departments.") % {"most": DEEPEST})
        found = self.first(company, parts[0])
        for name in parts[1:]:
            found = self.child(company, found, name)
        return found

    def first(self, company: Company, name: str) -> Spot:
        """A department by its name alone: at the top, else the only one called so anywhere in the company."""
        at_top = self.below[company.pk, None].get(fold(name))
        if at_top is not None:
            return at_top
        called = self.anywhere[company.pk, fold(name)]
        if len(called) > 1:
            raise CellFault(
                _("Several departments have this name: %(paths)s. Write the whole path.")
                % {"paths": listed(self.path_of(spot) for spot in called)}
            )
        return called[0] if called else self.planned(company, None, name)

    def child(self, company: Company, above: Spot, name: str) -> Spot:
        key = above.pk if isinstance(above, Department) else above
        return self.below[company.pk, key].get(fold(name)) or self.planned(company, above, name)

    def planned(self, company: Company, above: Spot | None, name: str) -> NewDepartment:
        department = NewDepartment(company.pk, above, name)
        key = above.pk if isinstance(above, Department) else above
        self.below[company.pk, key][fold(name)] = department
        self.anywhere[company.pk, fold(name)].append(department)
        self.new.append(department)
        return department

    def path_of(self, spot: Spot | int | None) -> str:
        """营销部 / 策划组, for people to read; empty for no department."""
        if isinstance(spot, int):
            spot = self.departments[spot]
        if isinstance(spot, Department):
            return " / ".join(self.departments[int(part)].name for part in spot.path.split("/") if part)
        if spot is None:
            return ""
        above = self.path_of(spot.above)
        return f"{above} / {spot.name}" if above else spot.name


@dataclass(frozen=True)
class Parents:
    """What a column “department above” says: by company and folded name, the departments above."""

    above: dict[tuple[int, str], dict[str, str]]

    def chain(self, company: Company, name: str) -> tuple[str, ...]:
        """The path down to the department. Raises CellFault for a circle, or when several stand above one."""
        path: list[str] = []
        while name:
            if fold(name) in {fold(part) for part in path} or len(path) >= DEEPEST:
                raise CellFault(_("The departments stand in a circle: %(path)s.") % {"path": " → ".join([*path, name])})
            path.append(name)
            above = self.above.get((company.pk, fold(name)), {})
            if len(above) > 1:
                raise CellFault(
                    _("This department stands below several: %(names)s.") % {"names": listed(above.values())}
                )
            name = next(iter(above.values()), "")
        return tuple(reversed(path))
