"""What a new version means beyond the regulation itself: told by the apps above, which know requests and groups."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from governance.directory.models import Person

from .models import Regulation


@dataclass(frozen=True)
class Effects:
    """`sentences` says for the page what the data of a new version changes and what it leaves alone; `people` are
    those who should hear of a new version, whichever it is."""

    sentences: Callable[[Regulation, dict[str, Any]], Iterable[str]]
    people: Callable[[Regulation], Iterable[Person]]


providers: list[Effects] = []


def register(effects: Effects) -> None:
    """Let an app add its part; called in its `ready()`."""
    if effects not in providers:
        providers.append(effects)


def sentences(regulation: Regulation, data: dict[str, Any]) -> list[str]:
    """What the apps above say about a version with that data."""
    return [sentence for effects in providers for sentence in effects.sentences(regulation, data)]


def concerned(regulation: Regulation, *, on: date) -> list[Person]:
    """Whom a new version concerns, those who have left excepted."""
    found = {person.pk: person for effects in providers for person in effects.people(regulation)}
    return [person for person in found.values() if person.is_present(on=on)]
