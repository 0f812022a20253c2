"""Whom the designating office may choose among, and what stands in the way (Art. 5)."""

from dataclasses import dataclass
from datetime import date

from django.db import models
from django.db.models import Case, Count, Q, Value, When
from django.utils.translation import gettext as _

from governance.accounts.models import User
from governance.directory.models import Office, Person
from governance.directory.names import fold
from governance.directory.queries import own_holders_of

from ..models import Designation, Group
from .terms import Terms

MOST_SUGGESTED = 8
MOST_FOUND = 30


@dataclass(frozen=True)
class Candidate:
    """One person who can be chosen. `note` says why he is offered; `chosen` is the one ticked beforehand."""

    person: Person
    note: str = ""
    chosen: bool = False


def default_holders(group: Group, terms: Terms, *, on: date) -> list[Person]:
    """Who holds the post that the type proposes as admin (Art. 5.3: in principle the marketing manager)."""
    office = default_post(group, terms)
    return list(own_holders_of(office, on=on)) if office else []


def default_post(group: Group, terms: Terms) -> Office | None:
    """The post that the type proposes, of the group's company where it is a company's post."""
    code = terms.type.designation.default_post if terms.type.designation else None
    return terms.office(code, group.company) if code else None


def standing(group: Group) -> Designation | None:
    """The designation in force: waiting for the answer, or accepted."""
    return group.designations.filter(state__in=Designation.IN_FORCE).first()


def was_there_before(group: Group) -> bool:
    """Whether it is an existing group: in use already, so that nobody establishes it any more."""
    return group.creation_request_id is None


def waits_for_admin(group: Group, *, on: date) -> bool:
    """Whether an admin is still to be designated: of a new group, or of an existing one that nobody looks after."""
    if was_there_before(group):
        nobody = group.admin is None or not group.admin.is_present(on=on)
        return group.state == Group.State.ESTABLISHED and nobody and standing(group) is None
    return group.state == Group.State.APPROVED and group.admin_id is None and standing(group) is None


def declined_before(group: Group) -> list[Designation]:
    """Who has declined already, the latest first."""
    return list(group.designations.filter(state=Designation.State.DECLINED).select_related("person__department"))


def designations_visible_to(user: User, *, on: date) -> models.QuerySet[Designation]:
    """The designations of the groups one may see; one's own is among them."""
    groups = Group.objects.visible_to(user, on=on).order_by().values("pk")
    return Designation.objects.filter(organisation_id=user.organisation_id, group__in=groups)


def present_people(group: Group, *, on: date) -> models.QuerySet[Person]:
    """Everybody of the organisation who is there that day, with how many groups he looks after (`looks_after`)."""
    return (
        Person.objects.of_organisation(group.organisation_id)
        .present(on=on)
        .for_display()
        .annotate(looks_after=Count("administered_groups"))
    )


def suggested(group: Group, *, on: date) -> list[Person]:
    """People of the group's department, else of its company: who looks after groups already comes first, then the
    designating office's own department."""
    people = present_people(group, on=on)
    own = group.designating_office.department_id
    near = Q(department__path__startswith=group.department.path) if group.department else Q(company=group.company)
    rank = Case(When(department=own, then=Value(0)), default=Value(1)) if own else Value(1)
    ranked = people.filter(near).annotate(rank=rank).order_by("-looks_after", "rank", "sort_key", "pk")
    return list(ranked[:MOST_SUGGESTED])


def found(group: Group, words: str, *, on: date) -> list[Person]:
    """People of the organisation by name, 拼音, initials or staff number."""
    people = present_people(group, on=on)
    for word in words.split():
        people = people.filter(Q(search__contains=fold(word)) | Q(number__iexact=word))
    return list(people.order_by("sort_key", "pk")[:MOST_FOUND])


def candidates(
    group: Group, terms: Terms, *, on: date, words: str = "", chosen: int | None = None
) -> list[Candidate]:
    """The list to choose from: the default post's holders first, then whoever was chosen, then what was searched for,
    or suggestions while nothing was. Each once; who has declined is never chosen beforehand."""
    defaults = default_holders(group, terms, on=on)
    post = default_post(group, terms)
    declined = {designation.person_id for designation in declined_before(group)}
    if chosen is None:
        chosen = next((person.pk for person in defaults if person.pk not in declined), None)
    kept = present_people(group, on=on).filter(pk=chosen) if chosen else ()
    others = found(group, words, on=on) if words else suggested(group, on=on)
    notes = {person.pk: _("holds the post %(post)s") % {"post": post} for person in defaults}
    people = {person.pk: person for person in [*defaults, *kept, *others]}
    return [
        Candidate(
            person,
            note=_("has declined") if person.pk in declined else notes.get(person.pk) or experience(person),
            chosen=person.pk == chosen,
        )
        for person in people.values()
    ]


def experience(person: Person) -> str:
    """How many groups the person looks after already; nothing for none."""
    return _("looks after groups: %(count)s") % {"count": person.looks_after} if person.looks_after else ""
