"""Who has no login yet: the list HR chooses from, and the same choice as a job reads it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.db import models

from governance.accounts.models import User
from governance.directory.models import Company, Department, Invitation, Person
from governance.directory.names import fold
from governance.jobs.models import Job
from governance.paging import Page, count_up_to, page_of

ORDER = ("sort_key", "pk")
BY_PLACE = ("company__kind", "company__code", "department__path", "sort_key", "pk")
NOT_INVITED, INVITED, ALL = "not_invited", "invited", "all"
MOST_PICKED = 1000


@dataclass(frozen=True)
class Wanted:
    """What was asked for; what makes no sense is as if it had not been asked. `department` includes those under it."""

    words: str = ""
    company: Company | None = None
    department: Department | None = None
    invited: str = NOT_INVITED

    @property
    def asked(self) -> dict[str, Any]:
        """As plain JSON, and as the fields of a form."""
        said = {
            "q": self.words,
            "company": self.company.pk if self.company else "",
            "department": self.department.pk if self.department else "",
            "invited": self.invited if self.invited != NOT_INVITED else "",
        }
        return {name: value for name, value in said.items() if value}

    @property
    def query(self) -> str:
        return urlencode(self.asked)


def wanted_from(asked: Mapping[str, Any], organisation_id: int) -> Wanted:
    """Two statements at most."""
    company = by_key(Company.objects.filter(organisation_id=organisation_id), asked.get("company"))
    departments = Department.objects.filter(organisation_id=organisation_id, company=company)
    invited = asked.get("invited", "")
    return Wanted(
        words=str(asked.get("q", "")).replace("\0", "").strip()[:100],
        company=company,
        department=by_key(departments, asked.get("department")) if company else None,
        invited=invited if invited in (INVITED, ALL) else NOT_INVITED,
    )


def by_key(rows: models.QuerySet, asked: Any) -> Any:
    key = str(asked or "")
    return rows.filter(pk=int(key)).first() if key.isascii() and key.isdigit() and len(key) < 19 else None


def without_login(organisation_id: int, wanted: Wanted, *, now: datetime, on: date) -> models.QuerySet[Person]:
    """People who work here, or will, and cannot sign in."""
    people = Person.objects.of_organisation(organisation_id).filter(user=None).exclude(left_on__lt=on)
    if wanted.company is not None:
        people = people.filter(company=wanted.company)
    if wanted.department is not None:
        people = people.filter(department__path__startswith=wanted.department.path)
    for word in wanted.words.split():
        people = people.filter(search__contains=fold(word))
    works = Invitation.objects.filter(
        person=models.OuterRef("pk"), state=Invitation.State.OPEN, expires_at__gt=now
    )
    if wanted.invited == NOT_INVITED:
        return people.exclude(models.Exists(works))
    return people.filter(models.Exists(works)) if wanted.invited == INVITED else people


@dataclass(frozen=True)
class Choice:
    """A page of them; `count` goes up to a thousand, one more says that there are more."""

    wanted: Wanted
    page: Page
    count: int
    companies: list[Company]
    departments: list[tuple[Department, str]]


def choice_for(user: User, asked: Mapping[str, Any], *, now: datetime, on: date) -> Choice:
    """Fifty people by 拼音, and what the list can be narrowed to: six statements at most."""
    wanted = wanted_from(asked, user.organisation_id)
    people = without_login(user.organisation_id, wanted, now=now, on=on)
    return Choice(
        wanted=wanted,
        page=page_of(people.for_display(), ORDER, asked, kept=wanted.query),
        count=count_up_to(people),
        companies=list(Company.objects.filter(organisation_id=user.organisation_id)),
        departments=departments_of(wanted.company) if wanted.company else [],
    )


def departments_of(company: Company) -> list[tuple[Department, str]]:
    """Each with its name as the list shows it: moved in under the one above."""
    found = Department.objects.filter(company=company).order_by("path")
    return [(one, "　" * max(0, one.path.count("/") - 1) + one.name) for one in found]


def asked_for(job: Job, *, now: datetime, on: date) -> list[int]:
    """Whom a job is to invite, department by department; whom it invited before a crash is not asked for again."""
    people = Person.objects.of_organisation(job.organisation_id)
    if "picked" in job.arguments:
        people = people.filter(pk__in=job.arguments["picked"])
    else:
        wanted = wanted_from(job.arguments, job.organisation_id)
        people = without_login(job.organisation_id, wanted, now=now, on=on)
    done = Invitation.objects.filter(job=job, person=models.OuterRef("pk"))
    return list(people.exclude(models.Exists(done)).order_by(*BY_PLACE).values_list("pk", flat=True))
