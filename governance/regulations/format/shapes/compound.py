"""Records (mappings with known keys) and lists of them."""

from collections.abc import Sequence
from typing import Any

import yaml
from django.utils.translation import gettext_lazy as _

from ..problems import say
from ..reading import Reading, one_of
from .base import MISSING, Field, Shape, is_empty
from .scalars import Ref, Text


class Record(Shape):
    """A mapping with known keys. `some_of`: at least one of these must be there; `only_one`: and no second."""

    expected = _("a mapping: key: value")

    def __init__(
        self, fields: dict[str, Field], *, some_of: Sequence[str] = (), only_one: bool = False, why: object = ""
    ) -> None:
        self.fields = fields
        self.some_of = tuple(some_of)
        self.only_one = only_one
        self.why = why or one_of(some_of)

    def read(self, node: yaml.Node, path: str, reading: Reading) -> dict[str, Any] | None:
        place = reading.note(path, node)
        if not isinstance(node, yaml.MappingNode):
            return self.wrong_type(node, place, reading)
        given = self.read_given(node, path, reading)
        self.check_given(given, path, reading)
        if self.only_one:
            return given
        return {name: given[name] if name in given else field.absent() for name, field in self.fields.items()}

    def empty(self) -> dict[str, Any] | None:
        """A record in which everything may be left out is there all the same, with nothing in it."""
        if self.some_of or any(field.required for field in self.fields.values()):
            return None
        return {name: field.absent() for name, field in self.fields.items()}

    def read_given(self, node: yaml.MappingNode, path: str, reading: Reading) -> dict[str, Any]:
        """The keys that are there and have something behind them."""
        given: dict[str, Any] = {}
        seen: set[str] = set()
        for key, value in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else ""
            here = f"{path}.{name}" if path else name
            if name in seen:
                reading.problem(
                    reading.note(here, key), say(_("the key “{key}” stands here twice"), key=name), _("every key once")
                )
            elif name not in self.fields:
                reading.problem(
                    reading.note(here, key),
                    say(_("the key “{key}” is not known here"), key=name),
                    one_of(self.fields, near=name),
                )
            elif is_empty(value) and not self.fields[name].required:
                reading.note(here, key)
            else:
                given[name] = self.fields[name].shape.read(value, here, reading)
            seen.add(name)
        return given

    def check_given(self, given: dict[str, Any], path: str, reading: Reading) -> None:
        """Everything required is there."""
        for name, field in self.fields.items():
            if field.required and name not in given:
                here = f"{path}.{name}" if path else name
                reading.problem(here, say(_("“{key}” is missing"), key=name), field.shape.expected)
        there = [name for name in self.some_of if name in given]
        if self.some_of and not there:
            reading.problem(path, say(_("neither of these is here: {names}"), names=", ".join(self.some_of)), self.why)
        elif self.only_one and len(there) > 1:
            reading.problem(path, say(_("only one of these may be here: {names}"), names=", ".join(there)), self.why)

    def schema(self) -> dict[str, Any]:
        properties = {name: {"description": field.doc, **field.shape.schema()} for name, field in self.fields.items()}
        schema: dict[str, Any] = {"type": "object", "properties": properties, "additionalProperties": False}
        if required := [name for name, field in self.fields.items() if field.required]:
            schema["required"] = required
        if self.only_one:
            schema["minProperties"] = schema["maxProperties"] = 1
        elif self.some_of:
            schema["anyOf"] = [{"required": [name]} for name in self.some_of]
        return schema


class ListOf(Shape):
    """A list. With `key`, entries are known by that field's value; `code` falls back on it, so that answers find them.

    `grows`: the answer to an open question may add an entry. `may_be_unsaid`: left out and empty are two things.
    """

    expected = _("a list: a dash and a blank before each entry")

    def __init__(
        self, item: Shape, *, key: str = "", filled: bool = False, grows: bool = False, may_be_unsaid: bool = False
    ) -> None:
        self.item = item
        self.key = key
        self.filled = filled
        self.grows = grows
        self.may_be_unsaid = may_be_unsaid

    def read(self, node: yaml.Node, path: str, reading: Reading) -> list[Any] | None:
        place = reading.note(path, node)
        if not isinstance(node, yaml.SequenceNode):
            return self.wrong_type(node, place, reading)
        if self.filled and not node.value:
            reading.problem(place, _("the list is empty"), _("at least one entry"))
        values: list[Any] = []
        codes: dict[str, int] = {}
        for number, entry in enumerate(node.value, 1):
            code = self.code_of(entry)
            here = f"{path}[{code or number}]"
            if code and code in codes:
                reading.problem(
                    reading.note(here, entry),
                    say(_("the code “{code}” is used twice in this list, first in line {line}"),
                        code=code, line=codes[code]),
                    _("every code once; give the entry a code of its own"),
                )  # fmt: skip
                continue
            codes[code] = entry.start_mark.line + 1
            value = self.item.read(entry, here, reading)
            if isinstance(value, dict) and self.key and code:
                value = {**value, "code": code}
            if value is not MISSING:
                values.append(value)
        return values

    def empty(self) -> list[Any] | None:
        return None if self.may_be_unsaid else []

    def code_of(self, entry: yaml.Node) -> str:
        """The code by which the entry is known: its `code`, else the value of `key`."""
        if not self.key or not isinstance(entry, yaml.MappingNode):
            return ""
        plain = {
            key.value: value.value
            for key, value in entry.value
            if isinstance(key, yaml.ScalarNode) and isinstance(value, yaml.ScalarNode)
        }
        return plain.get("code") or plain.get(self.key) or ""

    def schema(self) -> dict[str, Any]:
        schema: dict[str, Any] = {"type": "array", "items": self.item.schema()}
        if self.filled:
            schema["minItems"] = 1
        return schema


def rule(fields: dict[str, Field]) -> Record:
    """A rule: its article, the rule as written where that says more than the article, and how we read it.

    Without an article it must say that it is an interpretation.
    """
    basis = {
        "article": Field(Ref("article"), "Article or item the rule comes from"),
        "written": Field(Text(), "The rule as written, where it is not simply the article's text"),
        "interpreted_as": Field(Text(), "How we read it: shown as ours, changeable"),
    }
    return Record(
        {**fields, **basis},
        some_of=("article", "interpreted_as"),
        why=_("the article the rule comes from, or interpreted_as where no article says it"),
    )
