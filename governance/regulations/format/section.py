"""A section of the regulation file: one key at the top, its shape, and what must hold beyond the shape."""

from collections.abc import Callable
from dataclasses import dataclass

from .reading import Reading
from .shapes import Shape


def nothing_more(reading: Reading) -> None:
    """The shape says it all."""


@dataclass(frozen=True)
class Section:
    """`check` runs once all sections have the right shape; it reads `reading.data`, whose keys are all there, and tells
    problems by path."""

    key: str
    shape: Shape
    doc: str
    required: bool = False
    check: Callable[[Reading], None] = nothing_more
