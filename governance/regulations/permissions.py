"""Who loads regulations, who answers what they leave open and what staff ask; checks return who acts or raise."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from governance.accounts.models import User
from governance.calendar.queries import working_time
from governance.directory.models import Company, Office, Person
from governance.directory.permissions import KEEPERS, check_can_keep_directory
from governance.directory.queries import find_office, held, holds, offices_held, person_of
from governance.workflow import NotAllowed

from .models import ArticleQuestion, OpenQuestion, Regulation, RegulationVersion
from .queries import data_with_answers, regulations_of, standing_version, version_in_force
from .rules import interpreting_office


def today_of(user: User) -> date:
    return working_time(user.organisation_id).local_day(timezone.now())


def check_can_load(user: User) -> Office:
    """Regulations are loaded by who keeps people and offices (HR & Administration, at set-up the portal's keeper), and
    by the offices that interpret a regulation of the organisation or supervise all groups under one."""
    try:
        return check_can_keep_directory(user)
    except NotAllowed:
        held = {office.code: office for office in everywhere(offices_held(user, on=today_of(user)))}
    codes = sorted(overseeing_everywhere(user.organisation_id, on=today_of(user))) if held else []
    office = next((held[code] for code in codes if code in held), None)
    if office is None:
        raise NotAllowed(_("Regulations are loaded by HR & Administration and the offices that supervise all groups."))
    return office


def everywhere(offices: list[Office]) -> list[Office]:
    """Those that are no single project company's."""
    return [office for office in offices if office.company is None or office.company.kind == Company.Kind.HEADQUARTERS]


def overseeing_everywhere(organisation_id: int, *, on: date) -> set[str]:
    """The codes of the offices that interpret, or that supervise all groups, under a version in force."""
    found: set[str] = set()
    for regulation in regulations_of(organisation_id):
        version = version_in_force(regulation, on=on)
        if version is not None:
            data = data_with_answers(version)
            found |= {entry["office"] for entry in data["supervises"] if entry["scope"] == "all" and entry["office"]}
            found |= {interpreting_office(data)} - {None}
    return found


def check_can_answer(user: User, question: OpenQuestion) -> Office:
    """The office that is asked. What is asked of nobody is asked at set-up, of who keeps the directory."""
    if question.organisation_id != user.organisation_id:
        raise NotAllowed(_("This question belongs to another organisation."))
    if question.asked_of is None:
        return check_can_keep_directory(user)
    office = held(user, question.asked_of, on=today_of(user))
    if office is None:
        raise NotAllowed(_("This is for %(office)s to answer.") % {"office": question.asked_of})
    return office


def answering_office(regulation: Regulation, data: dict[str, Any]) -> Office | None:
    """Who answers questions on the articles: the interpreting office; HR & Administration while none is named."""
    codes = filter(None, (interpreting_office(data), *KEEPERS))
    found = (find_office(regulation.organisation_id, code) for code in codes)
    return next((office for office in found if office is not None), None)


def check_can_ask(user: User, regulation: Regulation) -> Person:
    """Whoever works here; returns the person who asks."""
    if regulation.organisation_id != user.organisation_id:
        raise NotAllowed(_("This regulation belongs to another organisation."))
    person = person_of(user)
    if person is None:
        raise NotAllowed(_("Only people of the organisation ask: this login stands for nobody."))
    return person


def check_can_interpret(user: User, regulation: Regulation) -> Office:
    """The office that interprets the regulation answers what is asked and publishes interpretations."""
    if regulation.organisation_id != user.organisation_id:
        raise NotAllowed(_("This regulation belongs to another organisation."))
    version = standing_version(regulation, on=today_of(user))
    office = answering_office(regulation, data_with_answers(version)) if version else None
    if office is None or not holds(user, office, on=today_of(user)):
        raise NotAllowed(_("Questions on this regulation are answered by %(office)s.") % {"office": office or "–"})
    return office


def check_can_take_back(user: User, question: ArticleQuestion) -> None:
    """Only who asked."""
    if person_of(user) is None or question.asked_by_id != person_of(user).pk:
        raise NotAllowed(_("Only who asked takes the question back."))


def check_can_acknowledge(user: User, version: RegulationVersion) -> Person:
    """Whoever works here, for the version in force; returns the person."""
    person = check_can_ask(user, version.regulation)
    if version_in_force(version.regulation, on=today_of(user)) != version:
        raise NotAllowed(_("Only the version in force is confirmed."))
    return person


def check_can_see_acknowledgements(user: User) -> Office:
    """The offices that oversee groups, everywhere or in their own company."""
    office = next((office for office in offices_held(user, on=today_of(user)) if office.oversees), None)
    if office is None:
        raise NotAllowed(_("Who has read it is seen by the offices that supervise groups."))
    return office
