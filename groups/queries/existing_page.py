"""The page of one existing group: what the list said, what is open on it and who settles that, what happened."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from governance.accounts.models import User
from governance.calendar.queries import working_time
from governance.calendar.templatetags.when import day_words
from governance.directory.models import Person
from governance.workflow import refusal

from ..models import Designation, ExistingGroup
from ..permissions import check_can_approve_existing, check_can_take_over_groups
from .facts import Fact
from .history import Line, timeline
from .open_points_page import TypeChoice, type_choices

State = ExistingGroup.State
TONES = {
    State.LISTED: "soon",
    State.REGISTERED: "next",
    State.APPROVED: "ok",
    State.EXEMPTED: "ok",
    State.REFUSED: "late",
}


@dataclass(frozen=True)
class ExistingPage:
    """`settles`: the reader enters existing groups and may settle what is open; `decides`: he approves or does not."""

    tone: str
    facts: list[Fact]
    open: list[str]
    settles: bool
    decides: bool
    decide_refusal: str
    types: list[TypeChoice]
    timeline: list[Line]


def existing_page(existing: ExistingGroup, user: User, *, now: datetime) -> ExistingPage:
    on = working_time(existing.organisation_id).local_day(now)
    settles = not refusal(check_can_take_over_groups, user)
    waits = existing.state == State.REGISTERED
    refused = refusal(check_can_approve_existing, user, existing) if waits else ""
    lacks_type = existing.state == State.LISTED and existing.group_type is None
    group = existing.group
    about = [group, *Designation.objects.filter(group=group)] if group else []
    return ExistingPage(
        tone=TONES.get(existing.state, "plain"),
        facts=facts_of(existing, on=on),
        open=open_points(existing, on=on),
        settles=settles,
        decides=waits and not refused,
        decide_refusal=refused,
        types=type_choices(user, on=on) if settles and (lacks_type or existing.state == State.REFUSED) else [],
        timeline=timeline([existing, *about]),
    )


def facts_of(existing: ExistingGroup, *, on: date) -> list[Fact]:
    """What the list said, and what stands in the register where the group is there."""
    group = existing.group
    admin, owner = (group.admin, group.owner) if group else (existing.admin, existing.owner)
    type_note = _("the list says “%(words)s”") % {"words": existing.type_said} if existing.type_said else ""
    facts = [
        Fact(_("Group type"), existing.group_type or pgettext("fact", "not stated yet"), type_note),
        Fact(_("Company"), existing.company),
        Fact(_("Group admin"), person_words(admin, existing.admin_said)),
        Fact(_("Group owner"), person_words(owner, existing.owner_said if existing.owner_open else "")),
        Fact(_("Members"), "–" if existing.members is None else existing.members),
        Fact(_("Created in WeChat"), day_words(existing.created_on, on) if existing.created_on else _("not said")),
    ]
    if existing.purpose:
        facts.append(Fact(_("Purpose"), existing.purpose))
    if existing.approving_office:
        facts.append(Fact(_("Approved afterwards by"), existing.approving_office))
    row = _("row %(row)s, taken over by %(name)s") % {
        "row": existing.row,
        "name": existing.imported.confirmed_by.name if existing.imported.confirmed_by else "",
    }
    if existing.after_amnesty:
        row = f"{row} · {pgettext('open point', 'brought in after the amnesty')}"
    return [*facts, Fact(_("List"), existing.imported.file_name, row)]


def person_words(person: Person | None, words: str) -> str:
    """A person with the department; else whom the list names."""
    if person is not None:
        return " ".join(str(part) for part in (person.name, person.department or "") if part)
    return _("“%(words)s” in the list: not known, or has left") % {"words": words} if words else "–"


def open_points(existing: ExistingGroup, *, on: date) -> list[str]:
    """What an existing group still lacks, as short words."""
    group, found = existing.group, []
    if existing.state in (State.LEFT_OUT, State.DISSOLVED):
        return []
    if existing.group_type is None:
        found.append(pgettext("open point", "type missing"))
    if existing.name_open:
        found.append(pgettext("open point", "name taken"))
    if existing.owner_open:
        found.append(pgettext("open point", "owner unknown"))
    if group and (group.admin is None or not group.admin.is_present(on=on)):
        found.append(pgettext("open point", "no admin"))
    if existing.state == State.REGISTERED:
        found.append(pgettext("open point", "never approved"))
    if existing.state == State.REFUSED:
        found.append(pgettext("open point", "not approved afterwards"))
    return found
