"""How each kind of notice is worded, in the reader's language at the time of reading."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from .models import Notice


@dataclass(frozen=True)
class Wording:
    """`title` and `body` are lazy msgids with %(name)s places, filled from the notice's parameters."""

    title: str | Promise
    body: str | Promise = ""


wordings: dict[str, Wording] = {}


def register(kind: str, wording: Wording) -> None:
    """Let an app say how its notices read."""
    wordings[kind] = wording


class Blank(dict):
    """Parameters with nothing for what is missing: a notice is never a stack trace."""

    def __missing__(self, key: str) -> str:
        return ""


def worded(kind: str, parameters: dict[str, Any]) -> tuple[str, str]:
    """Title and body of a notice in the active language."""
    wording = wordings.get(kind)
    if wording is None:
        return str(parameters.get("title", "")), ""
    filled = Blank({name: str(value) for name, value in parameters.items()})
    return str(wording.title) % filled, str(wording.body) % filled


def text_of(notice: Notice) -> tuple[str, str]:
    return worded(notice.kind, notice.parameters)
