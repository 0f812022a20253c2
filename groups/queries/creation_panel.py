"""The preview beside the form, in words: what submitting this request would bring about."""

from dataclasses import dataclass, replace
from datetime import date

from governance.accounts.models import User
from governance.directory.models import Office, Person
from governance.directory.queries import own_holders_of

from ..models import CreationRequest, Group
from ..terms import DesignationTerms
from ..wording import Basis, basis_of, said
from .creation import PlannedStep, Preview
from .expected import expected_members
from .listing import Listed, listed
from .waiting import nobody_sentence


@dataclass(frozen=True)
class StepLine:
    """An office that will have to agree: why, who holds it today, or what happens when nobody can decide."""

    office: Office
    basis: Basis
    conditional: bool
    people: list[Person]
    nobody: str


@dataclass(frozen=True)
class PreviewPanel:
    """Everything the preview says. `clash_url` leads to what has the name already, where the reader may see it."""

    seen: Preview
    steps: list[StepLine]
    designation: Basis
    default_post: str
    default_people: list[Person]
    filing: Basis
    filing_days: int
    consent: Basis
    members: Basis
    member_labels: list[str]
    members_note: str
    expected: Listed
    by_function_as: str
    clash_url: str


def panel_of(seen: Preview, user: User, *, on: date) -> PreviewPanel:
    """The preview for this reader."""
    rules = seen.terms.type
    post, people = proposed_admin(seen, rules.designation, on=on)
    fallback = seen.terms.interpreting_office if any(not step.holders for step in seen.steps) else None
    told: set[str] = set()
    return PreviewPanel(
        seen=seen,
        steps=[step_line(step, fallback, told) for step in seen.steps],
        consent=once(basis_of(rules.consent), told),
        members=once(basis_of(rules.members), told),
        designation=once(basis_of(rules.designation), told),
        default_post=post,
        default_people=people,
        filing=once(basis_of(rules.filing), told),
        filing_days=rules.filing.within_days if rules.filing else 0,
        member_labels=[said(selector.label) for selector in rules.members.mandatory],
        members_note=said(rules.members.note),
        expected=listed(expected_members(rules, seen.place, on=on), seen.expected_by_kind),
        by_function_as=said(rules.by_function_as),
        clash_url=clash_url(seen.clash, user, on=on),
    )


def once(basis: Basis, told: set[str]) -> Basis:
    """The same basis; an article whose text was told above is only named."""
    if basis.written in told:
        return replace(basis, written="")
    told.add(basis.written)
    return basis


def step_line(step: PlannedStep, fallback: Office | None, told: set[str]) -> StepLine:
    nobody = "" if step.holders else nobody_sentence(step.office, only_submitter=step.only_submitter, fallback=fallback)
    conditional = getattr(step.rule, "when", None) is not None
    return StepLine(step.office, once(basis_of(step.rule), told), conditional, step.holders, nobody)


def proposed_admin(seen: Preview, rule: DesignationTerms | None, *, on: date) -> tuple[str, list[Person]]:
    """The post that the type proposes as admin, and who holds it today."""
    office = seen.terms.office(rule.default_post, seen.place.company) if rule and rule.default_post else None
    return (str(office), list(own_holders_of(office, on=on))) if office else ("", [])


def clash_url(clash: Group | CreationRequest | None, user: User, *, on: date) -> str:
    """Where the thing of the same name is; nothing when the reader may not see it."""
    if clash is None or not type(clash).objects.visible_to(user, on=on).filter(pk=clash.pk).exists():
        return ""
    return clash.get_absolute_url()
