"""Setting columns of many rows, each row to its own values, in one statement."""

import json
from collections.abc import Sequence

from django.db import connection, models

ROWS = {"postgresql": "jsonb_array_elements(%s::jsonb) AS given(value)", "sqlite": "json_each(%s) AS given"}
VALUE = {"postgresql": "CAST(given.value->>{place} AS {type})", "sqlite": "json_extract(given.value, '$[{place}]')"}


def set_each(model: type[models.Model], fields: Sequence[str], rows: Sequence[tuple]) -> None:
    """Set the fields of each row (primary key, value of each field): one statement, one parameter, however many.

    Django's `bulk_update()` writes a branch of a CASE for every row and field.
    """
    if not rows:
        return
    columns = [model._meta.get_field(name) for name in fields]
    given = [[pk, *(as_stored(*pair) for pair in zip(columns, values, strict=True))] for pk, *values in rows]
    quote, vendor = connection.ops.quote_name, connection.vendor
    table = quote(model._meta.db_table)
    settings = ", ".join(
        f"{quote(column.column)} = {VALUE[vendor].format(place=place, type=type_of(column))}"
        for place, column in enumerate(columns, start=1)
    )
    key = VALUE[vendor].format(place=0, type="bigint")
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {settings} FROM {ROWS[vendor]} WHERE {table}.{quote('id')} = {key}",
            [json.dumps(given, default=str)],
        )


def as_stored(column: models.Field, value: object) -> object:
    return None if value is None else column.get_db_prep_save(value, connection)


def type_of(column: models.Field) -> str:
    return column.rel_db_type(connection) if column.is_relation else column.db_type(connection)
