"""An answer to an open question as people read it: the labels of what was asked, the names of what was chosen."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from governance.directory.models import Office

from .words import reads_chinese, said


@dataclass(frozen=True)
class Answered:
    """One field of an answer."""

    label: str
    value: str


def office_names(organisation_id: int) -> dict[str, str]:
    """The organisation's offices by code, in the reader's language; of several companies' with one code, one."""
    offices = Office.objects.filter(organisation_id=organisation_id).order_by("code", "company")
    chinese = reads_chinese()
    return {office.code: office.name if chinese else office.name_en or office.name for office in offices}


def in_words(question: dict[str, Any], answers: dict[str, Any], offices: dict[str, str]) -> list[Answered]:
    """Every field that was answered, in the order asked."""
    return [
        Answered(said(ask["label"]), value_in_words(ask, answers[ask["name"]], offices))
        for ask in question.get("asks", [])
        if answers.get(ask["name"]) is not None
    ]


def value_in_words(ask: dict[str, Any], value: Any, offices: dict[str, str]) -> str:
    if ask["kind"] == "choice":
        return next((said(option["label"]) for option in ask["options"] if option["value"] == value), str(value))
    if ask["kind"] == "office":
        return offices.get(value, str(value))
    if ask["kind"] == "days":
        return _("%(days)s working days") % {"days": value}
    if ask["kind"] == "date":
        return day_in_full(str(value))
    return str(value)


def day_in_full(text: str) -> str:
    """A day with its year: an instruction is read years later."""
    found = date.fromisoformat(text)
    # offers: {year}, {month}, {day}
    return _("{iso}").format(iso=found.isoformat(), year=found.year, month=found.month, day=found.day)
