"""What the pages of questions on articles and of interpretations read."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Case, Value, When
from django.utils.translation import pgettext

from governance.accounts.models import User
from governance.audit.queries import history_of
from governance.calendar.templatetags.when import clause_words
from governance.directory.queries import person_of
from governance.duties.models import Duty
from governance.workflow import refusal

from ..format.clauses import clause, clauses_of, digest
from ..models import ArticleQuestion, Interpretation, Regulation
from ..permissions import check_can_interpret, check_can_take_back
from ..words import said
from . import regulations_of, standing_version

LONGEST_LABEL = 40
MOST = 200


def regulations_interpreted_by(user: User) -> list[Regulation]:
    """The regulations whose questions the user's office answers."""
    return [found for found in regulations_of(user.organisation_id) if not refusal(check_can_interpret, user, found)]


def article_questions_of(user: User) -> models.QuerySet[ArticleQuestion]:
    """One's own questions, and those one's office answers: 404 for the rest."""
    return article_questions_for(user, regulations_interpreted_by(user))


def article_questions_for(user: User, interpreted: list[Regulation]) -> models.QuerySet[ArticleQuestion]:
    mine = models.Q(asked_by=person_of(user)) if person_of(user) else models.Q(pk=None)
    return ArticleQuestion.objects.filter(
        mine | models.Q(regulation__in=interpreted), organisation_id=user.organisation_id
    ).select_related("regulation", "asked_by__department", "asked_by__company", "answered_by", "office__company")


@dataclass(frozen=True)
class ListedQuestions:
    """`to_answer` are open ones of others for the reader's office; `rest` are his own and those answered."""

    to_answer: list[ArticleQuestion]
    rest: list[ArticleQuestion]
    more: bool


def listed_article_questions(user: User) -> ListedQuestions:
    """The open ones first; the latest two hundred."""
    asked = ArticleQuestion.State.ASKED
    order = Case(When(state=asked, then=Value(0)), default=Value(1))
    interpreted = regulations_interpreted_by(user)
    questions = article_questions_for(user, interpreted).annotate(order=order)
    found = list(questions.order_by("order", "-asked_at", "-pk")[: MOST + 1])
    known = {regulation.pk for regulation in interpreted}
    to_answer = [one for one in found[:MOST] if one.state == asked and one.regulation_id in known]
    return ListedQuestions(to_answer, [one for one in found[:MOST] if one not in to_answer], len(found) > MOST)


@dataclass(frozen=True)
class ArticleQuestionPage:
    """`written` is the article as it reads today; `beside` what is published beside it already."""

    question: ArticleQuestion
    article: str
    written: str
    mine: bool
    may_answer: bool
    refusal: str
    may_take_back: bool
    duty: Duty | None
    beside: list[Interpretation]


def article_question_page(question: ArticleQuestion, user: User, *, on: date) -> ArticleQuestionPage:
    """One question for this reader."""
    found = clause(standing_version(question.regulation, on=on).data, question.article)
    asked = question.state == ArticleQuestion.State.ASKED
    why_not = refusal(check_can_interpret, user, question.regulation)
    return ArticleQuestionPage(
        question=question,
        article=clause_words(question.article),
        written=said(found["text"]) if found else "",
        mine=question.asked_by == person_of(user),
        may_answer=asked and not why_not,
        refusal=why_not,
        may_take_back=asked and not refusal(check_can_take_back, user, question),
        duty=Duty.objects.open().of_subject(question).select_related("office__company").first(),
        beside=list(standing(question.regulation).filter(article=question.article)),
    )


def standing(regulation: Regulation) -> models.QuerySet[Interpretation]:
    """The published interpretations, the newest first."""
    found = Interpretation.objects.filter(regulation=regulation, state=Interpretation.State.PUBLISHED)
    return found.select_related("office__company", "regulation")


@dataclass(frozen=True)
class ShownInterpretation:
    """An interpretation beside its article. `reworded`: the article reads otherwise since it was published."""

    interpretation: Interpretation
    reworded: bool


def shown_interpretations(regulation: Regulation, data: dict[str, Any]) -> dict[str, list[ShownInterpretation]]:
    """What stands beside each clause of a version, by the clause's code."""
    digests = {entry["code"]: digest(entry["text"]) for entry in clauses_of(data)}
    found: dict[str, list[ShownInterpretation]] = {}
    for one in standing(regulation):
        reworded = digests.get(one.article) != one.article_digest
        found.setdefault(one.article, []).append(ShownInterpretation(one, reworded))
    return found


@dataclass(frozen=True)
class InterpretationPage:
    """`events` is its history as `components/timeline.html` lists it, `newer` what stands in its place."""

    interpretation: Interpretation
    article: str
    written: str
    reworded: bool
    newer: Interpretation | None
    may_change: bool
    reason: str


def interpretation_page(interpretation: Interpretation, user: User, *, on: date) -> InterpretationPage:
    """One interpretation for this reader."""
    found = clause(standing_version(interpretation.regulation, on=on).data, interpretation.article)
    ended = history_of(interpretation).exclude(became="").first()
    standing_still = interpretation.state == Interpretation.State.PUBLISHED
    return InterpretationPage(
        interpretation=interpretation,
        article=clause_words(interpretation.article),
        written=said(found["text"]) if found else "",
        reworded=found is None or digest(found["text"]) != interpretation.article_digest,
        newer=Interpretation.objects.filter(replaces=interpretation).first(),
        may_change=standing_still and not refusal(check_can_interpret, user, interpretation.regulation),
        reason=ended.note if ended and not standing_still else "",
    )


def interpretations_of(user: User) -> models.QuerySet[Interpretation]:
    """Everybody in the organisation reads them, also those that no longer stand."""
    return Interpretation.objects.filter(organisation_id=user.organisation_id).select_related(
        "regulation", "office__company", "published_by", "replaces"
    )


def clause_choices(regulation: Regulation, *, on: date) -> list[tuple[str, str]]:
    """Every article and item with how it begins, to choose one."""
    version = standing_version(regulation, on=on)
    return [(entry["code"], label_of(entry)) for entry in clauses_of(version.data)] if version else []


def label_of(entry: dict[str, Any]) -> str:
    words = said(entry.get("title")) or said(entry["text"])
    short = words if len(words) <= LONGEST_LABEL else words[: LONGEST_LABEL - 1] + "…"
    return clause_words(entry["code"]) + pgettext("after an article", ": ") + short
