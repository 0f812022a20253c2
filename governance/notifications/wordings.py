"""How each kind of notice is worded, in the reader's language at the time of reading."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, pgettext

from governance.calendar.templatetags.when import MONTHS, organisation_zone

from .models import Notice


@dataclass(frozen=True)
class Wording:
    """`title` and `body` are lazy msgids with %(name)s places, filled from the notice's parameters.

    A body is left out when nothing is there to fill one of its places ("Due %(due)s." without a due time). With the
    parameter `provisional` its due time is marked 暂定.
    """

    title: str | Promise
    body: str | Promise = ""


@dataclass(frozen=True)
class Composed:
    """A notice whose text is made by a function of its parameters; `brief` asks for what a list has room for."""

    compose: Callable[..., tuple[str, str]]


wordings: dict[str, Wording | Composed] = {}
PLACE = re.compile(r"%\((\w+)\)s")
MOMENTS = ("due", "since")  # parameters that hold a time in ISO form


def register(kind: str, wording: Wording | Composed) -> None:
    """Let an app say how its notices read."""
    wordings[kind] = wording


def in_full(at: datetime) -> str:
    """Day and time that stay right however late they are read: 11月26日 18:00, 26 Nov 18:00."""
    local = at.astimezone(organisation_zone())
    pattern = pgettext("date", "{day} {month}")
    day = pattern.format(day=local.day, month=MONTHS[local.month - 1], number=local.month, year=local.year)
    return f"{day} {local:%H:%M}"


def readable(name: str, value: Any) -> str:
    """A parameter as it stands in a sentence."""
    if name in MOMENTS and value:
        try:
            return in_full(datetime.fromisoformat(str(value)))
        except ValueError:
            return str(value)
    return "" if value is None else str(value)


def marked(due: str, provisional: bool) -> str:
    """A due time in words; one that rests on a year nobody has entered yet says so (暂定)."""
    return gettext("%(due)s (provisional)") % {"due": due} if due and provisional else due


def filled(text: str, parameters: dict[str, Any]) -> str:
    """The text with its places filled; a place without a parameter stays empty, a stray % stays itself."""

    def put(place: re.Match[str]) -> str:
        words = readable(place[1], given(place[1], parameters))
        return marked(words, bool(parameters.get("provisional"))) if place[1] == "due" else words

    return PLACE.sub(put, text).replace("%%", "%")


def given(name: str, parameters: dict[str, Any]) -> Any:
    """A parameter; in English its English form, where it has one (`who_en` beside `who`)."""
    english = parameters.get(f"{name}_en") if (get_language() or "zh").startswith("en") else None
    return english or parameters.get(name)


def worded(kind: str, parameters: dict[str, Any], *, brief: bool = False) -> tuple[str, str]:
    """Title and body of a notice in the active language."""
    wording = wordings.get(kind)
    if isinstance(wording, Composed):
        return wording.compose(parameters, brief=brief)
    if wording is None:
        return str(parameters.get("title", "")), ""
    body = str(wording.body)
    whole = all(readable(name, parameters.get(name)) for name in PLACE.findall(body))
    return filled(str(wording.title), parameters), filled(body, parameters) if whole else ""


def text_of(notice: Notice, *, brief: bool = False) -> tuple[str, str]:
    return worded(notice.kind, notice.parameters, brief=brief)
