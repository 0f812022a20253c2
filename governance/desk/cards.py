"""One thing that waits, as the desk shows it: made from the duty's row alone."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from governance.calendar.queries import working_time
from governance.calendar.templatetags.when import clause_words, day_words
from governance.directory.models import Office, Person
from governance.duties.kinds import kind_of, title_of
from governance.duties.models import Duty
from governance.duties.queries import is_late


@dataclass(frozen=True)
class Reader:
    """Whose desk it is: the offices held (of those held as a delegate, for whom), whether one is an executive's."""

    person: Person | None
    offices: frozenset[int]
    executive: bool
    now: datetime
    absent: dict[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, person: Person | None, offices: Iterable[Office], *, now: datetime) -> "Reader":
        held = list(offices)
        absent = {office.pk: office.absent.name for office in held if office.absent}
        executive = any(office.executive for office in held)
        return cls(person, frozenset(office.pk for office in held), executive, now, absent)


@dataclass(frozen=True)
class Card:
    """`bar` is the tone of the line at the left; `waited` says lateness in words, else `due_at` and `due_tone` say it.
    `approve_url` is there where one tap may decide. `nobody` says why an office's duty lies on this desk, `absent` for
    whom the reader decides as a delegate, `passed` who passed it on and why, `pass_url` where it is passed on."""

    title: str
    label: str | Promise
    bar: str
    waited: str
    due_at: datetime | None
    due_tone: str
    provisional: bool
    matter: str
    who: str
    sentence: str
    url: str
    action: str | Promise
    approve_url: str
    urgent: bool
    nobody: str
    office_url: str
    absent: str = ""
    passed: str = ""
    pass_url: str = ""


def card_of(duty: Duty, reader: Reader) -> Card:
    """The card of a duty read by `waiting_list`. An executive reads his own lateness in words, never in red."""
    kind, late = kind_of(duty.verb), is_late(duty, reader.now)
    nobody = stand_in(duty, reader)
    today = due_today(duty, reader.now)
    quick = can_approve_at_once(duty) and not nobody
    in_words = late and reader.executive or duty.due_at is None
    return Card(
        title=title_of(duty.verb, duty.title, duty.facts),
        label=kind.label,
        bar="late" if late and not reader.executive else "soon" if late or today else "",
        waited=waited_words(duty, reader.now) if in_words else "",
        due_at=None if in_words else duty.due_at,
        due_tone="" if reader.executive else "late" if late else "soon" if today else "",
        provisional=duty.provisional,
        matter=matter(duty),
        who=who_has_it(duty, reader.now),
        sentence=kind.sentence(duty.facts),
        url=duty.path,
        action=kind.action,
        approve_url=reverse("creation_request_approve", args=[duty.facts["request"]]) if quick else "",
        urgent=quick or late or today or duty.verb == "approve",
        nobody=nobody,
        office_url=reverse("office", args=[duty.office_id]) if nobody else "",
        passed=passed_words(duty),
        pass_url=reverse("duty_pass", args=[duty.pk]) if kind.passes and not nobody else "",
        absent="" if duty.person_id else reader.absent.get(duty.office_id, ""),
    )


def stand_in(duty: Duty, reader: Reader) -> str:
    """Why this lies here although the office is another's; empty when it is the reader's own."""
    mine = reader.person is not None and duty.person_id == reader.person.pk
    if mine or duty.office_id is None or duty.office_id in reader.offices:
        return ""
    if duty.is_held:
        return _("The only holder of {office} may not decide here, because the submission is his own.").format(
            office=duty.office
        )
    return _("Nobody holds the office {office} at present.").format(office=duty.office)


def passed_words(duty: Duty) -> str:
    """By whom and why the step was passed on to the reader."""
    said = {"by": duty.facts.get("passed_by"), "reason": duty.facts.get("passed_reason")}
    return _("Passed on by %(by)s: %(reason)s") % said if duty.person_id and said["by"] else ""


def can_approve_at_once(duty: Duty) -> bool:
    """One tap decides a request in which nobody needs a single consent (Approval never grants consent)."""
    return duty.verb == "approve" and bool(duty.facts.get("request")) and not duty.facts.get("consents")


def due_today(duty: Duty, now: datetime) -> bool:
    if duty.due_at is None:
        return False
    working = working_time(duty.organisation_id, duty.calendar_id)
    return working.local_day(duty.due_at) == working.local_day(now)


def waited_words(duty: Duty, now: datetime) -> str:
    """已等 3 个工作日, by the company's calendar; what came in today says so."""
    days = working_time(duty.organisation_id, duty.calendar_id).waited(duty.opened_at, now)
    if days == 0:
        return _("new today")
    return ngettext("waiting for {days} working day", "waiting for {days} working days", days).format(days=days)


def matter(duty: Duty) -> str:
    """周敏 · 行政人事部 提交 · JQ-2026-0142."""
    facts, words = duty.facts, []
    if facts.get("submitter"):
        place = facts.get("department")
        words.append(facts["submitter"])
        words.append(_("submitted by {place}").format(place=place) if place else _("submitted"))
    return " · ".join(filter(None, [*words, facts.get("number")]))


def who_has_it(duty: Duty, now: datetime) -> str:
    """Who has it, since when, under which article: 总裁 · 11月19日起 · 第四条第 1 项."""
    holder = duty.office if duty.office_id else ""
    since = pgettext("since a day", "since {day}").format(day=day_of(duty.opened_at, duty, now))
    article = clause_words(duty.article) if duty.article else ""
    return " · ".join(str(part) for part in (holder, since, article) if part)


def day_of(at: datetime, duty: Duty, now: datetime) -> str:
    working = working_time(duty.organisation_id, duty.calendar_id)
    return day_words(working.local_day(at), working.local_day(now))

