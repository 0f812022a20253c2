"""The types of group one may ask for, as cards: name, article, who approves, filed or not, why not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from governance.accounts.models import User
from governance.directory.models import Office
from governance.regulations.models import OpenQuestion, Regulation
from governance.regulations.queries import answers_of, version_in_force
from governance.workflow import refusal

from ..models import GroupType
from ..permissions import check_can_request
from ..terms import overlay, terms_of
from ..wording import Basis, basis_of, said
from .terms import Terms

AMBIGUOUS = "--"  # parts the regulation's code from the type's, where two regulations have a type of the same code


@dataclass(frozen=True)
class TypeCard:
    """One type. `refusal` is why the reader cannot ask for such a group; empty when he can. `approvers` are in order;
    `question` is the open question that an undecided type waits for."""

    slug: str
    name: str
    regulation: str
    article: str
    basis: Basis
    state: str
    approvers: list[tuple[str, bool]]
    filed_with: str
    refusal: str
    question: OpenQuestion | None


def types_of(organisation_id: int) -> list[GroupType]:
    """The types of the organisation's regulations, in the order of the files."""
    types = GroupType.objects.filter(organisation_id=organisation_id, retired=False)
    return list(types.select_related("regulation"))


def slugs_of(types: list[GroupType]) -> dict[str, GroupType]:
    """Every type by its name in addresses: its code, with the regulation's where the code alone is not enough."""
    codes = [found.code for found in types]
    return {
        found.code if codes.count(found.code) == 1 else f"{found.regulation.code}{AMBIGUOUS}{found.code}": found
        for found in types
    }


def slug_of(group_type: GroupType) -> str:
    """The type's name in addresses."""
    slugs = slugs_of(types_of(group_type.organisation_id))
    return next((slug for slug, found in slugs.items() if found.pk == group_type.pk), group_type.code)


def type_called(organisation_id: int, slug: str) -> GroupType | None:
    """The type with that name in addresses."""
    return slugs_of(types_of(organisation_id)).get(slug)


def type_cards(user: User, *, on: date) -> list[TypeCard]:
    """All types, those the user may ask for first. Three statements per regulation, whatever number of types."""
    slugs = slugs_of(types_of(user.organisation_id))
    offices = dict(Office.objects.filter(organisation_id=user.organisation_id).values_list("code", "name"))
    cards = []
    for regulation in {found.regulation_id: found.regulation for found in slugs.values()}.values():
        types = {slug: found for slug, found in slugs.items() if found.regulation_id == regulation.pk}
        cards += cards_under(regulation, types, offices, user, on=on)
    return sorted(cards, key=lambda card: bool(card.refusal))


def cards_under(
    regulation: Regulation, types: dict[str, GroupType], offices: dict[str, str], user: User, *, on: date
) -> Iterator[TypeCard]:
    """The cards of one regulation's types."""
    version = version_in_force(regulation, on=on)
    data = overlay(version.data, answers_of(version)) if version else {}
    names = offices | {entry["code"]: said(entry["name"]) for entry in data.get("offices", [])}
    questions = {found.code: found for found in standing(regulation)}
    all_terms = terms_of(data)
    for slug, group_type in types.items():
        found = all_terms.get(group_type.code)
        terms = Terms(version, found, data) if found else None
        yield card_of(slug, group_type, terms, names, questions, refusal(check_can_request, user, terms))


def standing(regulation: Regulation) -> list[OpenQuestion]:
    return list(OpenQuestion.objects.filter(regulation=regulation, state=OpenQuestion.State.OPEN))


def card_of(
    slug: str,
    group_type: GroupType,
    terms: Terms | None,
    names: dict[str, str],
    questions: dict[str, OpenQuestion],
    why_not: str,
) -> TypeCard:
    rules: Any = terms.type if terms else None
    return TypeCard(
        slug=slug,
        name=str(group_type),
        regulation=str(group_type.regulation),
        article=(rules.article or "") if rules else "",
        basis=Basis(written=said(rules.written), interpreted=said(rules.interpreted_as)) if rules else basis_of(None),
        state=rules.state if rules else "closed",
        approvers=[(names.get(step.office, step.office), step.when is not None) for step in rules.approval]
        if rules
        else [],
        filed_with=names.get(rules.filing.office, rules.filing.office) if rules and rules.filing else "",
        refusal=why_not,
        question=questions.get(rules.question) if rules and rules.state == "undecided" else None,
    )
