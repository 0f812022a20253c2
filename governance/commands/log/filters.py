"""What the reader asks the operations log for: who, what, about whom or which group, from when to when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import BigIntegerField, Q, Value
from django.db.models.functions import Cast

from governance.calendar.templatetags.when import organisation_zone
from governance.directory.models import Invitation, Person
from governance.directory.names import fold
from groups.models import Comment, Consent, CreationRequest, Designation, Filing, Group, Inquiry

from .subjects import BY_CODE

LONGEST = 50  # characters of a search
MOST = 200  # people and things of a kind that a search goes into
Subjects = set[tuple[int, int]]  # type and key


@dataclass(frozen=True)
class Filters:
    """`by` is a person's key (from a link), `who` a name, 拼音 or staff number as typed; `about` is `group-12`, with
    all that belongs to it; `q` is the name of a person, group or request, or a request's number."""

    who: str = ""
    by: int | None = None
    kind: str = ""
    about: str = ""
    q: str = ""
    since: date | None = None
    until: date | None = None

    @classmethod
    def read(cls, asked: Mapping[str, Any]) -> "Filters":
        """From a query string, a form or a job's arguments; nonsense counts as not asked."""
        kind, about = str(asked.get("kind") or ""), str(asked.get("about") or "")
        return cls(
            who=words(asked.get("who")),
            by=key(asked.get("by")),
            kind=kind if kind in BY_CODE else "",
            about=about if thing(about) else "",
            q=words(asked.get("q")),
            since=day(asked.get("since")),
            until=day(asked.get("until")),
        )

    @property
    def chosen(self) -> dict[str, str]:
        """Only what was asked for, as a form or a query string holds it."""
        return {name: str(value) for name, value in vars(self).items() if value}

    @property
    def query(self) -> str:
        return urlencode(self.chosen)

    @property
    def from_link(self) -> dict[str, str]:
        """What a link asked for and the form has no field for: it goes along when the form is sent."""
        return {name: value for name, value in self.chosen.items() if name in ("by", "about")}


@dataclass(frozen=True)
class Narrowed:
    """The filters as a condition on events. `too_many`: a search that goes into the first two hundred only."""

    condition: Q = field(default_factory=Q)
    too_many: bool = False


def words(value: object) -> str:
    return str(value or "").replace("\0", "").strip()[:LONGEST]


def key(value: object) -> int | None:
    text = str(value or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def day(value: object) -> date | None:
    """A day as a date field sends it; none before 1971 or after 2199, which no database objects to."""
    try:
        found = date.fromisoformat(str(value or ""))
    except ValueError:
        return None
    return found if 1970 < found.year < 2200 else None


def thing(about: str) -> tuple[str, int] | None:
    """`group-12` as kind and key."""
    kind, _sign, number = about.partition("-")
    found = key(number)
    return (kind, found) if kind in BY_CODE and found else None


def begin_of(on: date) -> datetime:
    """The first moment of a day where the organisation is."""
    return datetime.combine(on, time.min, organisation_zone())


def narrowed(filters: Filters, organisation_id: int) -> Narrowed:
    """Looks up what was typed: at most six statements, whatever they find. No OR over joins: plain keys, which the
    log's own indexes take."""
    condition, too_many = Q(), False
    if filters.since:
        condition &= Q(at__gte=begin_of(filters.since))
    if filters.until:
        condition &= Q(at__lt=begin_of(filters.until + timedelta(days=1)))
    if filters.kind:
        condition &= Q(subject_type=BY_CODE[filters.kind].type_id)
    if filters.by:
        people = Person.objects.of_organisation(organisation_id).filter(Q(pk=filters.by) | Q(merged_into=filters.by))
        condition &= Q(actor__in=list(people.values_list("user_id", flat=True)))
    if filters.who:
        users, more = first_of(called(organisation_id, filters.who).exclude(user=None), "user_id")
        condition &= Q(actor__in=users)
        too_many |= more
    if filters.about:
        kind, number = thing(filters.about)
        condition &= among(with_all_of({(BY_CODE[kind].type_id, number)}))
    if filters.q:
        found, more = found_by(organisation_id, filters.q)
        condition &= among(with_all_of(found))
        too_many |= more
    return Narrowed(condition, too_many)


def called(organisation_id: int, typed: str) -> models.QuerySet[Person]:
    people = Person.objects.of_organisation(organisation_id)
    for word in typed.split():
        people = people.filter(search__contains=fold(word))
    return people


def first_of(rows: models.QuerySet, field_name: str = "pk") -> tuple[list[int], bool]:
    """The keys of the first two hundred, and whether there are more."""
    found = list(rows.order_by("pk").values_list(field_name, flat=True)[: MOST + 1])
    return found[:MOST], len(found) > MOST


def found_by(organisation_id: int, typed: str) -> tuple[Subjects, bool]:
    """People, groups and requests by name; requests by number too."""
    groups, requests = (model.objects.filter(organisation=organisation_id) for model in (Group, CreationRequest))
    for word in typed.split():
        groups = groups.filter(search__contains=fold(word))
        requests = requests.filter(Q(name_folded__contains=fold(word)) | Q(number__contains=word.upper()))
    found: Subjects = set()
    too_many = False
    for rows in (groups, requests, called(organisation_id, typed)):
        keys, more = first_of(rows)
        found |= {(type_of(rows.model), pk) for pk in keys}
        too_many |= more
    return found, too_many


def type_of(model: type[models.Model]) -> int:
    return ContentType.objects.get_for_model(model).pk


def with_all_of(found: Subjects) -> Subjects:
    """The things with what belongs to them, in one statement: to a group its request, designations and filings; to
    a request its consents, comments and opinions asked for; to a person the entries merged into his, invitations,
    logins, consents, opinions asked of him and designations."""
    groups, requests, people = (
        {pk for of, pk in found if of == type_of(model)} or {-1} for model in (Group, CreationRequest, Person)
    )
    of_group = Q(creation_request__group__in=groups) | Q(creation_request__in=requests)
    belonging = (
        CreationRequest.objects.filter(group__in=groups),
        Designation.objects.filter(Q(group__in=groups) | Q(person__in=people)),
        Filing.objects.filter(group__in=groups),
        Consent.objects.filter(of_group | Q(person__in=people)),
        Inquiry.objects.filter(of_group | Q(person__in=people)),
        Comment.objects.filter(of_group),
        Invitation.objects.filter(person__in=people),
    )
    entries = Q(pk__in=people) | Q(merged_into__in=people)
    logins = Person.objects.filter(entries).exclude(user=None)
    parts = [keyed(Person.objects.filter(entries), type_of(Person), "pk")]
    parts += [keyed(rows, type_of(rows.model), "pk") for rows in belonging]
    parts.append(keyed(logins, type_of(Person._meta.get_field("user").related_model), "user_id"))
    return found | set(parts[0].union(*parts[1:], all=True))


def keyed(rows: models.QuerySet, type_id: int, field_name: str) -> models.QuerySet:
    of, which = Value(type_id, output_field=BigIntegerField()), Cast(field_name, BigIntegerField())
    return rows.order_by().annotate(of=of, which=which).values_list("of", "which")


def among(subjects: Iterable[tuple[int, int]]) -> Q:
    """Events on one of the subjects, kind by kind."""
    by_type: dict[int, list[int]] = {}
    for of, pk in subjects:
        by_type.setdefault(of, []).append(pk)
    condition = Q(pk__in=[])
    for of, keys in sorted(by_type.items()):
        condition |= Q(subject_type=of, subject_id__in=sorted(keys))
    return condition
