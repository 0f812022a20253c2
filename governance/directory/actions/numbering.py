"""Giving out running numbers."""

from django.db import connection

from governance.accounts.models import Organisation
from governance.workflow import part_of_action

from ..models import NumberSeries

NEXT = f"""
    INSERT INTO {NumberSeries._meta.db_table} AS series (organisation_id, series, year, last) VALUES (%s, %s, %s, 1)
    ON CONFLICT (organisation_id, series, year) DO UPDATE SET last = series.last + 1
    RETURNING last"""


@part_of_action
def next_number(organisation: Organisation, series: str, year: int) -> int:
    """The next number of a series in a year; two callers at once never get the same one.

    Called inside the action's transaction: the row stays locked until it commits, and a rollback gives it back.
    """
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [organisation.pk, series, year])
        return cursor.fetchone()[0]
