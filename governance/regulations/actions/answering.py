"""Answering an open question by an instruction (批示)."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from governance.accounts.models import User
from governance.calendar.queries import working_time
from governance.directory.models import Office
from governance.directory.queries import find_office, holders_of, person_of
from governance.duties.actions.handing_over import close
from governance.notifications.actions import notify
from governance.workflow import move, raise_wrong_state

from ..format.answers import AnswerErrors, checked_answers
from ..models import OpenQuestion
from ..permissions import check_can_answer
from ..queries import data_with_answers, newest_version
from ..rules import interpreting_office
from .loading import settle

UNSEEN = object()


@transaction.atomic
def answer(
    question: OpenQuestion,
    *,
    by: User | None,
    now: datetime,
    answers: dict[str, Any],
    instruction: str = "",
    seen_at: object = UNSEEN,
) -> OpenQuestion:
    """The office asked instructs; what the answer sets holds at once.

    `answers` maps the question's fields to values; `instruction` is what was said, in words. An instruction may be
    replaced by a later one, which says why. `seen_at` is when the instruction that the reader saw was given (None for
    none): if another one came since, WrongState. Raises AnswerErrors with a sentence per field. `by` is None at set-up
    and in commands.
    """
    office = check_can_answer(by, question) if by is not None else ""
    if question.state == OpenQuestion.State.SUPERSEDED:
        raise_wrong_state(question)
    if seen_at is not UNSEEN:
        check_nobody_was_quicker(question, seen_at)
    if by is not None and question.state == OpenQuestion.State.ANSWERED and not instruction.strip():
        raise AnswerErrors({"instruction": _("Please say why the instruction is changed.")})
    offices = set(Office.objects.filter(organisation=question.organisation).values_list("code", flat=True))
    cleaned = checked_answers(question.data, answers, offices=offices)
    move(
        question,
        OpenQuestion.State.ANSWERED,
        by=by,
        at=now,
        office=office,
        opinion=instruction,
        article=question.article,
        changes={"answers": cleaned, "instruction": instruction, "answered_at": now, "answered_by": by},
        answers=cleaned,
    )
    close(question, by=by, now=now, outcome="instruct")
    settle(question.regulation, by=by, now=now)
    tell(question, now=now)
    return question


def check_nobody_was_quicker(question: OpenQuestion, seen_at: object) -> None:
    """The row stays locked to the end of the transaction: of two instructions at once the second one sees the first."""
    standing = OpenQuestion.objects.select_for_update().get(pk=question.pk)
    if standing.answered_at != seen_at or standing.state == OpenQuestion.State.SUPERSEDED:
        raise_wrong_state(question)


def tell(question: OpenQuestion, *, now: datetime) -> None:
    """The interpreting office learns what was instructed, unless it is who answered."""
    data = data_with_answers(newest_version(question.regulation))
    office = find_office(question.organisation_id, interpreting_office(data) or "")
    if office is None:
        return
    on = working_time(question.organisation_id).local_day(now)
    answerer = person_of(question.answered_by) if question.answered_by else None
    notify(
        [person for person in holders_of(office, on=on) if person != answerer],
        "question-answered",
        question,
        now=now,
        key=f"question:{question.pk}:{now.isoformat()}",
        title=str(question)[:150],
    )
