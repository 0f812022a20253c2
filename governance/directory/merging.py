"""What two entries of one person leave behind: where a person is named, app by app, without the directory knowing them.

Every foreign key to a person is registered here in its app's `ready()`: it moves to the entry that stays, or it stays
with the pointer, with a reason. A test finds every key that nobody registered.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import models
from django.utils.functional import Promise

from .models import Person

Words = str | Promise
Settle = Callable[[models.QuerySet, datetime], None]
# Given the entry that stays and the one that goes: a sentence why they cannot be one person, or nothing.
Bar = Callable[[Person, Person], str]


@dataclass(frozen=True)
class Reference:
    """A foreign key to a person. `words` say to HR what moves.

    `once`: a person stands there once only for each value of these fields, among the rows that meet `among`; where both
    entries do, the row of the one that goes is settled by `settle` and stays with the pointer, unless `settle` removed
    it or `moves_settled` says that it can move after all.
    `stays`: never moves; the reason, for whoever reads the code.
    """

    model: type[models.Model]
    name: str
    words: Words = ""
    once: tuple[str, ...] = ()
    among: models.Q = field(default_factory=models.Q)
    settle: Settle | None = None
    moves_settled: bool = False
    stays: str = ""

    def rows(self, person: Person) -> models.QuerySet:
        return self.model._base_manager.filter(**{self.name: person}).order_by("pk")

    def clashing(self, merged: Person, kept: Person) -> models.QuerySet:
        """Rows of the one that goes where the other stands already."""
        if not self.once:
            return self.model._base_manager.none()
        beside = {name: models.OuterRef(name) for name in self.once}
        there = self.model._base_manager.filter(self.among, **{self.name: kept}, **beside)
        return self.rows(merged).filter(self.among).filter(models.Exists(there))

    def move(self, merged: Person, kept: Person, *, now: datetime) -> int:
        """Name the entry that stays wherever the other is named; returns how many rows moved."""
        if self.stays:
            return 0
        clashing = list(self.clashing(merged, kept).values_list("pk", flat=True))
        if clashing and self.settle is not None:
            self.settle(self.model._base_manager.filter(pk__in=clashing), now)
        left = [] if self.moves_settled else clashing
        return self.rows(merged).exclude(pk__in=left).update(**{self.name: kept})


Follow = Callable[[Person, Person], None]
references: dict[tuple[type[models.Model], str], Reference] = {}
bars: list[Bar] = []
followers: list[Follow] = []


def register(*found: Reference) -> None:
    """Let an app say where it names people; called in its `ready()`."""
    references.update({(reference.model, reference.name): reference for reference in found})


def register_bar(bar: Bar) -> None:
    """Let an app say what two entries cannot have done if they are one person."""
    if bar not in bars:
        bars.append(bar)


def register_follower(follow: Follow) -> None:
    """Let an app mend what names a person otherwise than by a foreign key; given the pointer and the entry kept."""
    if follow not in followers:
        followers.append(follow)


def bars_for(kept: Person, merged: Person) -> list[str]:
    """Why these cannot be one person: sentences; none when nothing speaks against it."""
    return [sentence for sentence in (bar(kept, merged) for bar in bars) if sentence]


def move_all(merged: Person, kept: Person, *, now: datetime) -> dict[str, int]:
    """Move every reference; returns how many rows moved, by what they are (`groups.Group.admin`)."""
    moved = {
        f"{reference.model._meta.label}.{reference.name}": reference.move(merged, kept, now=now)
        for reference in references.values()
    }
    for follow in followers:
        follow(merged, kept)
    return {what: count for what, count in moved.items() if count}
