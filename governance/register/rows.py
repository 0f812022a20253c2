"""A line of the register: what the database gave, and how it reads. Words are made here, not in the template."""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from governance.calendar.queries import working_time
from governance.calendar.templatetags.when import day_words, organisation_zone
from governance.directory.models import Person
from governance.duties.models import Duty
from governance.duties.queries import is_late
from groups.models import Group

NOT_APPROVED: dict[str, tuple[str | Promise, str]] = {
    "registered": (pgettext_lazy("group", "waits for supplementary approval"), "next"),
    "refused": (pgettext_lazy("group", "not approved afterwards"), "late"),
    "dissolved": (pgettext_lazy("group", "dissolved"), "plain"),
}
WAITING: dict[str, str | Promise] = {
    "designate": pgettext_lazy("group", "waits for its admin"),
    "accept": pgettext_lazy("group", "waits for acceptance"),
    "establish": pgettext_lazy("group", "waits to be established"),
    "acknowledge": pgettext_lazy("group", "waits to be filed"),
    "complete": pgettext_lazy("group", "filing to be completed"),
    "judge_name": pgettext_lazy("group", "name to be decided on"),
    "rename_group": pgettext_lazy("group", "waits to be renamed"),
}
ENDED: dict[str, str | Promise] = {
    Group.State.REVOKED: pgettext_lazy("group", "approval revoked"),
    Group.State.ABANDONED: pgettext_lazy("group", "never established"),
}


@dataclass(frozen=True)
class Reader:
    """Who reads the register: an executive's own lateness is said to him in words, never in red."""

    person: Person | None
    offices: frozenset[int]
    executive: bool
    on: date
    now: datetime

    def is_slow_executive(self, duty: Duty) -> bool:
        return self.executive and duty.office_id in self.offices


@dataclass(frozen=True)
class Line:
    """One group of the register as it reads. `place` also says who approved it and when."""

    name: str
    url: str
    place: str
    type: str
    admin: str
    admin_note: str
    admin_gone: bool
    members: str
    roster: str
    state: str
    tone: str


def line_of(row: tuple, duty: Duty | None, reader: Reader) -> Line:
    """`row` is a line read by `queries.rows_of`, `duty` what waits about the group."""
    gone = row.admin_left_on is not None and row.admin_left_on < reader.on
    state, tone = state_of(
        duty,
        reader,
        stands=row.state,
        admin=row.admin_name or "",
        gone=gone,
        filing_number=row.filing_number or "",
        existing=row.existing_state or "",
    )
    admin, note = admin_of(row, duty, gone=gone)
    return Line(
        name=row.name,
        url=reverse("group", args=[row.pk]),
        place=place_of(row, reader),
        type=in_language(row.type_name, row.type_name_en),
        admin=admin,
        admin_note=note,
        admin_gone=gone,
        members="–" if row.member_count is None else str(row.member_count),
        roster=roster_of(row, reader),
        state=state,
        tone=tone,
    )


def in_language(chinese: str, english: str) -> str:
    """The name in the reader's language, where it has one."""
    return english if english and not (get_language() or "zh").startswith("zh") else chinese


def place_of(row: tuple, reader: Reader) -> str:
    """渝北项目公司 · 2026年1月8日 总裁同意; an existing group was not approved."""
    company = row.company_short_name or row.company_name
    if row.other_name:
        company = _("in WeChat: {name}").format(name=row.other_name) + f" · {company}"
    if row.approved_at is None:
        existing = pgettext("register", "existing group, never approved")
        return f"{company} · {existing}"
    if row.existing_state:
        afterwards = pgettext("register", "existing group, approved afterwards {day} by {office}").format(
            day=local_day_words(row.approved_at, reader),
            office=in_language(row.approving or "", row.approving_en or ""),
        )
        return f"{company} · {afterwards}"
    day = local_day_words(row.approved_at, reader)
    approver = in_language(row.approver or "", row.approver_en or "")
    approved = pgettext("register", "approved {day}").format(day=day)
    if approver:
        approved = pgettext("register", "approved {day} by {office}").format(day=day, office=approver)
    return f"{company} · {approved}"


def local_day_words(at: datetime, reader: Reader) -> str:
    return day_words(at.astimezone(organisation_zone()).date(), reader.on)


def admin_of(row: tuple, duty: Duty | None, *, gone: bool) -> tuple[str, str]:
    """The admin and who designated him; before that, on whom it waits."""
    office = in_language(row.office, row.office_en)
    if row.admin_name and not gone and row.existing_state and not row.was_designated:
        return row.admin_name, pgettext("register", "named in the list of existing groups")
    if row.admin_name and not gone:
        return row.admin_name, _("designated by {office}").format(office=office)
    if duty is not None and duty.verb == "accept":
        return duty.person.name, _("designated by {office}, has not answered yet").format(office=office)
    name = _("{name} (has left)").format(name=row.admin_name) if gone else "–"
    return name, _("to be designated by {office}").format(office=office)


def roster_of(row: tuple, reader: Reader) -> str:
    """A roster is what its admin declares; nobody can read it out of WeChat."""
    if row.existing_state:
        return pgettext("register", "as stated in the list of existing groups")
    if row.state in ENDED:
        return _("was not created in WeChat")
    if row.established_on is None or row.confirmed_at is None:
        return _("not in WeChat yet")
    return _("declared by the admin, {day}").format(day=local_day_words(row.confirmed_at, reader))


def state_of(
    duty: Duty | None,
    reader: Reader,
    *,
    stands: str,
    admin: str,
    gone: bool,
    filing_number: str,
    existing: str = "",
) -> tuple[str, str]:
    """The chip: how a group ended, what waits and whether it is late, else a missing admin, else the number of the
    filing. `stands` is the group's state, `existing` how far an existing group has come."""
    if stands in ENDED:
        return str(ENDED[stands]), "plain"
    if duty is not None and duty.verb in WAITING:
        return waiting_words(duty, reader)
    if existing in NOT_APPROVED:
        return NOT_APPROVED[existing]
    if gone or stands == Group.State.ESTABLISHED and not admin:
        return _("no admin"), "late"
    if filing_number:
        return _("filed {number}").format(number=filing_number), "ok"
    return pgettext("group", "in order"), "ok"


def waiting_words(duty: Duty, reader: Reader) -> tuple[str, str]:
    words = str(WAITING[duty.verb])
    if not is_late(duty, reader.now):
        return words, "next"
    working = working_time(duty.organisation_id, duty.calendar_id)
    if reader.is_slow_executive(duty):
        days = working.waited(duty.opened_at, reader.now)
        return f"{words} · {waited(days)}", "soon"
    days = max(1, working.waited(duty.due_at, reader.now))
    over = ngettext("{days} day late", "{days} days late", days).format(days=days)
    return f"{words} · {over}", "late"


def waited(days: int) -> str:
    return ngettext("waiting for {days} working day", "waiting for {days} working days", days).format(days=days)
