"""From the text of a regulation file to a checked document, or to everything that is wrong with it."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .. import sections
from .clauses import digests_of
from .clocks import with_default_clocks
from .nodes import nodes_of
from .reading import Reading
from .shapes import Field, Record


@dataclass(frozen=True)
class Document:
    """A checked file. `data` is plain JSON with every key present; `digest` is the SHA-256 of the text.

    `digests` maps "articles" and "open_questions" to {code: digest of that clause's own text}.
    """

    filename: str
    data: dict[str, Any]
    digest: str
    digests: dict[str, dict[str, str]]


def root_shape() -> Record:
    """The whole file: every registered section."""
    return Record(
        {key: Field(section.shape, section.doc, section.required) for key, section in sections.registered().items()}
    )


def read(source: str | bytes, *, filename: str) -> Document:
    """The document, or RegulationErrors with all problems that can be told at once.

    First everything about shapes and references; what must hold between the parts is checked once those are right.
    """
    reading = Reading(filename)
    root = nodes_of(source, reading)
    data = root_shape().read(root, "", reading)
    reading.check_references()
    reading.stop_if_broken()
    reading.data = with_default_clocks(data)
    for section in sections.registered().values():
        section.check(reading)
    reading.stop_if_broken()
    raw = source.encode() if isinstance(source, str) else source
    return Document(filename, reading.data, hashlib.sha256(raw).hexdigest(), digests_of(reading.data))


def fields_of(shape: Any, path: str = "") -> Iterator[str]:
    """Every key the format knows, as a path; lists are written with []."""
    if isinstance(shape, Record):
        for name, field in shape.fields.items():
            here = f"{path}.{name}" if path else name
            yield here
            yield from fields_of(field.shape, here)
    elif hasattr(shape, "item"):
        yield from fields_of(shape.item, f"{path}[]")
