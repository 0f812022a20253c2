"""What every shape can do."""

import copy
from dataclasses import dataclass
from typing import Any

import yaml
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..problems import say
from ..reading import Place, Reading

MISSING: Any = None  # the value of what could not be read; the problem is already told

FOUND = {
    "tag:yaml.org,2002:map": pgettext_lazy("regulation file", "a mapping"),
    "tag:yaml.org,2002:seq": pgettext_lazy("regulation file", "a list"),
    "tag:yaml.org,2002:str": pgettext_lazy("regulation file", "a text"),
    "tag:yaml.org,2002:int": pgettext_lazy("regulation file", "a number"),
    "tag:yaml.org,2002:float": pgettext_lazy("regulation file", "a number with decimals"),
    "tag:yaml.org,2002:bool": pgettext_lazy("regulation file", "yes or no"),
    "tag:yaml.org,2002:null": pgettext_lazy("regulation file", "nothing"),
    "tag:yaml.org,2002:timestamp": pgettext_lazy("regulation file", "a date"),
}


def kind_of(node: yaml.Node) -> str:
    """The short name of the node's type: str, int, bool, null, map, seq …"""
    return node.tag.rpartition(":")[2]


def is_empty(node: yaml.Node) -> bool:
    """A key with nothing behind it."""
    return kind_of(node) == "null"


class Shape:
    """One kind of value. `expected` is the phrase that tells what should stand there."""

    expected: object = ""

    def read(self, node: yaml.Node, path: str, reading: Reading) -> Any:
        """The value as plain JSON, or MISSING after telling the problem."""
        raise NotImplementedError

    def schema(self) -> dict[str, Any]:
        """The same as JSON Schema."""
        raise NotImplementedError

    def empty(self) -> Any:
        """What stands in the data where the key is left out."""
        return None

    def accepts(self, value: Any) -> bool:
        """Whether the answer to an open question may stand here."""
        return False

    def wrong_type(self, node: yaml.Node, place: Place, reading: Reading) -> Any:
        """Tell that something else stands here than this shape."""
        found = FOUND.get(node.tag, pgettext_lazy("regulation file", "something else"))
        reading.problem(place, say(_("there is {found} here"), found=found), self.expected)
        return MISSING


@dataclass(frozen=True)
class Field:
    """One key of a record. `doc` tells editors what it is for; `default` (else `shape.empty()`) stands where it is left
    out."""

    shape: Shape
    doc: str
    required: bool = False
    default: Any = None

    def absent(self) -> Any:
        """What stands in the data where the key is left out."""
        return self.shape.empty() if self.default is None else copy.deepcopy(self.default)
