"""Who has confirmed a version and who has not."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from governance.accounts.models import User
from governance.directory.models import Company, Person
from governance.directory.queries import offices_held, person_of
from governance.notifications.ready_text import ready_text

from ..models import Acknowledgement, RegulationVersion

NAMED = 200


@dataclass(frozen=True)
class OfCompany:
    """How many people a company has today, and how many of them have confirmed."""

    company: Company
    people: int
    confirmed: int

    @property
    def waiting(self) -> int:
        return self.people - self.confirmed


@dataclass(frozen=True)
class AcknowledgementsPage:
    """`waiting` are those of the company asked for who have not confirmed, the first two hundred of `left`."""

    version: RegulationVersion
    companies: list[OfCompany]
    people: int
    confirmed: int
    company: Company | None
    waiting: list[Person]
    left: int
    text: str


def acknowledged_at(version: RegulationVersion, user: User) -> datetime | None:
    """When the reader confirmed this version."""
    mine = Acknowledgement.objects.filter(version=version, person=person_of(user)) if person_of(user) else None
    return mine.values_list("acknowledged_at", flat=True).first() if mine is not None else None


def acknowledgements_page(version: RegulationVersion, user: User, asked: str, *, on: date) -> AcknowledgementsPage:
    """Company by company, of those the reader oversees; the names of one company when it is asked for."""
    offices = [office for office in offices_held(user, on=on) if office.oversees]
    people = Person.objects.of_organisation(version.organisation_id).present(on=on)
    if not any(office.company_id is None for office in offices):
        people = people.filter(company__in=[office.company_id for office in offices])
    confirmed = Exists(Acknowledgement.objects.filter(version=version, person=OuterRef("pk")))
    rows = people.annotate(has=confirmed).order_by().values("company")
    counted = {row["company"]: row for row in rows.annotate(all=Count("pk"), yes=Count("pk", filter=Q(has=True)))}
    known = Company.objects.filter(pk__in=counted).order_by("kind", "code")
    companies = [OfCompany(one, counted[one.pk]["all"], counted[one.pk]["yes"]) for one in known]
    chosen = next((one for one in companies if str(one.company.pk) == asked), None)
    waiting = people.filter(~confirmed, company=chosen.company) if chosen else people.none()
    return AcknowledgementsPage(
        version=version,
        companies=companies,
        people=sum(one.people for one in companies),
        confirmed=sum(one.confirmed for one in companies),
        company=chosen.company if chosen else None,
        waiting=list(waiting.for_display().order_by("sort_key", "pk")[:NAMED]) if chosen else [],
        left=chosen.waiting if chosen else 0,
        text=ready_text(
            _("please read “%(title)s” and confirm with one tap that you have."),
            title=str(version),
            path=version.get_absolute_url(),
        ),
    )
