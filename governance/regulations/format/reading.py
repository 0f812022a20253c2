"""One pass over one file: the problems found so far, the codes it defines, the references it makes."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import yaml
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .problems import Problem, RegulationErrors, say

MOST_PROBLEMS = 200  # a file with more is not the kind of file the author thinks it is

KIND_NAMES = {
    "article": pgettext_lazy("regulation file", "article"),
    "chapter": pgettext_lazy("regulation file", "chapter"),
    "office": pgettext_lazy("regulation file", "office"),
    "team": pgettext_lazy("regulation file", "team"),
    "group_type": pgettext_lazy("regulation file", "group type"),
    "question": pgettext_lazy("regulation file", "open question"),
}


@dataclass(frozen=True)
class Place:
    """Where something stands: its path by names and codes, its line and column counted from 1."""

    path: str
    line: int
    column: int


@dataclass(frozen=True)
class Reference:
    """A code that must be defined somewhere in the file."""

    kind: str
    code: str
    place: Place


class Reading:
    """What is gathered while a file is read. Sections ask it where a path stands and tell it what is wrong."""

    def __init__(self, filename: str) -> None:
        self.filename = filename
        self.problems: list[Problem] = []
        self.data: dict[str, Any] = {}
        self._defined: dict[str, dict[str, Place]] = {}
        self._unreadable: set[str] = set()
        self._references: list[Reference] = []
        self._places: dict[str, Place] = {}

    def note(self, path: str, node: yaml.Node) -> Place:
        """Remember where `path` stands."""
        place = Place(path, node.start_mark.line + 1, node.start_mark.column + 1)
        self._places[path] = place
        return place

    def place(self, path: str) -> Place:
        """Where `path` stands; for what is absent, where the nearest thing around it stands."""
        around = path
        while around and around not in self._places:
            cut = max(around.rfind("."), around.rfind("["))
            around = around[:cut] if cut > 0 else ""
        found = self._places.get(around)
        return Place(path, found.line, found.column) if found else Place(path, 1, 1)

    def problem(self, where: Place | str, message: object, expected: object) -> None:
        """Something is wrong at a place or path."""
        place = self.place(where) if isinstance(where, str) else where
        self.problems.append(Problem(self.filename, place.line, place.column, place.path, message, expected))
        if len(self.problems) >= MOST_PROBLEMS:
            raise RegulationErrors(self.problems)

    def define(self, kind: str, code: str | None, place: Place) -> None:
        """This place defines `code`; a second definition is a problem. A code that could not be read is told already:
        then nobody can say which references of that kind lead nowhere."""
        if code is None:
            self._unreadable.add(kind)
            return
        first = self._defined.setdefault(kind, {}).setdefault(code, place)
        if first is not place:
            self.problem(
                place,
                say(_("the {kind} “{code}” is defined twice, first in line {line}"),
                    kind=KIND_NAMES.get(kind, kind), code=code, line=first.line),
                _("every code once"),
            )  # fmt: skip

    def defined(self, kind: str) -> list[str]:
        """The codes of that kind, in the order of the file."""
        return list(self._defined.get(kind, {}))

    def refer(self, kind: str, code: str, place: Place) -> None:
        """This place names a code that must be defined in the file, above or below."""
        self._references.append(Reference(kind, code, place))

    def check_references(self) -> None:
        """Every code named is defined."""
        for reference in self._references:
            known = self.defined(reference.kind)
            if reference.code not in known and reference.kind not in self._unreadable:
                self.problem(
                    reference.place,
                    say(_("the {kind} “{code}” is not in this file"),
                        kind=KIND_NAMES.get(reference.kind, reference.kind), code=reference.code),
                    one_of(known, near=reference.code),
                )  # fmt: skip

    def stop_if_broken(self) -> None:
        """Refuse the file when anything was wrong so far."""
        if self.problems:
            raise RegulationErrors(self.problems)


def one_of(choices: Iterable[str], *, near: str = "") -> object:
    """What could stand there instead: the one that `near` seems to mean, else the first twenty."""
    names = list(choices)
    close = difflib.get_close_matches(near, names, n=1, cutoff=0.7) if near else []
    if close:
        return say(_("“{near}”, perhaps"), near=close[0])
    if not names:
        return _("nothing, as the file defines none")
    shown = ", ".join(names[:20]) + (", …" if len(names) > 20 else "")
    return say(_("one of: {names}"), names=shown)
