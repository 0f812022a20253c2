"""What a regulation's terms say about one request: names, sizes, conditions. Pure functions, no database."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from governance.directory.names import fold

from .platforms import Platform, units

PLACE = re.compile(r"\{(\w+)\}")
OPTIONAL = re.compile(r"\[([^\[\]]*)\]")


@dataclass(frozen=True)
class NameParts:
    """What fills a name template: names as people read them; `year` in four digits."""

    company: str = ""
    department: str = ""
    project: str = ""
    year: str = ""


def final_name(template: str, parts: NameParts) -> str:
    """The group's name from the type's template; what stands in square brackets falls away when its place is blank."""

    def filled(words: str) -> str:
        return PLACE.sub(lambda place: getattr(parts, place[1], ""), words)

    def optional(part: re.Match) -> str:
        return part[1] if all(getattr(parts, place, "") for place in PLACE.findall(part[1])) else ""

    return filled(OPTIONAL.sub(optional, template)).strip()


def name_complaints(name: str, *, platform: Platform, forbidden: Iterable[str] = ()) -> list[str]:
    """What is wrong with a name, each a sentence a person can act on: length on the platform, forbidden words."""
    complaints = []
    if not fold(name):
        complaints.append(_("The group has no name yet."))
    if (length := units(name)) > platform.name_units:
        complaints.append(
            _("The name is too long for the platform: %(length)s of at most %(limit)s (a Chinese character counts 2).")
            % {"length": length, "limit": platform.name_units}
        )
    for word in forbidden:
        if fold(word) in fold(name):
            complaints.append(_("The name must not contain “%(word)s”.") % {"word": word})
    return complaints


def reserved_prefix(template: str) -> str:
    """What the names of a type begin with: its template up to the first place, folded. Other types do not use it."""
    return fold(re.split(r"[{\[]", template, maxsplit=1)[0])


def borrows_prefix(name: str, *, own: str, other: str) -> bool:
    """Whether a name made for the template `own` begins like the names of the template `other`. One character alone
    reserves nothing, nor does a beginning that the own template has itself."""
    prefix = reserved_prefix(other)
    return len(prefix) > 1 and fold(name).startswith(prefix) and not reserved_prefix(own).startswith(prefix)


def groups_needed(expected: int, platform: Platform) -> int:
    """How many numbered groups it takes to hold the expected members; 1 while one is enough."""
    return max(1, -(-expected // platform.members))


def numbered_names(name: str, groups: int) -> list[str]:
    """What so many groups of one kind are called: the name with a running number behind it, （1）, （2）…"""
    return [f"{name}（{number}）" for number in range(1, groups + 1)]


@dataclass(frozen=True)
class RequestFacts:
    """What conditional approval steps look at."""

    name: str
    members: int
    external_members: int
    sensitive: bool = False
    exceptional_members: int = 0
    companies: frozenset[str] = frozenset()  # the company's code, and "headquarters" where it is that


def condition_holds(condition: object | None, facts: RequestFacts) -> bool:
    """Whether a conditional approval step applies; a step without a condition always does."""
    if condition is None:
        return True
    return (
        (condition.external_members and facts.external_members > 0)
        or (condition.more_than is not None and facts.members > condition.more_than)
        or any(fold(word) in fold(facts.name) for word in condition.name_contains)
        or (condition.sensitive and facts.sensitive)
        or (condition.exceptional_members and facts.exceptional_members > 0)
        or bool(facts.companies & set(condition.companies))
    )
