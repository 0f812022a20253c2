"""Writing messages by the thousand, in the caller's transaction: the database makes them from what it holds."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from ..digests import MOST_LINES
from ..models import Delivery, Notice

COLUMNS = "organisation_id, person_id, kind, subject_type_id, subject_id, path, parameters, key, created_at"
# How each database builds JSON. `{lines}` are rows with their `line` and `place`; a condition chooses among them.
OBJECT = {"postgresql": "jsonb_build_object", "sqlite": "json_object"}
GATHERED = {
    "postgresql": "COALESCE(jsonb_agg(line ORDER BY place) FILTER (WHERE {condition}), '[]'::jsonb)",
    "sqlite": "json_group_array(json(line)) FILTER (WHERE {condition})",
}
ISO = {"postgresql": "to_jsonb({moment})", "sqlite": "{moment} || '+00:00'"}


def as_stored(moment: datetime) -> object:
    """A moment as Django stores it: SQLite compares texts."""
    return connection.ops.adapt_datetimefield_value(moment)


# A mail, waiting since a moment, for each row of `notice` whose reader has an address.
MAILS = f"""
    INSERT INTO {Delivery._meta.db_table} (notice_id, channel, state, attempts, next_try_at, complaint)
    SELECT notice.id, '{Delivery.Channel.EMAIL}', '{Delivery.State.QUEUED}', 0, %s, ''
    FROM notice JOIN directory_person person ON person.id = notice.person_id AND person.email <> ''"""


def json_object(**values: str) -> str:
    """SQL for a JSON object of SQL expressions."""
    pairs = ", ".join(f"'{name}', {value}" for name, value in values.items())
    return f"{OBJECT[connection.vendor]}({pairs})"


def iso(moment: str) -> str:
    """SQL for a moment as it stands in a notice's parameters."""
    return ISO[connection.vendor].format(moment=moment)


def digest_json() -> str:
    """SQL for the parameters of a digest, over the rows of one reader: each with its `line` (JSON), whether it is the
    reader's `own` matter, and its `place` in the list from 1, own matters first."""
    gathered = GATHERED[connection.vendor]
    return json_object(
        count="COUNT(*)",
        own=gathered.format(condition=f"own AND place <= {MOST_LINES}"),
        others=gathered.format(condition=f"NOT own AND place <= {MOST_LINES}"),
        rest=f"CASE WHEN COUNT(*) > {MOST_LINES} THEN COUNT(*) - {MOST_LINES} ELSE 0 END",
    )


def write_notices(select: str, asked: Sequence[object]) -> int:
    """Write what the statement selects, in the order of COLUMNS, and leave alone what was told before; how many."""
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {Notice._meta.db_table} ({COLUMNS}) {select} ON CONFLICT DO NOTHING", list(asked))
        return cursor.rowcount


def newest_notice() -> int:
    """The key of the newest notice there is."""
    return Notice.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def queue_mails(*, after: int, organisation_id: int, now: datetime) -> None:
    """A mail for each notice of that moment written since, to readers who have an address: one statement."""
    queue_mails_where("notice.id > %s AND notice.organisation_id = %s", [after, organisation_id], now=now)


def queue_mails_of(keys: Sequence[str], *, now: datetime) -> None:
    """A mail for each notice of that moment with one of these keys, in the same way."""
    queue_mails_where(f"notice.key IN ({', '.join(['%s'] * len(keys))})", keys, now=now)


def queue_mails_where(condition: str, asked: Sequence[object], *, now: datetime) -> None:
    mails = MAILS.replace("FROM notice", f"FROM {Notice._meta.db_table} notice")
    statement = f"{mails} WHERE {condition} AND notice.created_at = %s ON CONFLICT DO NOTHING"
    with connection.cursor() as cursor:
        cursor.execute(statement, [as_stored(now), *asked, as_stored(now)])
