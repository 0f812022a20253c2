"""Questions on an article, their answers, and the interpretations published beside it."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from governance.accounts.models import User
from governance.audit.actions.recording import record
from governance.directory.models import Office
from governance.directory.queries import find_office, person_of
from governance.duties.actions import close, hand_over
from governance.duties.actions.handing_over import Clock
from governance.duties.ladders import ABOVE
from governance.notifications.actions import notify
from governance.workflow import move

from ..format.clauses import clause, digest
from ..format.clocks import clocks_of
from ..models import ArticleQuestion, Interpretation, Regulation
from ..permissions import answering_office, check_can_ask, check_can_interpret, check_can_take_back, today_of
from ..queries import data_with_answers, standing_version

TWICE = timedelta(minutes=1)  # the same words again within it are a second click


@transaction.atomic
def ask(regulation: Regulation, *, article: str, text: str, by: User, now: datetime) -> ArticleQuestion:
    """Whoever works here asks about an article; the interpreting office has it then."""
    asker = check_can_ask(by, regulation)
    of_asker = ArticleQuestion.objects.filter(regulation=regulation, asked_by=asker, article=article, text=text)
    if (twice := of_asker.filter(asked_at__gte=now - TWICE).first()) is not None:
        return twice
    data = data_with_answers(standing_version(regulation, on=today_of(by)))
    if clause(data, article) is None:
        raise ValidationError({"article": _("The regulation has no such article.")})
    question = ArticleQuestion.objects.create(
        organisation_id=regulation.organisation_id,
        regulation=regulation,
        article=article,
        text=text,
        asked_by=asker,
        asked_at=now,
    )
    record("ask-article", question, by=by, at=now, article=article)
    office = answering_office(regulation, data)
    if office is not None:
        hand_over(
            question,
            "answer-question",
            to=office,
            by=by,
            now=now,
            clock=answering_clock(data, office),
            article=article,
            calendar_id=asker.company.calendar_id,
            facts={"asked_by": asker.name},
        )
    return question


def answering_clock(data: dict, office: Office) -> Clock:
    """How long an answer may take; when it takes longer, the office that supervises all groups hears of it."""
    clock = clocks_of(data)["answer"]
    everywhere = [entry["office"] for entry in data["supervises"] if entry["scope"] == "all" and entry["office"]]
    found = (find_office(office.organisation_id, code) for code in everywhere)
    above = next((one for one in found if one is not None and one != office), None)
    return Clock(days=clock.days, article=clock.article or "", ladder=clock.ladder, tells={ABOVE: above})


@transaction.atomic
def answer_privately(question: ArticleQuestion, *, answer: str, by: User, now: datetime) -> None:
    """The interpreting office answers the asker alone."""
    office = check_can_interpret(by, question.regulation)
    settle_question(question, answer=answer, office=office, interpretation=None, by=by, now=now)


@transaction.atomic
def answer_publicly(
    question: ArticleQuestion, *, answer: str, published_question: str, by: User, now: datetime
) -> Interpretation:
    """The answer becomes an interpretation beside the article; who asked is not said there."""
    office = check_can_interpret(by, question.regulation)
    made = publish(
        question.regulation,
        article=question.article,
        text=answer,
        question=published_question,
        by=by,
        office=office,
        now=now,
    )
    settle_question(question, answer=answer, office=office, interpretation=made, by=by, now=now)
    return made


def settle_question(
    question: ArticleQuestion,
    *,
    answer: str,
    office: Office,
    interpretation: Interpretation | None,
    by: User,
    now: datetime,
) -> None:
    """The question has its answer, and the asker is told."""
    move(
        question,
        ArticleQuestion.State.ANSWERED,
        by=by,
        at=now,
        office=office,
        article=question.article,
        changes={
            "answer": answer,
            "answered_at": now,
            "answered_by": by,
            "office": office,
            "interpretation": interpretation,
        },
    )
    close(question, by=by, now=now, outcome="answer-question")
    notify(
        [question.asked_by],
        "article-question-answered",
        question,
        now=now,
        key=f"article-question:{question.pk}",
        title=str(question),
    )


@transaction.atomic
def take_back(question: ArticleQuestion, *, by: User, now: datetime) -> None:
    """The asker no longer needs an answer."""
    check_can_take_back(by, question)
    move(question, ArticleQuestion.State.WITHDRAWN, by=by, at=now, article=question.article)
    close(question, by=by, now=now, outcome="withdraw-question")


def publish(
    regulation: Regulation,
    *,
    article: str,
    text: str,
    question: str,
    by: User,
    office: Office,
    now: datetime,
    replaces: Interpretation | None = None,
) -> Interpretation:
    """A new interpretation beside the article as it reads today."""
    data = standing_version(regulation, on=today_of(by)).data
    found = clause(data, article)
    if found is None:
        raise ValidationError({"article": _("The regulation has no such article.")})
    made = Interpretation.objects.create(
        organisation_id=regulation.organisation_id,
        regulation=regulation,
        article=article,
        article_digest=digest(found["text"]),
        question=question,
        text=text,
        office=office,
        published_by=by,
        published_at=now,
        replaces=replaces,
    )
    record("publish-interpretation", made, by=by, at=now, office=office, article=article)
    return made


@transaction.atomic
def replace(
    interpretation: Interpretation, *, text: str, reason: str, by: User, now: datetime
) -> Interpretation:
    """A newer reading stands in its place; the older one stays readable. Those whose question it answered are told."""
    office = check_can_interpret(by, interpretation.regulation)
    end(interpretation, Interpretation.State.REPLACED, office=office, reason=reason, by=by, now=now)
    made = publish(
        interpretation.regulation,
        article=interpretation.article,
        text=text,
        question=interpretation.question,
        by=by,
        office=office,
        now=now,
        replaces=interpretation,
    )
    tell_askers(interpretation, "interpretation-replaced", made, now=now)
    return made


@transaction.atomic
def withdraw(interpretation: Interpretation, *, reason: str, by: User, now: datetime) -> None:
    """It no longer holds; it stays readable with the reason. Those whose question it answered are told."""
    office = check_can_interpret(by, interpretation.regulation)
    end(interpretation, Interpretation.State.WITHDRAWN, office=office, reason=reason, by=by, now=now)
    tell_askers(interpretation, "interpretation-withdrawn", interpretation, now=now)


def end(interpretation: Interpretation, state: str, *, office: Office, reason: str, by: User, now: datetime) -> None:
    """It stands no longer, with the reason why."""
    if not reason.strip():
        raise ValidationError({"opinion": _("Please say why.")})
    move(
        interpretation,
        state,
        by=by,
        at=now,
        office=office,
        opinion=reason.strip(),
        article=interpretation.article,
        changes={"ended_at": now},
    )


def tell_askers(ended: Interpretation, kind: str, now_stands: Interpretation, *, now: datetime) -> None:
    """Everybody whose question was answered by this interpretation or by one that it replaced."""
    chain = [ended]
    while chain[-1].replaces is not None:
        chain.append(chain[-1].replaces)
    answered = ArticleQuestion.objects.filter(interpretation__in=chain).select_related("asked_by")
    people = {question.asked_by_id: question.asked_by for question in answered}.values()
    author = person_of(now_stands.published_by)
    notify(
        [person for person in people if person != author],
        kind,
        now_stands,
        now=now,
        key=f"{kind}:{ended.pk}",
        title=str(ended)[:150],
    )
