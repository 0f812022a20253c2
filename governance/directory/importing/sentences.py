"""Enumerations inside sentences."""

from collections.abc import Iterable

from django.utils.translation import pgettext


def listed(words: Iterable[object]) -> str:
    """甲、乙、丙."""
    return pgettext("between listed words", ", ").join(str(word) for word in words)
