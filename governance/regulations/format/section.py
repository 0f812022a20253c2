"""A section of the regulation file: one key at the top, its shape, and what must hold beyond the shape."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .reading import Reading
from .shapes import Shape


def nothing_more(reading: Reading) -> None:
    """The shape says it all."""


def nothing_to_store(version: Any, data: dict[str, Any]) -> None:
    """The stored version is enough."""


@dataclass(frozen=True)
class Section:
    """`check` runs once all sections have the right shape; it reads `reading.data`, whose keys are all there, and tells
    problems by path. `store` runs in the transaction that loads a version or takes an answer: it gets the version's row
    and its data with all answers laid over, and brings the app's own rows up to date; running twice changes nothing.
    """

    key: str
    shape: Shape
    doc: str
    required: bool = False
    check: Callable[[Reading], None] = nothing_more
    store: Callable[[Any, dict[str, Any]], None] = nothing_to_store
