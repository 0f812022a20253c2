"""Who stands in for whom."""

from datetime import date

from django.db import models

from ..models import Person, Tenure


def delegations() -> models.QuerySet[Tenure]:
    """Delegates' tenures with everything a page says of them."""
    return Tenure.objects.exclude(stands_for=None).select_related(
        "office__company",
        "person__department",
        "person__company",
        "person__user",
        "stands_for__person__department",
        "stands_for__person__user",
    )


def standing(*, on: date) -> models.QuerySet[Tenure]:
    """Those that run on that day or are still to come, of people who are there, the earliest first."""
    there = models.Q(person__left_on=None) | models.Q(person__left_on__gte=on)
    holding = models.Q(stands_for__ends_on=None) | models.Q(stands_for__ends_on__gte=on)
    waiting = delegations().filter(there & holding, withdrawn_at=None, ends_on__gte=on)
    return waiting.order_by("starts_on", "office", "pk")


def delegates_of(person: Person, *, on: date) -> list[Tenure]:
    """Who decides for the person, now or later."""
    return list(standing(on=on).filter(stands_for__person=person))


def stands_in_for(person: Person, *, on: date) -> list[Tenure]:
    """For whom the person decides, now or later."""
    return list(standing(on=on).filter(person=person))
