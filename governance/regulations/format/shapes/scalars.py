"""Single values: codes, lines, texts in two languages, numbers, dates, choices, references."""

import re
from datetime import date
from typing import Any

import yaml
from django.utils.translation import gettext_lazy as _

from ..problems import say
from ..reading import Reading, one_of
from .base import MISSING, Shape, is_empty, kind_of

SLUG = r"^[a-z][a-z0-9_-]*$"
CLAUSE = r"^[0-9]{1,3}(\.(p?[0-9]{1,3}|note))*$"
DATE = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"


class Line(Shape):
    """One line of text in one language."""

    expected = _("a line of text; write numbers and dates in quotes")

    def __init__(self, longest: int = 100) -> None:
        self.longest = longest

    def read(self, node: yaml.Node, path: str, reading: Reading) -> str | None:
        place = reading.note(path, node)
        if not isinstance(node, yaml.ScalarNode) or kind_of(node) != "str":
            return self.wrong_type(node, place, reading)
        value = node.value.strip()
        if not value:
            reading.problem(place, _("this is blank"), self.expected)
        elif len(value) > self.longest:
            reading.problem(
                place,
                say(_("this has {n} characters"), n=len(value)),
                say(_("at most {n} characters"), n=self.longest),
            )
        elif not self.fits(value):
            reading.problem(place, say(_("“{value}” does not fit here"), value=value), self.expected)
        else:
            return value
        return MISSING

    def fits(self, value: str) -> bool:
        return "\n" not in value

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "minLength": 1, "maxLength": self.longest}

    def accepts(self, value: Any) -> bool:
        return isinstance(value, str) and 0 < len(value) <= self.longest and self.fits(value)


class Slug(Line):
    """A code of small ASCII letters, digits, _ and -. With `defines`, this is where that code is defined."""

    expected = _("a code: small letters, digits, _ and -, beginning with a letter")

    def __init__(self, longest: int = 40, defines: str = "") -> None:
        super().__init__(longest)
        self.defines = defines

    def read(self, node: yaml.Node, path: str, reading: Reading) -> str | None:
        value = super().read(node, path, reading)
        if self.defines:
            reading.define(self.defines, value, reading.place(path))
        return value

    def fits(self, value: str) -> bool:
        return re.match(SLUG, value) is not None

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": SLUG, "maxLength": self.longest}


class ClauseCode(Slug):
    """The number of an article or item: "4", "4.1", "7.p2" (paragraph), "4.note"."""

    expected = _('a number in quotes such as "4", "4.1" (item), "7.p2" (paragraph) or "4.note"')

    def __init__(self, defines: str = "") -> None:
        super().__init__(20, defines)

    def fits(self, value: str) -> bool:
        return re.match(CLAUSE, value) is not None

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": CLAUSE, "maxLength": self.longest}


class Ref(Line):
    """The code of something defined in the same file."""

    expected = _("the code of something in this file, in quotes where it is a number")

    def __init__(self, kind: str) -> None:
        super().__init__(60)
        self.kind = kind

    def read(self, node: yaml.Node, path: str, reading: Reading) -> str | None:
        value = super().read(node, path, reading)
        if value:
            reading.refer(self.kind, value, reading.place(path))
        return value


class Text(Shape):
    """What people read, in Chinese and in English: {zh: …, en: …}. Kept as written, outer blanks dropped."""

    expected = _("a text in both languages: {zh: …, en: …}")

    def __init__(self, longest: int = 4000) -> None:
        self.longest = longest

    def read(self, node: yaml.Node, path: str, reading: Reading) -> dict[str, str] | None:
        place = reading.note(path, node)
        if not isinstance(node, yaml.MappingNode):
            return self.wrong_type(node, place, reading)
        found: dict[str, str | None] = {}
        for key, value in node.value:
            language = key.value if isinstance(key, yaml.ScalarNode) else ""
            here = f"{path}.{language}"
            if language not in ("zh", "en"):
                reading.problem(
                    reading.note(here, key),
                    say(_("the key “{key}” is not known here"), key=language),
                    one_of(["zh", "en"]),
                )
            elif language in found:
                reading.problem(
                    reading.note(here, key),
                    say(_("the key “{key}” stands here twice"), key=language),
                    _("every key once"),
                )
            else:
                found[language] = self.read_one(value, here, reading)
        for language in ("zh", "en"):
            if language not in found:
                reading.problem(f"{path}.{language}", say(_("“{key}” is missing"), key=language), self.expected)
        return {"zh": found["zh"], "en": found["en"]} if found.get("zh") and found.get("en") else MISSING

    def read_one(self, node: yaml.Node, path: str, reading: Reading) -> str | None:
        line = Line(self.longest)
        line.fits = lambda value: True  # several lines are welcome
        return line.read(node, path, reading)

    def schema(self) -> dict[str, Any]:
        one = {"type": "string", "minLength": 1, "maxLength": self.longest}
        return {
            "type": "object",
            "properties": {"zh": one, "en": one},
            "required": ["zh", "en"],
            "additionalProperties": False,
        }


class Choice(Line):
    """One of a few words."""

    def __init__(self, *words: str) -> None:
        super().__init__(60)
        self.words = words
        self.expected = one_of(words)

    def read(self, node: yaml.Node, path: str, reading: Reading) -> str | None:
        place = reading.note(path, node)
        if not isinstance(node, yaml.ScalarNode) or kind_of(node) != "str":
            return self.wrong_type(node, place, reading)
        if node.value in self.words:
            return node.value
        reading.problem(
            place, say(_("“{value}” does not fit here"), value=node.value), one_of(self.words, near=node.value)
        )
        return MISSING

    def schema(self) -> dict[str, Any]:
        return {"enum": list(self.words)}

    def accepts(self, value: Any) -> bool:
        return value in self.words


class Flag(Shape):
    """true or false."""

    expected = _("true or false")

    def read(self, node: yaml.Node, path: str, reading: Reading) -> bool | None:
        place = reading.note(path, node)
        if kind_of(node) != "bool":
            return self.wrong_type(node, place, reading)
        return node.value.lower() in ("true", "yes", "on")

    def schema(self) -> dict[str, Any]:
        return {"type": "boolean"}

    def accepts(self, value: Any) -> bool:
        return isinstance(value, bool)


class Whole(Shape):
    """A whole number between two bounds, or one word that may stand for it (never)."""

    def __init__(self, low: int, high: int, word: str = "") -> None:
        self.low, self.high, self.word = low, high, word
        numbers = say(_("a whole number from {low} to {high}"), low=low, high=high) if low < high else str(low)
        self.expected = say(_("{numbers}, or: {word}"), numbers=numbers, word=word) if word else numbers

    def read(self, node: yaml.Node, path: str, reading: Reading) -> int | str | None:
        place = reading.note(path, node)
        if self.word and kind_of(node) == "str" and node.value == self.word:
            return self.word
        if kind_of(node) != "int" or not re.fullmatch(r"0|-?[1-9][0-9]{0,8}", node.value):
            return self.wrong_type(node, place, reading)
        if not self.accepts(int(node.value)):
            reading.problem(place, say(_("{n} is out of bounds"), n=node.value), self.expected)
            return MISSING
        return int(node.value)

    def schema(self) -> dict[str, Any]:
        number = {"type": "integer", "minimum": self.low, "maximum": self.high}
        return {"anyOf": [number, {"const": self.word}]} if self.word else number

    def accepts(self, value: Any) -> bool:
        return isinstance(value, int) and not isinstance(value, bool) and self.low <= value <= self.high


class Day(Shape):
    """A date as YYYY-MM-DD, quoted or not, or one word that may stand for it (publication)."""

    def __init__(self, word: str = "") -> None:
        self.word = word
        self.expected = _("a date as YYYY-MM-DD")
        if word:
            self.expected = say(_("a date as YYYY-MM-DD, or: {word}"), word=word)

    def read(self, node: yaml.Node, path: str, reading: Reading) -> str | None:
        place = reading.note(path, node)
        if not isinstance(node, yaml.ScalarNode) or kind_of(node) not in ("str", "timestamp"):
            return self.wrong_type(node, place, reading)
        if node.value == self.word or self.accepts(node.value):
            return node.value
        reading.problem(place, say(_("“{value}” is not a date"), value=node.value), self.expected)
        return MISSING

    def schema(self) -> dict[str, Any]:
        day = {"type": "string", "pattern": DATE}
        return {"anyOf": [day, {"const": self.word}]} if self.word else day

    def accepts(self, value: Any) -> bool:
        if not isinstance(value, str) or not re.match(DATE, value):
            return False
        try:
            date.fromisoformat(value)
        except ValueError:
            return False
        return True


class Plain(Shape):
    """A single value of any plain type: what a choice puts into its place."""

    expected = _("a text, a number, true or false")

    def read(self, node: yaml.Node, path: str, reading: Reading) -> str | int | bool | None:
        place = reading.note(path, node)
        if kind_of(node) == "str" and node.value:
            return node.value
        if kind_of(node) in ("int", "bool") and not is_empty(node):
            return (Flag() if kind_of(node) == "bool" else Whole(-(10**9), 10**9)).read(node, path, reading)
        return self.wrong_type(node, place, reading)

    def schema(self) -> dict[str, Any]:
        return {"type": ["string", "integer", "boolean"]}
