"""Organisation, companies, departments, people, offices: what is stored."""

from .change import Change
from .company import Company, Department, DepartmentAlias
from .external import ExternalContact
from .imports import PeopleImport
from .invitation import Invitation
from .numbering import NumberSeries
from .office import Office, Tenure
from .person import EmploymentKind, Person, Team, TeamMember, TwoPeople

__all__ = [
    "Change",
    "Company",
    "Department",
    "DepartmentAlias",
    "EmploymentKind",
    "ExternalContact",
    "Invitation",
    "NumberSeries",
    "Office",
    "PeopleImport",
    "Person",
    "Team",
    "TeamMember",
    "Tenure",
    "TwoPeople",
]
