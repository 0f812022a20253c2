"""Whose password HR alone may not set anew: with such a login one decides, consents, or sets others' passwords."""

from dataclasses import dataclass
from datetime import date

from governance.directory.models import Office, Person
from governance.directory.permissions import CONFIDANTS, everywhere
from governance.directory.queries import holders_of
from governance.directory.queries.holding import offices_of
from governance.register.panels import data_in_force
from groups.terms import terms_of

CONSENTING = ("hr_admin", "presidents_office")  # in this order


def guarding_offices(person: Person, *, on: date) -> list[Office]:
    """The offices for whose sake the person's login is guarded: those that approve or consent by the regulation, the
    executives', HR & Administration, the President's Office and the portal's keeper. Empty for everybody else."""
    held = offices_of(person, on=on)
    approving = approving_codes(person.organisation_id, on=on) if held else set()
    return [office for office in held if office.executive or office.code in approving or office.code in CONFIDANTS]


def approving_codes(organisation_id: int, *, on: date) -> set[str]:
    """The codes of the offices that a regulation in force lets approve, or consent to single members."""
    types = [terms for data in data_in_force(organisation_id, on=on) for terms in terms_of(data).values()]
    rules = [rule for terms in types for rule in (*terms.approval, terms.consent) if rule is not None]
    return {rule.office for rule in rules if rule.office}


@dataclass(frozen=True)
class Consenter:
    """Who is asked: an office, or one person of it where the person concerned holds it too."""

    to: Office | Person
    fallback: Office | None


def consenter(person: Person, asking: Person | None, *, on: date) -> Consenter | None:
    """A second person of HR & Administration, else of the President's Office; None when there is nobody who can sign in
    besides who asks and whom it concerns."""
    offices = everywhere(
        Office.objects.filter(organisation=person.organisation_id, code__in=CONSENTING).select_related("company"),
        CONSENTING,
    )
    for office in sorted(offices, key=lambda office: CONSENTING.index(office.code)):
        holders = [holder for holder in holders_of(office, on=on) if holder.user_id and holder.user.is_active]
        others = [holder for holder in holders if holder not in (person, asking)]
        if others and person not in holders:
            fallback = next((other for other in offices if other.code == CONSENTING[-1] and other != office), None)
            return Consenter(office, fallback)
        if others:
            return Consenter(others[0], None)
    return None
