"""Who has a matter now, since when, until when, under which article; and what to do where nobody can take it up."""

from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from governance.calendar.queries import working_time
from governance.calendar.templatetags.when import when_words
from governance.directory.models import Office, Person
from governance.directory.queries import holders_of
from governance.directory.rules import acting_name
from governance.duties.kinds import kind_of
from governance.duties.models import Duty
from governance.duties.queries import people_having
from governance.duties.ready_text import ready_text_for

from ..models import CreationRequest
from .history import Line


@dataclass(frozen=True)
class Waiting:
    """The open duty in words. `days` are working days waited; `plain`: lateness is said in words only (executives).

    `notices` are sentences on what is unusual: nobody holds the office, only the submitter does, it changed hands.
    """

    duty: Duty
    label: str
    office: str
    people: list[Person]
    days: int
    late: bool
    plain: bool
    notices: list[str] = field(default_factory=list)

    @property
    def names(self) -> str:
        """The people, acting holders and delegates marked so."""
        marks = ((getattr(one, "absent_name", ""), getattr(one, "acting", False)) for one in self.people)
        return "、".join(
            acting_name(one.name, absent=absent, acting=acting)
            for one, (absent, acting) in zip(self.people, marks, strict=True)
        )

    @property
    def who(self) -> str:
        """Office and people, or that nobody can decide."""
        return " ".join(part for part in (self.office, self.names or _("(no approver)")) if part)

    @property
    def text(self) -> str:
        """Ready text for WeChat, addressed to the one person who has it."""
        one = self.people[0] if len(self.people) == 1 else None
        language = one.user.language if one and one.user_id else None
        return ready_text_for(self.duty, name=one.name if one else "", language=language)


def now_line(waiting: Waiting, *, now: datetime) -> Line:
    """The first line of the history: who has it, since when, until when, under which article."""
    duty = waiting.duty
    note = [_("since {at}").format(at=when_words(duty.opened_at, now))]
    if duty.due_at is not None:
        until = _("until {at} (provisional)") if duty.provisional else _("until {at}")
        note.append(until.format(at=when_words(duty.due_at, now)))
    if waiting.late and not waiting.plain:
        note.append(_("overdue"))
    return Line(
        text=_("Waits for {who}: {step}").format(who=waiting.who, step=waiting.label),
        at_text=pgettext("history", "now"),
        place=pgettext("between parts of a note", ", ").join(note),
        article=duty.article,
        tone="late" if waiting.late and not waiting.plain else "now",
    )


def open_duty(*subjects: models.Model | None) -> Duty | None:
    """The open duty of a matter, whichever of its subjects it stands on: one statement."""
    wanted = models.Q(pk__in=[])
    for subject in subjects:
        if subject is not None:
            kind = ContentType.objects.get_for_model(subject)
            wanted |= models.Q(subject_type=kind, subject_id=subject.pk)
    duties = Duty.objects.open().filter(wanted)
    return duties.select_related(
        "office__company", "person__department", "person__user", "fallback_office__company"
    ).first()


def concerned(creation_request: CreationRequest, *, now: datetime) -> list[Person]:
    """Whom news of a request concerns: its submitter while he works here, and whoever has it now."""
    duty = open_duty(creation_request)
    on = working_time(creation_request.organisation_id).local_day(now)
    submitter = creation_request.submitter
    having = people_having(duty, now=now) if duty else []
    return [*([submitter] if submitter.is_present(on=on) else []), *having]


def waiting_of(duty: Duty | None, *, now: datetime) -> Waiting | None:
    """Who could take the duty up today; the holders are read at the moment of use."""
    if duty is None:
        return None
    working = working_time(duty.organisation_id, duty.calendar_id)
    people, notices = [duty.person], passed_sentences(duty)
    if duty.person is None:
        on = working.local_day(now)
        everybody = list(holders_of(duty.office, on=on))
        people = [person for person in everybody if person.pk != duty.barred_id]
        notices = notices_about(duty, everybody, people)
        if people and changed_hands(duty, people, since=working.local_day(duty.opened_at), on=on):
            notices.append(_("The office changed hands after this came to it: whoever holds it today decides."))
    return Waiting(
        duty=duty,
        label=str(kind_of(duty.verb).label),
        office=str(duty.office) if duty.office else "",
        people=people,
        days=working.waited(duty.opened_at, now),
        late=duty.due_at is not None and duty.due_at < now,
        plain=duty.office is not None and duty.office.executive,
        notices=notices,
    )


def passed_sentences(duty: Duty) -> list[str]:
    """By whom and why a step was passed on to the person who has it."""
    said = {"by": duty.facts.get("passed_by"), "reason": duty.facts.get("passed_reason")}
    return [_("Passed on by %(by)s: %(reason)s") % said] if duty.person_id and said["by"] else []


def notices_about(duty: Duty, everybody: list[Person], people: list[Person]) -> list[str]:
    """Why nobody can take the duty up, and what to do about it; empty when somebody can."""
    if people:
        return []
    return [nobody_sentence(duty.office, only_submitter=bool(everybody), fallback=duty.fallback_office)]


def nobody_sentence(office: Office, *, only_submitter: bool, fallback: Office | None) -> str:
    """What happens while an office has nobody who could decide: it waits, and is never approved by itself."""
    said = {"office": office, "fallback": fallback or ""}
    if only_submitter:
        return _(
            "The only holder of %(office)s submitted this and cannot decide on it. "
            "A delegate or an acting holder decides, or it is withdrawn and somebody else submits it anew."
        ) % {"office": office}
    if fallback is None:
        return _("No approver: nobody holds %(office)s at present. It waits and is never approved by itself.") % said
    return (
        _(
            "No approver: nobody holds %(office)s at present. It waits with %(fallback)s, who names a holder or an "
            "acting holder; it is never approved by itself."
        )
        % said
    )


def changed_hands(duty: Duty, people: list[Person], *, since: object, on: object) -> bool:
    """Whether none of those who hold the office today held it when the duty opened."""
    if since == on:
        return False
    before = set(holders_of(duty.office, on=since).values_list("pk", flat=True))
    return bool(before) and not before & {person.pk for person in people}


def on_behalf(office: Office | None) -> str:
    """To a delegate: for whom he decides here; empty for a holder."""
    if office is None or office.absent is None:
        return ""
    return _("You decide as a delegate for %(name)s, %(office)s. It is recorded so.") % {
        "name": office.absent.name,
        "office": office,
    }
