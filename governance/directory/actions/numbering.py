"""Giving out running numbers."""

from django.db import transaction
from django.db.models import F

from governance.accounts.models import Organisation

from ..models import NumberSeries


@transaction.atomic
def next_number(organisation: Organisation, series: str, year: int) -> int:
    """The next number of a series in a year; two callers at once never get the same one.

    Called inside the action's transaction: the row stays locked until it commits, and a rollback gives it back.
    """
    NumberSeries.objects.get_or_create(organisation=organisation, series=series, year=year)
    mine = NumberSeries.objects.filter(organisation=organisation, series=series, year=year)
    mine.update(last=F("last") + 1)
    return mine.values_list("last", flat=True).get()
