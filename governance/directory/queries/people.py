"""Lists of people, one person's page, and finding somebody by what was typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from governance.accounts.models import Organisation, User
from governance.paging import Page, count_up_to, page_of

from ..importing.sentences import listed
from ..models import Change, Company, EmploymentKind, Person, Tenure
from ..names import fold

ORDER = ("sort_key", "pk")
PRESENT, LEFT, COMING = "present", "left", "coming"
MOST_CANDIDATES = 8


@dataclass(frozen=True)
class Wanted:
    """What the list was asked for; what makes no sense is as if it had not been asked."""

    words: str = ""
    company: Company | None = None
    kind: str = ""
    presence: str = PRESENT

    @property
    def query(self) -> str:
        """The same as a query string, for the links of the pages."""
        asked = {
            "q": self.words,
            "company": self.company.pk if self.company else "",
            "kind": self.kind,
            "presence": self.presence if self.presence != PRESENT else "",
        }
        return urlencode({name: value for name, value in asked.items() if value})

    @property
    def is_narrowed(self) -> bool:
        return bool(self.query)


def wanted_from(asked: Mapping[str, str], companies: list[Company], *, sees_files: bool) -> Wanted:
    """`sees_files`: may look at kinds of employment and at people who have left."""
    kind, presence = asked.get("kind", ""), asked.get("presence", "")
    return Wanted(
        words=asked.get("q", "").replace("\0", "").strip()[:100],
        company=next((company for company in companies if str(company.pk) == asked.get("company")), None),
        kind=kind if sees_files and kind in EmploymentKind.values else "",
        presence=presence if sees_files and presence in (LEFT, COMING) else PRESENT,
    )


def companies_of(organisation_id: int) -> list[Company]:
    return list(Company.objects.filter(organisation_id=organisation_id))


def people_matching(organisation_id: int, wanted: Wanted, *, on: date) -> models.QuerySet[Person]:
    """People of the organisation as asked for, with department and company."""
    people = Person.objects.of_organisation(organisation_id).unmerged().for_display()
    if wanted.presence == LEFT:
        people = people.filter(left_on__lt=on)
    elif wanted.presence == COMING:
        people = people.filter(joined_on__gt=on)
    else:
        people = people.present(on=on)
    if wanted.company is not None:
        people = people.filter(company=wanted.company)
    if wanted.kind:
        people = people.filter(employment_kind=wanted.kind)
    for word in wanted.words.split():
        people = people.filter(search__contains=fold(word))
    return people


@dataclass(frozen=True)
class PeoplePage:
    """A page of people, and how many there are (counted up to a thousand)."""

    page: Page
    count: int


def people_page(organisation_id: int, wanted: Wanted, asked: Mapping[str, str], *, on: date) -> PeoplePage:
    """Fifty people by 拼音: two statements."""
    people = people_matching(organisation_id, wanted, on=on)
    return PeoplePage(page_of(people, ORDER, asked, kept=wanted.query), count_up_to(people))


def find_person(organisation: Organisation, words: str, *, on: date) -> Person:
    """Somebody present (or coming) by staff number or full name. Raises ValidationError with what to type instead."""
    words = words.replace("\0", "").strip()
    there = Person.objects.of_organisation(organisation.pk).exclude(left_on__lt=on).for_display()
    by_number = there.filter(number__iexact=words).first()
    if by_number is not None:
        return by_number
    named = [person for person in there.filter(search__contains=fold(words))[:500] if fold(person.name) == fold(words)]
    if len(named) == 1:
        return named[0]
    if not named:
        raise ValidationError(_("Nobody has this staff number or exactly this name."))
    places = [f"{person.number} {person.department or person.company}" for person in named[:MOST_CANDIDATES]]
    raise ValidationError(
        _("Several people have this name. Type the staff number: %(candidates)s.") % {"candidates": listed(places)}
    )


def people_visible_to(user: User) -> models.QuerySet[Person]:
    """Colleagues see each other; organisations never."""
    return Person.objects.of_organisation(user.organisation_id).for_display()


def tenures_of(person: Person) -> list[Tenure]:
    """All tenures of a person, the running ones first."""
    return list(
        person.tenures.select_related("office__company", "stands_for__person").order_by(
            models.F("ends_on").desc(nulls_first=True), "-starts_on", "pk"
        )
    )


def recent_changes(person: Person, *, at_most: int = 20) -> list[Change]:
    """What the change feed says of the person, newest first."""
    return list(person.changes.order_by("-pk")[:at_most])
