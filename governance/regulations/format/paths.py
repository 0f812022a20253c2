"""Where an answer goes: paths into the data that find entries by their code, never by their place in a list.

`group_types[executive_group].submitters[further].office`: in `group_types` the entry with that code, and so on.
"""

import re
from typing import Any

from django.utils.translation import gettext_lazy as _

from .problems import say
from .reading import one_of
from .shapes import ListOf, Record, Shape

STEP = re.compile(r"([a-z_]+)(?:\[([A-Za-z0-9_.-]+)\])?")


class NoSuchPlace(Exception):
    """The path leads nowhere; `message` and `expected` tell at which step."""

    def __init__(self, message: object, expected: object) -> None:
        super().__init__(message)
        self.message = message
        self.expected = expected


def steps_of(path: str) -> list[tuple[str, str | None]]:
    """The path as (key, code of the entry or None)."""
    found: list[tuple[str, str | None]] = []
    for part in re.findall(r"[^.\[]+(?:\[[^\]]*\])?", path):
        match = STEP.fullmatch(part)
        if match is None:
            raise NoSuchPlace(
                say(_("“{part}” is not a step of a path"), part=part),
                _("a path such as group_types[code].designation.office"),
            )
        found.append((match[1], match[2]))
    if not found:
        raise NoSuchPlace(_("the path is blank"), _("a path such as group_types[code].designation.office"))
    return found


def shape_at(root: Record, data: dict[str, Any], path: str) -> Shape:
    """The shape of the single value the path leads to. Raises NoSuchPlace when an answer cannot be put there."""
    shape: Shape = root
    here: Any = data
    for key, code in steps_of(path):
        if not isinstance(shape, Record) or key not in shape.fields:
            known = shape.fields if isinstance(shape, Record) else []
            raise NoSuchPlace(say(_("“{key}” is not a key there"), key=key), one_of(known, near=key))
        shape = shape.fields[key].shape
        here = here.get(key) if isinstance(here, dict) else None
        if isinstance(shape, ListOf):
            here = entry_for_path(shape, here, key, code)
            shape = shape.item
        elif code is not None:
            raise NoSuchPlace(say(_("“{key}” is not a list"), key=key), say(_("{key} without brackets"), key=key))
    if isinstance(shape, Record | ListOf):
        raise NoSuchPlace(_("the path ends before a single value"), one_of(getattr(shape, "fields", [])))
    return shape


def entry_for_path(shape: ListOf, entries: list[dict[str, Any]] | None, key: str, code: str | None) -> Any:
    """The entry the path means; None for one that the answer may add."""
    codes = [entry["code"] for entry in entries or [] if isinstance(entry, dict) and "code" in entry]
    if code is None:
        raise NoSuchPlace(say(_("“{key}” is a list"), key=key), say(_("{key}[code of the entry]"), key=key))
    if code not in codes and not shape.grows:
        raise NoSuchPlace(say(_("“{key}” has no entry “{code}”"), key=key, code=code), one_of(codes, near=code))
    return next((entry for entry in entries or [] if entry.get("code") == code), None)


def put(data: dict[str, Any], path: str, value: Any, *, question: dict[str, Any]) -> None:
    """Put an answer into its place, in place. What holds it now rests on the instruction and no longer on our reading:
    its `interpreted_as` is dropped, `by_question` names the question, an article it lacks is the question's."""
    *way, (leaf, _code) = steps_of(path)
    here = data
    for key, code in way:
        if code is None:
            here[key] = here.get(key) or {}
            here = here[key]
        else:
            entries = here[key] = here.get(key) or []
            entry = next((entry for entry in entries if entry.get("code") == code), None)
            if entry is None:
                entry = {"code": code}
                entries.append(entry)
            here = entry
    here[leaf] = value
    here.update(interpreted_as=None, by_question=question["code"], article=here.get("article") or question["article"])
