"""What the desk reads: each tab one statement for its rows, whatever they are about."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from governance.accounts.models import User
from governance.calendar.templatetags.when import when_words
from governance.directory.models import Person
from governance.directory.queries import offices_held, person_of
from governance.duties.kinds import kind_of, title_of
from governance.duties.models import Duty
from governance.duties.queries import done_list, waiting_list
from governance.notifications.queries import circulated_to
from governance.paging import Page, page_of
from governance.register.waiting import about_groups, waiting_by_request
from groups.models import CreationRequest, Group

from .cards import Card, Reader, card_of, day_of
from .outcomes import outcome_words, seal_words

JUST_NOW = timedelta(hours=24)
JUST_FINISHED = 3


@dataclass(frozen=True)
class DoneRow:
    """One thing the reader dealt with."""

    title: str
    label: str | Promise
    outcome: str | Promise
    at_words: str
    url: str
    seal: str = ""
    passed_on: str = ""


@dataclass(frozen=True)
class MineRow:
    """One request of the reader: its state, and who has it since when."""

    title: str
    number: str
    state: str | Promise
    tone: str
    url: str
    holder: str
    created: str
    due_at: datetime | None
    late: bool
    provisional: bool


def reader_of(user: User, *, on: date, now: datetime) -> Reader:
    return Reader.of(person_of(user), offices_held(user, on=on), now=now)


def todo_page(user: User, asked: Mapping[str, str], *, on: date, now: datetime) -> Page:
    """What waits for the reader as cards, due soonest first."""
    page = page_of(waiting_list(user, on=on), ("due_at", "pk"), asked, kept="tab=todo")
    reader = reader_of(user, on=on, now=now)
    return with_rows(page, [card_of(duty, reader) for duty in page.rows])


def with_rows(page: Page, rows: list[Card | DoneRow | MineRow]) -> Page:
    return Page(rows, page.first, page.previous, page.next)


def just_finished(user: User, *, now: datetime) -> list[DoneRow]:
    """The last three things dealt with within a day, and whom they went to: two statements."""
    duties = list(done_list(user).filter(closed_at__gt=now - JUST_NOW)[:JUST_FINISHED])
    next_ones = next_duties(duties)
    return [done_row(duty, next_ones.get(place_of(duty)), now=now) for duty in duties]


def next_duties(duties: list[Duty]) -> dict[tuple[int, int], Duty]:
    """Who has now what these duties were about: the same subject, or the group that came of the request."""
    requests = [duty.facts["request"] for duty in duties if duty.facts.get("request")]
    groups = Group.objects.filter(creation_request__in=requests).order_by()
    came_of = dict(groups.values_list("pk", "creation_request")) if requests else {}
    found = {place_of(duty): duty for duty in about_groups(came_of, requests)}
    by_request = {came_of[duty.group_pk]: duty for duty in found.values() if duty.group_pk in came_of}
    request_of = {place_of(duty): duty.facts.get("request") for duty in duties}
    return {place: found.get(place) or by_request.get(request) for place, request in request_of.items()}


def place_of(duty: Duty) -> tuple[int, int]:
    return duty.subject_type_id, duty.subject_id


def done_row(duty: Duty, following: Duty | None = None, *, now: datetime) -> DoneRow:
    return DoneRow(
        title=title_of(duty.verb, duty.title, duty.facts),
        label=kind_of(duty.verb).label,
        outcome=outcome_words(duty.outcome),
        at_words=when_words(duty.closed_at, now),
        url=subject_url(duty),
        seal=seal_words(duty.outcome),
        passed_on=passed_on_words(following) if following else "",
    )


def passed_on_words(duty: Duty) -> str:
    """已转总裁办指定管理员."""
    if duty.verb == "amend":
        return _("{holder} amends it").format(holder=holder_words(duty))
    return _("passed on to {holder}: {step}").format(holder=holder_words(duty), step=kind_of(duty.verb).label)


def subject_url(duty: Duty) -> str:
    """The page of what the duty was about: the step's own page has nothing to do any more."""
    model = ContentType.objects.get_for_id(duty.subject_type_id).model_class()
    return model(pk=duty.subject_id).get_absolute_url()


def holder_words(duty: Duty) -> str:
    return str(duty.office) if duty.office_id else duty.person.name


def done_page(user: User, asked: Mapping[str, str], *, now: datetime) -> Page:
    page = page_of(done_list(user), ("-closed_at", "-pk"), asked, kept="tab=done")
    return with_rows(page, [done_row(duty, now=now) for duty in page.rows])


def mine_page(user: User, asked: Mapping[str, str], *, now: datetime) -> Page:
    """The reader's own requests, the latest first, each with whoever has it: two statements."""
    page = page_of(own_requests(person_of(user)), ("-created_at", "-pk"), asked, kept="tab=mine")
    waiting = waiting_by_request(page.rows)
    return with_rows(page, [mine_row(request, waiting.get(request.pk), now=now) for request in page.rows])


def own_requests(person: Person | None) -> models.QuerySet[CreationRequest]:
    if person is None:
        return CreationRequest.objects.none()
    return CreationRequest.objects.submitted_by(person).select_related("group")


TONES = {
    CreationRequest.State.SUBMITTED: "next",
    CreationRequest.State.APPROVED: "ok",
    CreationRequest.State.SENT_BACK: "soon",
    CreationRequest.State.LAPSED: "soon",
    CreationRequest.State.REFUSED: "late",
}


def mine_row(request: CreationRequest, duty: Duty | None, *, now: datetime) -> MineRow:
    """The state of the request; once approved, the step its group is at."""
    return MineRow(
        title=request.name,
        number=request.number,
        state=request.get_state_display(),
        tone=TONES.get(request.state, "plain"),
        url=request.get_absolute_url(),
        holder=who_has_it(duty, now=now) if duty else "",
        created=when_words(request.created_at, now),
        due_at=duty.due_at if duty else None,
        late=bool(duty and duty.due_at and duty.due_at < now),
        provisional=bool(duty and duty.provisional),
    )


def who_has_it(duty: Duty, *, now: datetime) -> str:
    """由总裁办指定管理员，11月20日起."""
    day = day_of(duty.opened_at, duty, now)
    if duty.verb == "amend":
        return _("{holder} amends it since {day}").format(holder=holder_words(duty), day=day)
    step = kind_of(duty.verb).label
    return _("with {holder} since {day}: {step}").format(holder=holder_words(duty), day=day, step=step)


def copied_page(user: User, asked: Mapping[str, str]) -> Page:
    """What was circulated to the reader, the latest first."""
    return page_of(circulated_to(person_of(user)), ("-circulated_at", "-pk"), asked, kept="tab=copied")

