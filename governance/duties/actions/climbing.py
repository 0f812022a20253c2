"""Which rungs of their ladders the open duties have reached, whose due dates moved, and who is to be told: rows, not
messages yet.

Nothing is noted on a duty. What stands reached follows from its days and the calendar alone, and a reminder's row is
what says that it was told; so a sweep that was missed, killed or run twice leaves nothing to repair.
"""

import json
from collections.abc import Collection
from datetime import date, datetime

from django.db import connection, models
from django.db.models.functions import TruncDate

from governance.calendar.rules import WorkingTime

from ..ladders import HOLDER, MOVED, reached, told_since
from ..models import Duty
from ..queries import authority_on

Times = dict[int | None, WorkingTime]

NO_CALENDAR, NO_DUE_DAY = 0, "1970-01-01 00:00:00"  # NULL compares with nothing

# What stands reached, one line for each kind of duty: [ladder, calendar, opening day, due time, rung, role, day, the
# first day on which the same may have been told while the calendar said otherwise].
SAID = {
    "postgresql": """
        SELECT value->>0 AS ladder, (value->>1)::bigint AS calendar_id, (value->>2)::date AS opened_on,
               (value->>3)::timestamptz AS due_at, value->>4 AS rung, value->>5 AS role,
               (value->>6)::date AS reached_on, (value->>7)::date AS told_since
        FROM jsonb_array_elements(%s::jsonb)""",
    "sqlite": """
        SELECT json_extract(value, '$[0]') AS ladder, json_extract(value, '$[1]') AS calendar_id,
               json_extract(value, '$[2]') AS opened_on, json_extract(value, '$[3]') AS due_at,
               json_extract(value, '$[4]') AS rung, json_extract(value, '$[5]') AS role,
               json_extract(value, '$[6]') AS reached_on, json_extract(value, '$[7]') AS told_since
        FROM json_each(%s)""",
}
TOLD = {"postgresql": "d.tells->>said.role", "sqlite": "json_extract(d.tells, '$.' || said.role)"}
NO_DUE = {"postgresql": "timestamptz '1970-01-01 00:00:00+00'", "sqlite": f"'{NO_DUE_DAY}'"}

INSERT = """
    WITH said AS ({said}),
    authority AS ({authority}),
    standing AS ({standing})
    INSERT INTO duties_reminder (duty_id, person_id, rung, reached_on)
    SELECT DISTINCT * FROM ({audiences}) AS everybody WHERE true ON CONFLICT {otherwise}"""
WAITING = """
        SELECT d.id AS duty_id, d.office_id, d.person_id, COALESCE(d.barred_id, 0) AS barred_id, d.fallback_office_id,
               said.rung, said.reached_on, said.role, {told} AS told
        FROM said JOIN duties_duty d
          ON d.ladder = said.ladder AND d.opened_on = said.opened_on
         AND COALESCE(d.calendar_id, 0) = said.calendar_id AND COALESCE(d.due_at, {no_due}) = said.due_at
        WHERE d.organisation_id = %s AND d.closed_at IS NULL AND d.ladder <> ''
          AND NOT EXISTS (
            SELECT 1 FROM duties_reminder told
            WHERE told.duty_id = d.id AND told.rung = said.rung AND told.reached_on >= said.told_since)"""
# Duties whose due date moved; who was told of it today before it moved once more is told again.
KEYS = {"postgresql": "SELECT value::bigint AS id FROM jsonb_array_elements_text(%s::jsonb)",
        "sqlite": "SELECT value AS id FROM json_each(%s)"}  # fmt: skip
MOVING = f"""
        SELECT d.id AS duty_id, d.office_id, d.person_id, COALESCE(d.barred_id, 0) AS barred_id, d.fallback_office_id,
               '{MOVED}' AS rung, %s AS reached_on, '{HOLDER}' AS role
        FROM said JOIN duties_duty d ON d.id = said.id AND d.closed_at IS NULL"""
AGAIN = "(duty_id, person_id, rung, reached_on) DO UPDATE SET notice_id = NULL"
PRESENT = "(person.left_on IS NULL OR person.left_on >= %s)"
IS_HOLDER = """(
    standing.person_id IS NOT NULL AND standing.person_id = {who}
    OR standing.person_id IS NULL AND {who} <> standing.barred_id AND EXISTS (
        SELECT 1 FROM authority own WHERE own.office_id = standing.office_id AND own.person_id = {who}))"""
# Whom a rung tells; each branch asks the day as often as PRESENT stands in it.
AUDIENCES = (
    # Whoever has the duty himself, or holds its office today,
    f"""SELECT duty_id, person.id AS person_id, rung, reached_on FROM standing
        JOIN directory_person person ON person.id = standing.person_id AND {PRESENT}
        WHERE role = 'holder'""",
    """SELECT duty_id, authority.person_id, rung, reached_on FROM standing
       JOIN authority ON authority.office_id = standing.office_id AND authority.person_id <> standing.barred_id
       WHERE role = 'holder' AND standing.person_id IS NULL""",
    # or, where nobody can take it up, holds the office with which it lies meanwhile.
    f"""SELECT duty_id, authority.person_id, rung, reached_on FROM standing
        JOIN authority ON authority.office_id = standing.fallback_office_id
         AND authority.person_id <> standing.barred_id
        WHERE role = 'holder'
          AND NOT EXISTS (SELECT 1 FROM directory_person person WHERE person.id = standing.person_id AND {PRESENT})
          AND (standing.person_id IS NOT NULL OR NOT EXISTS (
            SELECT 1 FROM authority own
            WHERE own.office_id = standing.office_id AND own.person_id <> standing.barred_id))""",
    # The office or the person that hears of lateness, but for who is late himself: he is reminded of it.
    f"""SELECT duty_id, authority.person_id, rung, reached_on FROM standing
        JOIN authority ON standing.told = 'office:' || authority.office_id
        WHERE NOT {IS_HOLDER.format(who="authority.person_id")}""",
    f"""SELECT duty_id, person.id AS person_id, rung, reached_on FROM standing
        JOIN directory_person person ON standing.told = 'person:' || person.id AND {PRESENT}
        WHERE NOT {IS_HOLDER.format(who="person.id")}""",
    # For an office that nobody holds, again the one with which such things lie.
    f"""SELECT duty_id, authority.person_id, rung, reached_on FROM standing
        JOIN authority ON authority.office_id = standing.fallback_office_id
        WHERE standing.told LIKE 'office:%%'
          AND NOT EXISTS (SELECT 1 FROM authority there WHERE standing.told = 'office:' || there.office_id)
          AND NOT {IS_HOLDER.format(who="authority.person_id")}""",
)
EVERYBODY = " UNION ALL ".join(AUDIENCES)
HOLDERS = " UNION ALL ".join(AUDIENCES[:3])


def climb_all(organisation_id: int, times: Times, *, now: datetime) -> int:
    """Write a reminder for every rung that stands reached and was not told; returns how many. Only where it is working
    time. Three statements, whatever the number of duties: they are told apart by their days, what those days mean is
    worked out in memory, and one statement writes the rows.
    """
    said = standing_rungs(organisation_id, times, now=now)
    return insert(said, organisation_id, times[None].local_day(now)) if said else 0


def standing_rungs(organisation_id: int, times: Times, *, now: datetime) -> list[list[object]]:
    """What the open duties have reached, by the days they share: two statements."""
    climbing = Duty.objects.open().exclude(ladder="").filter(organisation_id=organisation_id)
    fill_in_opening_days(climbing, times)
    kinds = climbing.filter(in_working_time("calendar", times, now)).order_by()
    return [
        [ladder, calendar_id or NO_CALENDAR, opened_on, as_given(due_at), rung.code, rung.to, on, since]
        for ladder, calendar_id, opened_on, due_at in kinds.values_list(
            "ladder", "calendar_id", "opened_on", "due_at"
        ).distinct()
        for rung, on, since in reached_by(ladder, opened_on, due_at, times[calendar_id], now)
    ]


def reached_by(
    ladder: str, opened_on: date, due_at: datetime | None, working: WorkingTime, now: datetime
) -> list[tuple]:
    due_on = working.local_day(due_at) if due_at else None
    found = reached(ladder, opened_on=opened_on, due_on=due_on, today=working.local_day(now), working=working)
    return [(rung, on, told_since(rung, on, opened_on, working)) for rung, on in found]


def fill_in_opening_days(duties: models.QuerySet[Duty], times: Times) -> None:
    """The local day of the opening, where whoever opened the duty left it out (bulk work)."""
    for zone in {working.zone for working in times.values()}:
        duties.filter(opened_on=None).update(opened_on=TruncDate("opened_at", tzinfo=zone))


def as_given(due_at: datetime | None) -> str:
    """A due time as the database compares it."""
    return NO_DUE_DAY if due_at is None else str(connection.ops.adapt_datetimefield_value(due_at))


def insert(said: list[list[object]], organisation_id: int, on: date) -> int:
    """The rows of everybody whom the rungs tell; those that are there already are left alone."""
    authority, known = authority_on(organisation_id, on=on).query.sql_with_params()
    vendor = connection.vendor
    standing = WAITING.format(told=TOLD[vendor], no_due=NO_DUE[vendor])
    statement = INSERT.format(
        said=SAID[vendor], authority=authority, standing=standing, audiences=EVERYBODY, otherwise="DO NOTHING"
    )
    asked = [json.dumps(said, default=str), *known, organisation_id, *[on] * EVERYBODY.count(PRESENT)]
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        return cursor.rowcount


def note_moved(duties: Collection[int], organisation_id: int, on: date) -> None:
    """Rows for whoever has these duties, whose due dates moved: the next digest says so, once for all of them. One
    statement."""
    authority, known = authority_on(organisation_id, on=on).query.sql_with_params()
    statement = INSERT.format(
        said=KEYS[connection.vendor], authority=authority, standing=MOVING, audiences=HOLDERS, otherwise=AGAIN
    )
    asked = [json.dumps(list(duties)), *known, on, *[on] * HOLDERS.count(PRESENT)]
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)


def in_working_time(calendar: str, times: Times, now: datetime) -> models.Q:
    """The condition: the calendar under that name (none: the default one) is in its working hours now."""
    working = [pk for pk, time in times.items() if pk is not None and time.is_open(now)]
    condition = models.Q(**{f"{calendar}__in": working})
    return condition | models.Q(**{calendar: None}) if times[None].is_open(now) else condition
