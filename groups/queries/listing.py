"""Expected members as a page lists them: counted by employment kind, by department, cut where nobody reads on."""

from dataclasses import dataclass
from itertools import groupby

from django.db import models

from governance.directory.models import EmploymentKind, Person

from ..labels import joined

MOST_LISTED = 300


@dataclass(frozen=True)
class Listed:
    """People by department, each with name and page; `rest` are those beyond the first `MOST_LISTED`."""

    count: int
    by_kind: list[tuple[str, int]]
    departments: list[tuple[str, list[Person]]]
    rest: int

    @property
    def kinds(self) -> str:
        """正式 16、试用 2、实习 1."""
        return joined([f"{label} {count}" for label, count in self.by_kind])


def counted(kinds: dict[str, int]) -> list[tuple[str, int]]:
    """Employment kinds with their label, in their usual order."""
    return [(kind.label, kinds[kind.value]) for kind in EmploymentKind if kinds.get(kind.value)]


def listed(people: models.QuerySet[Person], kinds: dict[str, int]) -> Listed:
    """The people by department: one statement. `kinds` holds how many there are of each employment kind."""
    count = sum(kinds.values())
    wanted = people.for_display().order_by("company__kind", "company", "department__path", "sort_key", "pk")
    shown = list(wanted[:MOST_LISTED])
    return Listed(
        count=count,
        by_kind=counted(kinds),
        departments=[(place, list(members)) for place, members in groupby(shown, key=place_of)],
        rest=max(0, count - len(shown)),
    )


def place_of(person: Person) -> str:
    """Department with its company."""
    company = str(person.company)
    return f"{company} {person.department.name}" if person.department else company
