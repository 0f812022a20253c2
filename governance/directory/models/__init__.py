"""Organisation, companies, departments, people, offices: what is stored."""

from .change import Change
from .company import Company, Department, DepartmentAlias
from .external import ExternalContact
from .office import Office, Tenure
from .numbering import NumberSeries
from .person import EmploymentKind, Person, Team, TeamMember

__all__ = [
    "Change",
    "Company",
    "Department",
    "DepartmentAlias",
    "EmploymentKind",
    "ExternalContact",
    "NumberSeries",
    "Office",
    "Person",
    "Team",
    "TeamMember",
    "Tenure",
]
