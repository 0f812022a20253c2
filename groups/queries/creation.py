"""What a request will mean, before it is submitted: who decides and why, who designates, the name, the members."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db.models import Count, Value
from django.utils.translation import gettext as _

from governance.directory.models import Company, Office, Person
from governance.directory.names import fold
from governance.directory.queries import holders_of

from ..models import CreationRequest, Group
from ..platforms import Platform, platform_of, units
from ..rules import (
    RequestFacts,
    borrows_prefix,
    condition_holds,
    groups_needed,
    name_complaints,
    numbered_names,
)
from ..terms import OfficeRule, terms_of
from ..wording import said
from .expected import Place, exceptional_candidates, expected_members, members_by_function
from .terms import Terms

Complaints = dict[str, list[str]]


@dataclass(frozen=True)
class PlannedStep:
    """One office that will have to agree; `holders` are who could decide today (the submitter left out).

    `only_submitter`: the office has holders, but nobody besides the submitter, who may not decide.
    """

    office: Office
    rule: OfficeRule
    holders: list[Person]
    only_submitter: bool = False


@dataclass(frozen=True)
class Preview:
    """Everything the form shows before submitting. `complaints` are sentences that stand in the way of submitting, by
    field of the form; `clash` is the group or the waiting request that has the name already. Who comes by function or
    could come by consent is read when it is asked for."""

    terms: Terms
    place: Place
    on: date
    name: str
    platform: Platform
    expected_count: int
    expected_by_kind: dict[str, int]
    steps: list[PlannedStep]
    designating_office: Office | None
    filing_office: Office | None
    consenting_office: Office | None
    groups_needed: int
    clash: Group | CreationRequest | None = None
    complaints: Complaints = field(default_factory=dict)

    @cached_property
    def by_function(self) -> list[Person]:
        """Who will be in the group because of his function."""
        return list(members_by_function(self.terms.type, self.place, on=self.on).for_display())

    @cached_property
    def candidates(self) -> list[Person]:
        """Who can join by single consent."""
        return list(exceptional_candidates(self.terms.type, self.place, on=self.on).for_display())

    @property
    def name_units(self) -> int:
        """How long the name is on the platform (a Chinese character counts 2)."""
        return units(self.name)

    @property
    def numbered_names(self) -> list[str]:
        """What the groups would be called when one cannot hold everybody; empty while one can."""
        return numbered_names(self.name, self.groups_needed) if self.groups_needed > 1 else []

    @property
    def no_approver(self) -> bool:
        """Nobody could decide the first step today: it will wait, marked so, with the interpreting office."""
        return bool(self.steps) and not self.steps[0].holders


def preview(terms: Terms, creation_request: CreationRequest, *, on: date, exceptional: int | None = None) -> Preview:
    """Work out what the request means today. The request may be unsaved: then `exceptional` says how many people are to
    join by single consent."""
    place = Place(creation_request.company, creation_request.department)
    expected = expected_members(terms.type, place, on=on)
    kinds = dict(expected.order_by().values_list("employment_kind").annotate(Count("pk")))
    count = sum(kinds.values())
    facts = facts_of(terms, creation_request, members=count, exceptional=exceptional)
    steps, missing = planned_steps(terms, creation_request, facts, on=on)
    designating = office_of(terms, terms.type.designation, creation_request)
    clash = taken_by(creation_request)
    complaints = complaints_about(terms, creation_request, on=on, missing=missing, clash=clash, designating=designating)
    platform = platform_of(terms.type.platform)
    return Preview(
        terms=terms,
        place=place,
        on=on,
        name=creation_request.name,
        platform=platform,
        expected_count=count,
        expected_by_kind=kinds,
        steps=steps,
        designating_office=designating,
        filing_office=office_of(terms, terms.type.filing, creation_request),
        consenting_office=consenting_office(terms, steps),
        groups_needed=groups_needed(count + creation_request.external_expected, platform),
        clash=clash,
        complaints=complaints,
    )


def facts_of(
    terms: Terms, creation_request: CreationRequest, *, members: int, exceptional: int | None
) -> RequestFacts:
    """What the conditions of approval steps look at. Exceptional members are counted only where a condition asks."""
    asked = any(step.when and step.when.exceptional_members for step in terms.type.approval)
    if exceptional is None:
        exceptional = creation_request.consents.count() if asked and creation_request.pk else 0
    company = creation_request.company
    codes = {company.code, "headquarters"} if company.kind == Company.Kind.HEADQUARTERS else {company.code}
    return RequestFacts(
        creation_request.name,
        members,
        creation_request.external_expected,
        terms.type.sensitive,
        exceptional_members=exceptional,
        companies=frozenset(codes),
    )


def office_of(terms: Terms, rule: OfficeRule | None, creation_request: CreationRequest) -> Office | None:
    """The office that a rule names, for the requested company."""
    return terms.office(rule.office, creation_request.company) if rule else None


def complaints_about(
    terms: Terms,
    creation_request: CreationRequest,
    *,
    on: date,
    missing: list[str],
    clash: Group | CreationRequest | None,
    designating: Office | None,
) -> Complaints:
    """What stands in the way of submitting, by field; what is about the regulation stands under no field."""
    about_name = about_name_alone(terms, creation_request.name)
    found: Complaints = {
        "name_suffix": about_name + ([clash_sentence(clash)] if clash else []),
        "purpose": [] if creation_request.purpose.strip() else [_("Please say what the group is for.")],
        "__all__": [_("The office “%(office)s” is not set up yet.") % {"office": code} for code in missing],
    }
    if creation_request.ends_on and creation_request.ends_on < on:
        found["ends_on"] = [_("The end date lies in the past.")]
    if designating is None:
        found["__all__"].append(_("The regulation names nobody who designates the admin yet."))
    return {name: sentences for name, sentences in found.items() if sentences}


def about_name_alone(terms: Terms, name: str) -> list[str]:
    """What is wrong with a name by the rules, whoever else may have it: too long, a forbidden word, the beginning that
    is reserved for another type."""
    platform = platform_of(terms.type.platform)
    found = name_complaints(name, platform=platform, forbidden=terms.type.forbidden_words)
    return found + about_prefix(terms, name)


def about_prefix(terms: Terms, name: str) -> list[str]:
    """A sentence where the name begins like the groups of another type."""
    others = [other for other in terms_of(terms.data).values() if other.code != terms.type.code]
    return [
        _("Names that begin like this are reserved for the type “%(type)s”.") % {"type": said(other.name)}
        for other in others
        if other.state != "closed" and borrows_prefix(name, own=terms.type.name_template, other=other.name_template)
    ][:1]


def planned_steps(
    terms: Terms, creation_request: CreationRequest, facts: RequestFacts, *, on: date
) -> tuple[list[PlannedStep], list[str]]:
    """The steps whose conditions hold, in order, and the codes of offices that do not exist yet."""
    steps, missing = [], []
    for rule in terms.type.approval:
        if not condition_holds(rule.when, facts):
            continue
        office = terms.office(rule.office, creation_request.company)
        if office is None:
            missing.append(rule.office)
            continue
        everybody = list(holders_of(office, on=on))
        holders = [holder for holder in everybody if holder.pk != creation_request.submitter_id]
        steps.append(PlannedStep(office, rule, holders, only_submitter=bool(everybody) and not holders))
    return steps, missing


def consenting_office(terms: Terms, steps: list[PlannedStep]) -> Office | None:
    """Who consents to exceptional members: the office the terms name if it decides here, else the last that decides."""
    if terms.type.consent is None or not steps:
        return None
    for step in steps:
        if step.office.code == terms.type.consent.office:
            return step.office
    return steps[-1].office


def taken_by(creation_request: CreationRequest) -> Group | CreationRequest | None:
    """The open group or the waiting request that has the same name, case- and width-blind: one statement, and one more
    where there is such a thing."""
    same = {"organisation_id": creation_request.organisation_id, "name_folded": fold(creation_request.name)}
    groups = Group.objects.open().filter(**same).exclude(creation_request=creation_request.pk)
    waiting = CreationRequest.objects.filter(**same, state=CreationRequest.State.SUBMITTED)
    found = [
        rows.order_by().values_list(Value(place), "pk")
        for place, rows in enumerate((groups, waiting.exclude(pk=creation_request.pk)))
    ]
    for place, pk in sorted(found[0].union(found[1], all=True)):
        return (Group, CreationRequest)[place].objects.filter(pk=pk).first()
    return None


def clash_sentence(clash: Group | CreationRequest) -> str:
    if isinstance(clash, Group):
        return _("A group of this name exists already.")
    return _("A request for a group of this name is already waiting for a decision.")
