"""The shapes of which the format is made. One declaration reads, tells what is wrong, and writes the JSON Schema."""

from .base import MISSING, Field, Shape
from .compound import ListOf, Record, rule
from .scalars import Choice, ClauseCode, Day, Flag, Line, Plain, Ref, Slug, Text, Whole

__all__ = [
    "MISSING",
    "Choice",
    "ClauseCode",
    "Day",
    "Field",
    "Flag",
    "Line",
    "ListOf",
    "Plain",
    "Record",
    "Ref",
    "Shape",
    "Slug",
    "Text",
    "Whole",
    "rule",
]
