"""What a change to a person is called in the change feed, and how somebody is named who acts for another. Pure."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from .models import Change

Facts = Mapping[str, Any]

NAME = ("name",)
PLACE = ("company_id", "department_id", "post", "function", "employment_kind")
CONTACT = ("email", "phone", "wecom_id")
DATES = ("joined_on", "left_on")
FIELDS = (*NAME, *PLACE, *CONTACT, *DATES)


def facts_of(person: object) -> dict[str, Any]:
    """Everything HR may change about a person, by field name."""
    return {field: getattr(person, field) for field in FIELDS}


def has_left(facts: Facts, *, on: date) -> bool:
    """Whether the last working day lies behind us."""
    return facts["left_on"] is not None and facts["left_on"] < on


def picked(before: Facts, after: Facts, fields: tuple[str, ...]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The fields that differ, as they were and as they are."""
    differing = [field for field in fields if before[field] != after[field]]
    return {field: before[field] for field in differing}, {field: after[field] for field in differing}


def changes_of(
    before: Facts | None, after: Facts, *, on: date
) -> Iterator[tuple[Change.Kind, date, dict[str, Any], dict[str, Any]]]:
    """The feed's rows for one person: kind, effective day, and the fields of that fact before and after.

    `before` is None for somebody new. Leaving takes effect on the last working day, joining on the first.
    """
    if before is None:
        yield Change.Kind.JOINED, after["joined_on"] or on, {}, dict(after)
        if after["left_on"] is not None:
            yield Change.Kind.LEFT, after["left_on"], {"left_on": None}, {"left_on": after["left_on"]}
        return
    yield from dates_changed(before, after, on=on)
    for kind, fields in (
        (Change.Kind.RENAMED, NAME),
        (Change.Kind.MOVED, PLACE),
        (Change.Kind.CONTACT, CONTACT),
    ):
        was, became = picked(before, after, fields)
        if became:
            yield kind, on, was, became


def dates_changed(
    before: Facts, after: Facts, *, on: date
) -> Iterator[tuple[Change.Kind, date, dict[str, Any], dict[str, Any]]]:
    """Left, returned, or a joining day that was corrected."""
    was, became = picked(before, after, DATES)
    if not became:
        return
    if "left_on" not in became:
        yield Change.Kind.JOINED, after["joined_on"] or on, was, became
    elif after["left_on"] is not None:
        yield Change.Kind.LEFT, after["left_on"], was, became
    else:
        yield Change.Kind.RETURNED, max(on, after["joined_on"] or on), was, became


def acting_name(name: object, *, absent: object = "", acting: bool = False) -> str:
    """Who decides or decided: a delegate with the absent holder's name, an acting holder marked so."""
    if absent:
        return _("%(name)s (for %(absent)s)") % {"name": name, "absent": absent}
    return _("%(name)s (acting)") % {"name": name} if acting else str(name)


def acted_for(office: str, absent: str) -> str:
    """The office for which somebody acted; a delegate: 代总裁（王某）."""
    return _("for %(office)s (%(absent)s)") % {"office": office, "absent": absent} if absent else office
