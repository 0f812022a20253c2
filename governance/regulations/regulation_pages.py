"""What the pages of a regulation read: its articles, under each what the portal carries out and what is open."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Count, F, Q

from governance.accounts.models import User
from governance.calendar.templatetags.when import clause_words
from governance.directory.names import fold

from .answers_in_words import office_names
from .carried_out import CarriedOut, carried_out
from .models import OpenQuestion, Regulation, RegulationVersion
from .queries import Period, data_with_answers, periods_of, questions_under, regulations_of, version_in_force
from .queries.interpretations import ShownInterpretation, shown_interpretations
from .question_pages import ShownQuestion, shown
from .words import STRENGTHS, anchor, reads_chinese, said


@dataclass(frozen=True)
class ListedRegulation:
    """A regulation of the list; `version` is the one in force, else the newest, which `waits` for its day."""

    regulation: Regulation
    version: RegulationVersion
    waits: bool
    open_questions: int
    issued_by: str
    about: str


@dataclass(frozen=True)
class ShownClause:
    """An article or item as the page shows it. `original` is the Chinese text for a reader of another language."""

    code: str
    anchor: str
    name: str
    title: str
    text: str
    original: str
    strength: str
    inferred: bool
    ours: str
    rules: list[CarriedOut]
    questions: list[ShownQuestion]
    interpretations: list[ShownInterpretation]
    items: list["ShownClause"]

    def matches(self, words: list[str]) -> bool:
        """Whether each of the folded words stands in the clause itself or in what is published beside it."""
        published = [one.interpretation for one in self.interpretations]
        beside = [text for one in published for text in (one.question, one.text)]
        whole = fold(" ".join((self.name, self.title, self.text, self.original, self.ours, *beside)))
        return all(word in whole for word in words)


@dataclass(frozen=True)
class ShownChapter:
    """Articles under one heading; the heading is empty for those outside chapters."""

    title: str
    articles: list[ShownClause]


@dataclass(frozen=True)
class RegulationPage:
    """`elsewhere` are rules without an article: ours alone. `periods` are all versions with their days."""

    regulation: Regulation
    version: RegulationVersion
    number: str
    issued_by: str
    about: str
    transition: str
    chapters: list[ShownChapter]
    elsewhere: list[CarriedOut]
    open_questions: int
    interpretations: int
    period: Period
    periods: list[Period]


def listed_regulations(user: User, *, on: date) -> list[ListedRegulation]:
    """Every regulation of the organisation that has a version."""
    opened = Count("questions", filter=Q(questions__state=OpenQuestion.State.OPEN))
    found = []
    for regulation in regulations_of(user.organisation_id).annotate(open_questions=opened):
        current = version_in_force(regulation, on=on)
        version = current or regulation.versions.first()
        if version is not None:
            identity = version.data["regulation"]
            found.append(
                ListedRegulation(
                    regulation=regulation,
                    version=version,
                    waits=current is None,
                    open_questions=regulation.open_questions,
                    issued_by=said(identity.get("issued_by")),
                    about=said(identity.get("about")),
                )
            )
    return found


def version_shown(regulation: Regulation, asked: str, *, on: date) -> RegulationVersion | None:
    """The version asked for by its key; else the one in force, else the newest."""
    if asked:
        known = asked.isdecimal() and len(asked) < 19
        return regulation.versions.filter(pk=asked).first() if known else None
    return version_in_force(regulation, on=on) or regulation.versions.first()


def regulation_page(version: RegulationVersion, *, on: date) -> RegulationPage:
    """One version, article by article, with the answers to its open questions in their places."""
    regulation = version.regulation
    data = data_with_answers(version)
    offices = office_names(regulation.organisation_id)
    asked = questions_under(version).select_related("regulation", "asked_of__company", "answered_by")
    latest = {question.code: question for question in asked.order_by(F("answered_at").asc(nulls_first=True), "pk")}
    questions = [shown(question, offices) for question in sorted(latest.values(), key=lambda one: one.pk)]
    rules = carried_out(data)
    beside = shown_interpretations(regulation, version.data)
    chapters = chapters_of(data, rules, questions, beside)
    identity = data["regulation"]
    periods = periods_of(regulation, on=on)
    return RegulationPage(
        regulation=regulation,
        version=version,
        number=identity.get("number") or "",
        issued_by=said(identity.get("issued_by")),
        about=said(identity.get("about")),
        transition=said(identity.get("transition")),
        chapters=chapters,
        elsewhere=[rule for rule in rules if not rule.article],
        open_questions=sum(question.question.state == OpenQuestion.State.OPEN for question in questions),
        interpretations=sum(count_ours(article) for chapter in chapters for article in chapter.articles),
        period=next(period for period in periods if period.version.pk == version.pk),
        periods=periods,
    )


def chapters_of(
    data: dict[str, Any],
    rules: Iterable[CarriedOut],
    questions: Iterable[ShownQuestion],
    beside: dict[str, list[ShownInterpretation]],
) -> list[ShownChapter]:
    """The articles under their chapters' headings, in the order of the text."""
    titles = {chapter["code"]: said(chapter["title"]) for chapter in data.get("chapters", [])}
    chapters: list[ShownChapter] = []
    for entry in data["articles"]:
        title = titles.get(entry.get("chapter"), "")
        if not chapters or chapters[-1].title != title:
            chapters.append(ShownChapter(title, []))
        chapters[-1].articles.append(shown_clause(entry, list(rules), list(questions), beside))
    return chapters


def shown_clause(
    entry: dict[str, Any],
    rules: list[CarriedOut],
    questions: list[ShownQuestion],
    beside: dict[str, list[ShownInterpretation]],
) -> ShownClause:
    """A clause with everything that stands on it, and its items."""
    code = entry["code"]
    return ShownClause(
        code=code,
        anchor=anchor(code),
        name=clause_words(code),
        title=said(entry.get("title")),
        text=said(entry["text"]),
        original="" if reads_chinese() else entry["text"].get("zh", "").strip(),
        strength=str(STRENGTHS.get(entry.get("strength"), "")),
        inferred=bool(entry.get("inferred")),
        ours=said(entry.get("interpreted_as")),
        rules=[rule for rule in rules if rule.article == code],
        questions=[question for question in questions if question.question.article == code],
        interpretations=beside.get(code, []),
        items=[shown_clause(item, rules, questions, beside) for item in entry.get("items", [])],
    )


def found_clauses(page: RegulationPage, asked: str) -> list[ShownClause]:
    """The articles and items in which, or beside which, every word asked for stands; none without a word."""
    words = [fold(word) for word in asked.split()]
    waiting = [article for chapter in reversed(page.chapters) for article in reversed(chapter.articles)]
    found: list[ShownClause] = []
    while words and waiting:
        clause = waiting.pop()
        if clause.matches(words):
            found.append(replace(clause, items=[]))
        waiting.extend(reversed(clause.items))
    return found


def count_ours(clause: ShownClause) -> int:
    """How many readings of ours stand at a clause and below it."""
    own = bool(clause.ours) + sum(bool(rule.ours) for rule in clause.rules)
    return own + sum(count_ours(item) for item in clause.items)


# --- on paper ---
@dataclass(frozen=True)
class PrintedClause:
    """An article or item as printed: the text as written; `note` is the number of our note on it, 0 without one."""

    name: str
    title: str
    text: str
    inferred: bool
    note: int
    items: list["PrintedClause"]


@dataclass(frozen=True)
class PrintedRegulation:
    """The chapters with their articles, what we read into them as notes, numbered from 1: (clause, sentences), and the
    published interpretations in the order of the text: (clause, interpretation)."""

    chapters: list[tuple[str, list[PrintedClause]]]
    notes: list[tuple[str, list[str]]]
    interpretations: list[tuple[str, ShownInterpretation]]


def printed_regulation(page: RegulationPage) -> PrintedRegulation:
    """The whole text for paper: our readings never stand in it, they follow it as notes."""
    notes: list[tuple[str, list[str]]] = []
    chapters = [(chapter.title, [printed_clause(one, notes) for one in chapter.articles]) for chapter in page.chapters]
    return PrintedRegulation(chapters, notes, list(printed_interpretations(page)))


def printed_interpretations(page: RegulationPage) -> Iterator[tuple[str, ShownInterpretation]]:
    """Every published interpretation with the name of its article."""
    waiting = [article for chapter in reversed(page.chapters) for article in reversed(chapter.articles)]
    while waiting:
        clause = waiting.pop()
        yield from ((clause.name, one) for one in clause.interpretations)
        waiting.extend(reversed(clause.items))


def printed_clause(clause: ShownClause, notes: list[tuple[str, list[str]]]) -> PrintedClause:
    """The clause and its items; each with readings of ours takes the next note."""
    ours = list(dict.fromkeys(text for text in (clause.ours, *(rule.ours for rule in clause.rules)) if text))
    if ours:
        notes.append((clause.name, ours))
    return PrintedClause(
        name=clause.name,
        title=clause.title,
        text=clause.text,
        inferred=clause.inferred,
        note=len(notes) if ours else 0,
        items=[printed_clause(item, notes) for item in clause.items],
    )
