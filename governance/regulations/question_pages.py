"""What the pages of open questions read."""

from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.db.models import Case, Value, When
from django.utils.translation import pgettext

from governance.accounts.models import User
from governance.audit.models import Event
from governance.audit.queries import history_of
from governance.audit.verbs import worded
from governance.directory.models import Person
from governance.directory.rules import acted_for
from governance.duties.models import Duty
from governance.workflow import refusal

from .answers_in_words import Answered, in_words, office_names
from .format.clauses import clause
from .models import OpenQuestion
from .permissions import check_can_answer
from .queries import newest_version
from .words import anchor, said

State = OpenQuestion.State
TONES = {State.OPEN: "next", State.ANSWERED: "ok", State.SUPERSEDED: "plain"}


@dataclass(frozen=True)
class ShownQuestion:
    """One question as a list or the regulation's page shows it."""

    question: OpenQuestion
    tone: str
    ours: str
    answered: list[Answered]
    mine: bool = False


@dataclass(frozen=True)
class Line:
    """One event as `components/timeline.html` lists it."""

    text: str
    at: datetime
    place: str
    opinion: str
    note: str
    tone: str


@dataclass(frozen=True)
class QuestionPage:
    """`refusal` says why the reader cannot answer; `written` is the clause that leaves it open."""

    shown: ShownQuestion
    anchor: str
    written: str
    duty: Duty | None
    timeline: list[Line]
    refusal: str
    changes_at_once: bool


def questions_of(user: User) -> models.QuerySet[OpenQuestion]:
    """Every question of the user's organisation: whoever reads the regulation reads what it leaves open."""
    return OpenQuestion.objects.filter(organisation_id=user.organisation_id).select_related(
        "regulation", "asked_of__company", "answered_by"
    )


def listed_questions(user: User) -> list[ShownQuestion]:
    """All that stand, the open ones first; then those whose clause changed."""
    order = Case(When(state=State.OPEN, then=Value(0)), When(state=State.ANSWERED, then=Value(1)), default=Value(2))
    offices = office_names(user.organisation_id)
    found = questions_of(user).annotate(order=order).order_by("order", "regulation", "pk")
    return [shown(question, offices, user) for question in found]


def shown(question: OpenQuestion, offices: dict[str, str], user: User | None = None) -> ShownQuestion:
    mine = user is not None and question.state == State.OPEN and not refusal(check_can_answer, user, question)
    return ShownQuestion(
        question=question,
        tone=TONES[question.state],
        ours=said(question.data.get("interpreted_as")),
        answered=in_words(question.data, question.answers, offices),
        mine=mine,
    )


def question_page(question: OpenQuestion, user: User) -> QuestionPage:
    """One question for this reader."""
    offices = office_names(user.organisation_id)
    version = newest_version(question.regulation)
    found = clause(version.data, question.article) if version else None
    return QuestionPage(
        shown=shown(question, offices, user),
        anchor=anchor(question.article),
        written=said(found["text"]) if found else "",
        duty=Duty.objects.open().of_subject(question).select_related("office__company").first(),
        timeline=timeline_of(question, offices),
        refusal=refusal(check_can_answer, user, question),
        changes_at_once=any(ask.get("sets") for ask in question.data.get("asks", [])),
    )


def timeline_of(question: OpenQuestion, offices: dict[str, str]) -> list[Line]:
    """What happened to the question; of who acted as a delegate, for whom."""
    events = list(history_of(question))
    absent = {event.facts["absent"] for event in events if event.facts.get("absent")}
    names = dict(Person.objects.filter(pk__in=absent).values_list("pk", "name")) if absent else {}
    return [line_of(event, question, offices, names) for event in events]


def line_of(event: Event, question: OpenQuestion, offices: dict[str, str], names: dict[int, str]) -> Line:
    """An event in words, an instruction with what it said."""
    answered = in_words(question.data, event.facts.get("answers") or {}, offices)
    return Line(
        text=worded(event),
        at=event.at,
        place=acted_for(event.office, names.get(event.facts.get("absent"), "")),
        opinion=event.note,
        note=" · ".join(one.label + pgettext("after an article", ": ") + one.value for one in answered),
        tone="ok" if event.verb == "instruct" else "",
    )
