"""What the reader asks the register for: words, type, company, step, only the odd ones."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import and_
from typing import Any
from urllib.parse import urlencode

from django.db import models
from django.db.models import Q

from governance.directory.names import fold
from groups.models import Group
from groups.visibility import any_of

from .conditions import ENDED, STEPS, odd

WORDS, LONGEST = 5, 50  # how many words of a search count, and how many characters


@dataclass(frozen=True)
class Filters:
    """`q` is searched as name, 拼音 or initials of the group or its admin; every word must be found."""

    q: str = ""
    type: int | None = None
    company: int | None = None
    step: str = ""
    odd: bool = False

    @classmethod
    def read(cls, asked: Mapping[str, Any]) -> "Filters":
        """From a query string, a form or a job's arguments; nonsense counts as not asked."""
        step = str(asked.get("step") or "")
        return cls(
            q=str(asked.get("q") or "").replace("\0", "").strip()[:LONGEST],
            type=key(asked.get("type")),
            company=key(asked.get("company")),
            step=step if step in STEPS else "",
            odd=str(asked.get("odd") or "") in ("1", "True"),
        )

    @property
    def chosen(self) -> dict[str, str]:
        """Only what was asked for, as a form or a query string holds it."""
        found = {"q": self.q, "type": self.type, "company": self.company, "step": self.step, "odd": int(self.odd)}
        return {name: str(value) for name, value in found.items() if value}

    @property
    def shows_ended(self) -> bool:
        """Whether groups are asked for that have left the register."""
        return self.step in ENDED

    @property
    def query(self) -> str:
        return urlencode(self.chosen)

    def condition(self, *, on: date, now: datetime) -> Q:
        """All of it as one condition on groups."""
        wanted = Q()
        if self.type:
            wanted &= Q(group_type=self.type)
        if self.company:
            wanted &= Q(company=self.company)
        if self.step:
            wanted &= Q(STEPS[self.step][1])
        if self.odd:
            wanted &= odd(on=on, now=now)
        return reduce(and_, map(named, self.words), wanted)

    @property
    def words(self) -> list[str]:
        """The words of the search, folded as the stored keys are."""
        return [word for word in map(fold, unicodedata.normalize("NFKC", self.q).split()[:WORDS]) if word]

    def applied(self, groups: models.QuerySet, *, on: date, now: datetime) -> models.QuerySet:
        return groups.filter(self.condition(on=on, now=now)) if self.chosen else groups


def named(word: str) -> Q:
    """The stored keys are folded and in lower case, so a plain LIKE finds them; its signs are escaped."""
    return any_of(Group, [Q(search__contains=word), Q(admin__search__contains=word)])


def key(value: object) -> int | None:
    text = str(value or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
