"""What many tests build first is built once a process and afterwards copied in, row by row.

Only where a copy is the same as a new one: on SQLite, whose counters a rolled-back test leaves as it found them, and
only as the first thing that a test writes. Everywhere else the builder runs.
"""

import functools
import pickle
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from django.db import connection, transaction

Rows = dict[str, list[tuple]]
P = ParamSpec("P")
T = TypeVar("T")


def copied(build: Callable[P, T]) -> Callable[P, T]:
    """A builder of pickleable objects with pickleable arguments, whose rows are kept for the next test."""
    kept: dict[bytes, tuple[dict[str, int], Rows, bytes]] = {}

    @functools.wraps(build)
    def built(*args: P.args, **kwargs: P.kwargs) -> T:
        if connection.vendor != "sqlite":
            return build(*args, **kwargs)
        key = pickle.dumps((args, sorted(kwargs.items())))
        before = counters()
        if key in kept and kept[key][0] == before:
            _, rows, result = kept[key]
            write(rows)
            return pickle.loads(result)
        highest = {table: highest_row(table) for table in connection.introspection.table_names()}
        result = build(*args, **kwargs)
        if key not in kept:
            kept[key] = (before, read(highest), pickle.dumps(result))
        return result

    return built


def counters() -> dict[str, int]:
    """The last id ever given in each table: whoever has written anything has moved one of them."""
    with connection.cursor() as cursor:
        return dict(cursor.execute("SELECT name, seq FROM sqlite_sequence").fetchall())


def highest_row(table: str) -> int:
    with connection.cursor() as cursor:
        return cursor.execute(f'SELECT COALESCE(MAX(rowid), 0) FROM "{table}"').fetchone()[0]


def read(highest: dict[str, int]) -> Rows:
    """The rows above, as they are stored: a column behind a plus is not turned into a Python type."""
    found = {}
    with connection.cursor() as cursor:
        for table, row in highest.items():
            columns = [column.name for column in connection.introspection.get_table_description(cursor, table)]
            values = ", ".join(f'+"{name}"' for name in columns)
            rows = cursor.execute(f'SELECT {values} FROM "{table}" WHERE rowid > {row} ORDER BY rowid').fetchall()
            if rows:
                found[table] = rows
    return found


def write(rows: Rows) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for table, values in rows.items():
            places = ", ".join(["%s"] * len(values[0]))
            cursor.executemany(f'INSERT INTO "{table}" VALUES ({places})', values)
