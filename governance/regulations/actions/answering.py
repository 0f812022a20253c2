"""Answering an open question by an instruction (批示)."""

from datetime import datetime
from typing import Any

from django.db import transaction

from governance.accounts.models import User
from governance.calendar.queries import working_time
from governance.directory.models import Office
from governance.directory.queries import find_office, holders_of, person_of
from governance.duties.actions.handing_over import close
from governance.notifications.actions import notify
from governance.workflow import move

from ..format.answers import checked_answers
from ..models import OpenQuestion
from ..permissions import check_can_answer
from ..queries import data_with_answers, newest_version
from ..rules import interpreting_office
from .loading import settle


@transaction.atomic
def answer(
    question: OpenQuestion, *, by: User | None, now: datetime, answers: dict[str, Any], instruction: str = ""
) -> OpenQuestion:
    """The office asked instructs; what the answer sets holds at once.

    `answers` maps the question's fields to values; `instruction` is what was said, in words. An instruction may be
    replaced by a later one. Raises AnswerErrors with a sentence per field. `by` is None at set-up and in commands.
    """
    office = check_can_answer(by, question) if by is not None else ""
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
