"""The registry of the file's sections. The core is here; upper apps add theirs from their `ready()`."""

from .format.core import CORE
from .format.section import Section

_registered: dict[str, Section] = {section.key: section for section in CORE}


def register(section: Section) -> None:
    """Add a section (an upper app's `regulation.py`, called once from `ready()`)."""
    already = _registered.setdefault(section.key, section)
    if already is not section:
        raise ValueError(f"the section {section.key} is registered twice")


def registered() -> dict[str, Section]:
    """All sections by key, the core first."""
    return dict(_registered)
