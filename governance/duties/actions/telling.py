"""From reminders to messages: one digest a day for each reader, and what a rung tells by itself, in working time."""

from datetime import date, datetime

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models
from django.urls import reverse

from governance.directory.models import Person
from governance.notifications import digests
from governance.notifications.actions.digesting import (
    as_stored,
    digest_json,
    iso,
    json_object,
    newest_notice,
    queue_mails,
    write_notices,
)

from ..ladders import LADDERS, MOVED
from ..models import Duty, Reminder
from .climbing import Times, in_working_time

OVERDUE = "duty-overdue"  # how others hear of a duty that is not theirs
OWN = f"CASE WHEN rung = '{MOVED}' THEN 'duty-moved' ELSE 'duty-' || verb END"
ALONE = tuple(f"{ladder}:{rung.code}" for ladder, rungs in LADDERS.items() for rung in rungs if rung.alone)
IS_ALONE = f"duty.ladder || ':' || reminder.rung IN ({', '.join(['%s'] * len(ALONE))})"

# What waits to be told to readers in their working time, each matter once, by the latest rung it reached.
MATTERS = """
    WITH untold AS (
        SELECT reminder.person_id, duty.id AS duty_id, reminder.rung LIKE 'holder-%%' AS own, {is_alone} AS alone,
               reminder.rung, duty.verb, duty.title, duty.path, duty.due_at, duty.provisional, duty.opened_at,
               duty.office_id, duty.person_id AS holder_id,
               ROW_NUMBER() OVER (
                   PARTITION BY reminder.person_id, duty.id, {is_alone}
                   ORDER BY CASE WHEN reminder.rung = '{moved}' THEN 0 ELSE 1 END, reminder.reached_on DESC, reminder.id
               ) AS lateness
        FROM duties_reminder reminder
        JOIN duties_duty duty ON duty.id = reminder.duty_id AND duty.closed_at IS NULL AND duty.organisation_id = %s
        WHERE reminder.notice_id IS NULL AND reminder.person_id IN ({readers})
    ),
    matters AS (
        SELECT untold.person_id, untold.duty_id, own, alone, path,
               CASE WHEN own THEN {own_kind} ELSE '{overdue}' END AS kind,
               CASE WHEN own THEN {own_line} ELSE {others_line} END AS line,
               ROW_NUMBER() OVER (
                   PARTITION BY untold.person_id, alone ORDER BY own DESC, due_at NULLS LAST, untold.duty_id
               ) AS place
        FROM untold
        LEFT JOIN directory_office office ON office.id = untold.office_id
        LEFT JOIN directory_company company ON company.id = office.company_id
        LEFT JOIN directory_person holder ON holder.id = untold.holder_id
        WHERE lateness = 1
    )
    """
DIGESTS = """
    SELECT {organisation}, person_id, '{kind}', %s, person_id, %s, {parameters}, %s || person_id, {now}
    FROM (SELECT * FROM matters WHERE NOT alone ORDER BY person_id, place) AS gathered GROUP BY person_id"""
SINGLE = """
    SELECT {organisation}, person_id, kind, %s, duty_id, path, line, %s || duty_id || ':' || person_id, {now}
    FROM matters WHERE alone"""
ATTACH = """
    UPDATE duties_reminder SET notice_id = notice.id
    FROM notifications_notice notice, duties_duty duty
    WHERE duty.id = duties_reminder.duty_id AND duty.organisation_id = %s AND duties_reminder.notice_id IS NULL
      AND notice.id > %s AND notice.created_at = %s
      AND notice.key = CASE WHEN {is_alone} THEN %s || duty.id || ':' || duties_reminder.person_id
                            ELSE %s || duties_reminder.person_id END"""


def tell_all(organisation_id: int, times: Times, *, now: datetime) -> int:
    """Tell what has been reached and is still open, to readers in their working time; returns how many messages. Five
    statements, however many there are.

    Who has had today's digest hears the rest tomorrow. What was done before anybody was told is forgotten.
    """
    untold = Reminder.objects.filter(notice=None, duty__organisation_id=organisation_id)
    untold.exclude(duty__closed_at=None).delete()
    before = newest_notice()
    on = times[None].local_day(now)
    written = write_messages(organisation_id, times, on=on, now=now)
    if written:
        attach(organisation_id, after=before, on=on, now=now)
        queue_mails(after=before, organisation_id=organisation_id, now=now)
    return written


def write_messages(organisation_id: int, times: Times, *, on: date, now: datetime) -> int:
    """The digests and the single messages."""
    readers, known = readers_now(organisation_id, times, on=on, now=now).query.sql_with_params()
    matters = MATTERS.format(
        is_alone=IS_ALONE,
        readers=readers,
        moved=MOVED,
        overdue=OVERDUE,
        own_kind=OWN,
        own_line=line(own=True),
        others_line=line(own=False),
    )
    common = {"organisation": "%s", "now": "%s"}
    types = ContentType.objects.get_for_models(Person, Duty)
    select = DIGESTS.format(kind=digests.KIND, parameters=digest_json(), **common)
    asked = [*ALONE, *ALONE, organisation_id, *known]
    at = as_stored(now)
    asked += [organisation_id, types[Person].pk, reverse("desk"), digests.digest_key("", on.isoformat()), at]
    asked += [organisation_id, types[Duty].pk, single_key(on), at]
    return write_notices(f"{matters} {select} UNION ALL {SINGLE.format(**common)}", asked)


def readers_now(organisation_id: int, times: Times, *, on: date, now: datetime) -> models.QuerySet:
    """Who works here and is at work now."""
    people = Person.objects.filter(in_working_time("company__calendar", times, now), organisation_id=organisation_id)
    return people.present(on=on).order_by().values("pk")


def line(*, own: bool) -> str:
    """What a wording needs: of one's own duty what, until when, where; of another's also who has had it since when."""
    said = {
        "kind": OWN if own else f"'{OVERDUE}'",
        "title": "title",
        "due": f"COALESCE({iso('due_at')}, {NOTHING[connection.vendor]})",
        "provisional": "provisional",
        "path": "path",
    }
    if not own:
        company = "COALESCE(NULLIF(company.short_name, ''), company.name) || ' '"
        said |= {
            "who": f"COALESCE(COALESCE({company}, '') || office.name, holder.name)",
            "who_en": f"COALESCE(COALESCE({company}, '') || NULLIF(office.name_en, ''), '')",
            "since": iso("opened_at"),
        }
    return json_object(**said)


NOTHING = {"postgresql": "'\"\"'::jsonb", "sqlite": "''"}


def single_key(on: date) -> str:
    return f"reminder:{on.isoformat()}:"


def attach(organisation_id: int, *, after: int, on: date, now: datetime) -> None:
    """Note on each reminder the message that told it."""
    statement = ATTACH.format(is_alone=IS_ALONE.replace("reminder.rung", "duties_reminder.rung"))
    keys = [single_key(on), digests.digest_key("", on.isoformat())]
    with connection.cursor() as cursor:
        cursor.execute(statement, [organisation_id, after, as_stored(now), *ALONE, *keys])
