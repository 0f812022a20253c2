"""Reading regulations: which version is in force, with the answers to its open questions laid over it."""

from datetime import date
from typing import Any

from django.db import models

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
