"""Reading regulations: which version is in force, with the answers to its open questions laid over it."""

from datetime import date
from typing import Any

from django.db import models

from .format.answers import overlay
from .models import OpenQuestion, Regulation, RegulationVersion


def regulations_of(organisation_id: int) -> models.QuerySet[Regulation]:
    return Regulation.objects.filter(organisation_id=organisation_id)


def version_in_force(regulation: Regulation, *, on: date) -> RegulationVersion | None:
    """The version in force on that day; None before the first one is."""
    return RegulationVersion.objects.filter(regulation=regulation).in_force(on=on).first()


def answers_of(regulation: Regulation) -> dict[str, dict[str, Any]]:
    """The answers given so far, by the code of their question."""
    answered = OpenQuestion.objects.filter(regulation=regulation, state=OpenQuestion.State.ANSWERED)
    return dict(answered.values_list("code", "answers"))


def newest_version(regulation: Regulation) -> RegulationVersion | None:
    """The version loaded last, in force or not yet."""
    return RegulationVersion.objects.filter(regulation=regulation).order_by("-pk").first()


def data_with_answers(version: RegulationVersion) -> dict[str, Any]:
    """The version's data with the answers to its regulation's open questions in their places."""
    return overlay(version.data, answers_of(version.regulation))


def newest_data(organisation_id: int) -> list[dict[str, Any]]:
    """The newest version's data of each regulation, with answers."""
    newest = [newest_version(regulation) for regulation in regulations_of(organisation_id)]
    return [data_with_answers(version) for version in newest if version is not None]


def questions_standing(regulation: Regulation) -> models.QuerySet[OpenQuestion]:
    """The regulation's questions that are asked or answered."""
    return OpenQuestion.objects.filter(regulation=regulation).exclude(state=OpenQuestion.State.SUPERSEDED)
