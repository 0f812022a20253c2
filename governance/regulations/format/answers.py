"""Answers to open questions: whether one is complete, and what the data is with all of them."""

import copy
from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext_lazy as _

from .paths import put, steps_of
from .problems import say
from .reading import one_of
from .shapes import Day, Whole

LONGEST_TEXT = 2000


class AnswerErrors(Exception):
    """The answer is not complete or not possible; `errors` maps the field's name to a lazily translated sentence."""

    def __init__(self, errors: dict[str, object]) -> None:
        super().__init__(errors)
        self.errors = errors


def question_of(data: dict[str, Any], code: str) -> dict[str, Any] | None:
    """The open question with that code."""
    return next((question for question in data.get("open_questions", []) if question["code"] == code), None)


def is_asked(ask: dict[str, Any], answers: dict[str, Any]) -> bool:
    """Whether the field is asked for, with the choices made above it."""
    condition = ask.get("required_if")
    return condition is None or answers.get(condition["field"]) == condition["value"]


def checked_answers(question: dict[str, Any], answers: dict[str, Any], *, offices: Collection[str]) -> dict[str, Any]:
    """The answers in plain JSON, only of what was asked. `offices` are the codes one may choose among.

    Raises AnswerErrors with a sentence for every field that is missing or wrong.
    """
    errors: dict[str, object] = {}
    cleaned: dict[str, Any] = {}
    for ask in question["asks"]:
        value = answers.get(ask["name"])
        if not is_asked(ask, cleaned):
            continue
        if value is None or value == "":
            if not ask["optional"]:
                errors[ask["name"]] = _("Please answer this.")
        elif wrong := wrong_with(ask, value, offices):
            errors[ask["name"]] = wrong
        else:
            cleaned[ask["name"]] = int(value) if ask["kind"] == "days" else str(value).strip()
    for name in answers.keys() - {ask["name"] for ask in question["asks"]}:
        errors[name] = _("This was not asked.")
    if errors:
        raise AnswerErrors(errors)
    return cleaned


def wrong_with(ask: dict[str, Any], value: Any, offices: Collection[str]) -> object | None:
    """What is wrong with one given value, or None."""
    kind, text = ask["kind"], str(value).strip()
    values = [option["value"] for option in ask["options"]]
    if kind == "choice" and text not in values:
        return say(_("Choose {expected}."), expected=one_of(values))
    if kind == "office" and text not in offices:
        return say(_("There is no office with the code “{code}”."), code=text)
    if kind == "days" and not (text.isdecimal() and Whole(0, 250).accepts(int(text))):
        return _("Enter working days, a number from 0 to 250.")
    if kind == "date" and not Day().accepts(text):
        return _("Enter a date as YYYY-MM-DD.")
    if kind == "text" and len(text) > LONGEST_TEXT:
        return say(_("At most {n} characters, please."), n=LONGEST_TEXT)
    return None


def overlay(data: dict[str, Any], answers: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """A copy of the data with the answers in their places. `answers` is {code of the question: {field: value}}.

    An answered question carries its answers under `answers`. Answers to questions the file no longer has are ignored.
    """
    result = copy.deepcopy(data)
    for question in result.get("open_questions", []):
        given = answers.get(question["code"])
        if given is None:
            continue
        question["answers"] = dict(given)
        for ask in question["asks"]:
            value = given.get(ask["name"])
            if ask["sets"] and is_asked(ask, given) and value not in (None, ""):
                put(result, ask["sets"], becoming(ask, value), question=question)
    return result


def becoming(ask: dict[str, Any], value: Any) -> Any:
    """What stands in the data for an answer."""
    for option in ask["options"]:
        if option["value"] == value and option["becomes"] is not None:
            return option["becomes"]
    return value


def unanswered(data: dict[str, Any]) -> list[dict[str, Any]]:
    """The open questions without an instruction, of overlaid data."""
    return [question for question in data.get("open_questions", []) if "answers" not in question]


def asks_setting(data: dict[str, Any], *prefix: tuple[str, str | None]) -> list[dict[str, Any]]:
    """The questions of which an answer goes to that place or below it; a code of None stands for any entry."""

    def leads_there(path: str) -> bool:
        steps = steps_of(path)
        return len(steps) >= len(prefix) and all(
            key == step[0] and code in (None, step[1]) for (key, code), step in zip(prefix, steps, strict=False)
        )

    return [
        question
        for question in data.get("open_questions", [])
        if any(ask["sets"] and leads_there(ask["sets"]) for ask in question["asks"])
    ]
