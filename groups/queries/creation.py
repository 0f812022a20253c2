"""What a request will mean, before it is submitted: who decides and why, who designates, the name, the members."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count
from django.utils.translation import gettext as _

from governance.directory.models import Office, Person
from governance.directory.names import fold
from governance.directory.queries import holders_of

from ..models import CreationRequest, Group
from ..platforms import Platform, platform_of
from ..rules import RequestFacts, condition_holds, groups_needed, name_complaints
from .expected import Place, exceptional_candidates, expected_members, members_by_function
from .terms import Terms


@dataclass(frozen=True)
class PlannedStep:
    """One office that will have to agree; `holders` are who could decide today (the submitter left out)."""

    office: Office
    article: str
    written: object
    holders: list[Person]


@dataclass(frozen=True)
class Preview:
    """Everything the form shows before submitting. `complaints` are sentences that stand in the way of submitting."""

    terms: Terms
    name: str
    platform: Platform
    expected_count: int
    expected_by_kind: dict[str, int]
    by_function: list[Person]
    candidates: list[Person]
    steps: list[PlannedStep]
    designating_office: Office | None
    filing_office: Office | None
    consenting_office: Office | None
    groups_needed: int
    complaints: list[str] = field(default_factory=list)

    @property
    def no_approver(self) -> bool:
        """Nobody could decide the first step today: it will wait, marked so, with the interpreting office."""
        return bool(self.steps) and not self.steps[0].holders


def preview(terms: Terms, creation_request: CreationRequest, *, on: date) -> Preview:
    """Work out what the request means today. The request may be unsaved."""
    place = Place(creation_request.company, creation_request.department)
    expected = expected_members(terms.type, place, on=on)
    kinds = dict(expected.order_by().values_list("employment_kind").annotate(Count("pk")))
    count = sum(kinds.values())
    facts = RequestFacts(creation_request.name, count, creation_request.external_expected)
    platform = platform_of(terms.type.platform)
    steps, missing = planned_steps(terms, creation_request, facts, on=on)
    designating = (
        terms.office(terms.type.designation.office, creation_request.company) if terms.type.designation else None
    )
    filing = terms.office(terms.type.filing.office, creation_request.company) if terms.type.filing else None
    complaints = name_complaints(creation_request.name, platform=platform, forbidden=terms.type.forbidden_words)
    complaints += taken(creation_request)
    complaints += [_("The office “%(office)s” is not set up yet.") % {"office": code} for code in missing]
    if designating is None:
        complaints.append(_("The regulation names nobody who designates the admin yet."))
    if not creation_request.purpose.strip():
        complaints.append(_("Please say what the group is for."))
    if creation_request.ends_on and creation_request.ends_on < on:
        complaints.append(_("The end date lies in the past."))
    return Preview(
        terms=terms,
        name=creation_request.name,
        platform=platform,
        expected_count=count,
        expected_by_kind=kinds,
        by_function=list(members_by_function(terms.type, place, on=on).for_display()),
        candidates=list(exceptional_candidates(terms.type, place, on=on).for_display()),
        steps=steps,
        designating_office=designating,
        filing_office=filing,
        consenting_office=consenting_office(terms, creation_request, steps),
        groups_needed=groups_needed(count + creation_request.external_expected, platform),
        complaints=complaints,
    )


def planned_steps(
    terms: Terms, creation_request: CreationRequest, facts: RequestFacts, *, on: date
) -> tuple[list[PlannedStep], list[str]]:
    """The steps whose conditions hold, in order, and the codes of offices that do not exist yet."""
    steps, missing = [], []
    for step in terms.type.approval:
        if not condition_holds(step.when, facts):
            continue
        office = terms.office(step.office, creation_request.company)
        if office is None:
            missing.append(step.office)
            continue
        holders = list(holders_of(office, on=on).exclude(pk=creation_request.submitter_id))
        steps.append(PlannedStep(office, step.article, step.written, holders))
    return steps, missing


def consenting_office(terms: Terms, creation_request: CreationRequest, steps: list[PlannedStep]) -> Office | None:
    """Who consents to exceptional members: the office the terms name if it decides here, else the last that decides."""
    if terms.type.consent is None or not steps:
        return None
    for step in steps:
        if step.office.code == terms.type.consent.office:
            return step.office
    return steps[-1].office


def taken(creation_request: CreationRequest) -> list[str]:
    """Whether an open group or a waiting request has the same name, case- and width-blind."""
    folded = fold(creation_request.name)
    organisation = creation_request.organisation_id
    if Group.objects.open().filter(organisation_id=organisation, name_folded=folded).exists():
        return [_("A group of this name exists already.")]
    waiting = CreationRequest.objects.filter(
        organisation_id=organisation, name_folded=folded, state=CreationRequest.State.SUBMITTED
    ).exclude(pk=creation_request.pk)
    return [_("A request for a group of this name is already waiting for a decision.")] if waiting.exists() else []
