"""What differs between two versions of a regulation: its text article by article, what is carried out, what is open.

Pure: two versions' data in, findings in the reader's language out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

from django.utils.translation import gettext as _

from governance.calendar.templatetags.when import clause_words

from .carried_out import CarriedOut, carried_out
from .format.clauses import clauses_of, question_digests
from .words import STRENGTHS, anchor, said

SAME, REMOVED, ADDED = "", "removed", "added"
SENTENCE = re.compile(r"[^。；！？\n]*[。；！？\n]|[^。；！？\n]+")
WORD = re.compile(r"[A-Za-z0-9]+|\s+|.", re.DOTALL)
CLOSEST_LOOK = 400  # words on a side; longer stretches are compared sentence by sentence only
NO_RULE = CarriedOut(label="", value="")
SHORTEST_SAME = 2  # a single sign between two changes is no common ground


@dataclass(frozen=True)
class Segment:
    """A stretch of text; `change` is same (empty), removed or added."""

    text: str
    change: str = SAME


@dataclass(frozen=True)
class ClauseDifference:
    """An article or item that differs; `kind` is added, removed or changed, `notes` what differs besides the text."""

    code: str
    anchor: str
    name: str
    title: str
    kind: str
    before: list[Segment]
    after: list[Segment]
    notes: list[str]


@dataclass(frozen=True)
class RuleDifference:
    """What is carried out differently: nothing before for a new rule, nothing after for one that ends."""

    article: str
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class QuestionDifference:
    """An open question of either version; `kind` is new, again (its text changed), kept or dropped."""

    code: str
    kind: str
    text: str
    answered: bool


@dataclass(frozen=True)
class Differences:
    """All that differs. `same_clauses` counts the articles and items that are as before."""

    clauses: list[ClauseDifference] = field(default_factory=list)
    rules: list[RuleDifference] = field(default_factory=list)
    questions: list[QuestionDifference] = field(default_factory=list)
    same_clauses: int = 0

    @property
    def nothing(self) -> bool:
        """Whether a reader would see no difference."""
        asked = any(question.kind != "kept" for question in self.questions)
        return not (self.clauses or self.rules or asked)


def differences(before: dict[str, Any], after: dict[str, Any]) -> Differences:
    """What `after` changes against `before`; both with the answers to their questions in their places."""
    clauses = list(clause_differences(before, after))
    known = {clause["code"] for clause in clauses_of(before)} & {clause["code"] for clause in clauses_of(after)}
    changed = {clause.code for clause in clauses if clause.kind == "changed"}
    return Differences(
        clauses=clauses,
        rules=rule_differences(carried_out(before), carried_out(after)),
        questions=list(question_differences(before, after)),
        same_clauses=len(known - changed),
    )


# --- the text ---------------------------------------------------------------------------------------------------------
def clause_differences(before: dict[str, Any], after: dict[str, Any]) -> Iterator[ClauseDifference]:
    """In the order of the new text; what is gone stands where it stood."""
    old = {clause["code"]: clause for clause in clauses_of(before)}
    new = {clause["code"]: clause for clause in clauses_of(after)}
    for code in merged(list(old), list(new)):
        found = clause_difference(code, old.get(code), new.get(code))
        if found is not None:
            yield found


def merged(old: list[str], new: list[str]) -> list[str]:
    """All codes in the order of the new text; one that is gone stands behind what it stood behind."""
    order = list(new)
    for place, code in enumerate(old):
        if code not in order:
            before = next((known for known in reversed(old[:place]) if known in order), None)
            order.insert(order.index(before) + 1 if before is not None else 0, code)
    return order


def clause_difference(code: str, old: dict[str, Any] | None, new: dict[str, Any] | None) -> ClauseDifference | None:
    """None where nothing a reader could see differs."""
    if old is None or new is None:
        there, change = (new, ADDED) if old is None else (old, REMOVED)
        whole = [Segment(said(there["text"]), change)]
        before, after = ([], whole) if old is None else (whole, [])
        return shown(code, there, change, before, after, [])
    notes = list(notes_on(old, new))
    if old["text"] == new["text"] and not notes:
        return None
    before, after = compared(said(old["text"]), said(new["text"]))
    return shown(code, new, "changed", before, after, notes)


def shown(
    code: str, clause: dict[str, Any], kind: str, before: list[Segment], after: list[Segment], notes: list[str]
) -> ClauseDifference:
    return ClauseDifference(
        code=code,
        anchor=anchor(code),
        name=clause_words(code),
        title=said(clause.get("title")),
        kind=kind,
        before=before,
        after=after,
        notes=notes,
    )


def notes_on(old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    """What differs of a clause besides the text in the reader's language."""
    if old["text"] != new["text"] and said(old["text"]) == said(new["text"]):
        yield _("Only the text in the other language differs.")
    for label, before, after in (
        (_("Heading"), said(old.get("title")), said(new.get("title"))),
        (_("Strength"), str(STRENGTHS.get(old.get("strength"), "")), str(STRENGTHS.get(new.get("strength"), ""))),
        (_("Our reading"), said(old.get("interpreted_as")), said(new.get("interpreted_as"))),
    ):
        if before != after:
            yield _("%(label)s: “%(before)s” becomes “%(after)s”.") % {
                "label": label,
                "before": before or "–",
                "after": after or "–",
            }
    if bool(old.get("inferred")) != bool(new.get("inferred")):
        yield _("Now marked as inferred.") if new.get("inferred") else _("No longer marked as inferred.")


def compared(before: str, after: str) -> tuple[list[Segment], list[Segment]]:
    """Both texts in stretches that are the same or differ: sentence by sentence, and inside those that differ word by
    word (a Chinese character is a word)."""
    old, new = SENTENCE.findall(before), SENTENCE.findall(after)
    left: list[Segment] = []
    right: list[Segment] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        one, other = "".join(old[a:b]), "".join(new[c:d])
        if tag == "equal":
            left.append(Segment(one))
            right.append(Segment(other))
        else:
            closer = by_words(one, other)
            left += closer[0]
            right += closer[1]
    return joined(left), joined(right)


def by_words(before: str, after: str) -> tuple[list[Segment], list[Segment]]:
    """Two short stretches word by word; long ones as a whole."""
    old, new = WORD.findall(before), WORD.findall(after)
    if not old or not new or max(len(old), len(new)) > CLOSEST_LOOK:
        return [Segment(before, REMOVED)], [Segment(after, ADDED)]
    left: list[Segment] = []
    right: list[Segment] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        same = tag == "equal" and (b - a >= SHORTEST_SAME or a == 0 or b == len(old))
        left.append(Segment("".join(old[a:b]), SAME if same else REMOVED))
        right.append(Segment("".join(new[c:d]), SAME if same else ADDED))
    return left, right


def joined(segments: list[Segment]) -> list[Segment]:
    """Neighbours of one kind as one stretch; empty ones left out."""
    found: list[Segment] = []
    for segment in segments:
        if not segment.text:
            continue
        if found and found[-1].change == segment.change:
            found[-1] = Segment(found[-1].text + segment.text, segment.change)
        else:
            found.append(segment)
    return found


# --- what is carried out, and what is open ----------------------------------------------------------------------------
def rule_differences(before: list[CarriedOut], after: list[CarriedOut]) -> list[RuleDifference]:
    """The rules in words that are not the same: types, approvers, members, deadlines, under the same article and label
    side by side."""
    old, new = by_place(before), by_place(after)
    found: list[RuleDifference] = []
    for place in dict.fromkeys([*new, *old]):
        gone = [rule for rule in old.get(place, []) if rule not in new.get(place, [])]
        come = [rule for rule in new.get(place, []) if rule not in old.get(place, [])]
        for one, other in zip_longest(gone, come, fillvalue=NO_RULE):
            reading = one.ours != other.ours
            found.append(RuleDifference(*place, in_words(one, reading=reading), in_words(other, reading=reading)))
    return found


def in_words(rule: CarriedOut, *, reading: bool) -> str:
    """The rule, with how we read it where that differs."""
    if reading and rule.ours:
        return _("%(rule)s (our reading: %(reading)s)") % {"rule": rule.value, "reading": rule.ours}
    return rule.value


def by_place(rules: list[CarriedOut]) -> dict[tuple[str, str], list[CarriedOut]]:
    """The rules by article and label."""
    found: dict[tuple[str, str], list[CarriedOut]] = {}
    for rule in rules:
        plain = CarriedOut(label="", value=rule.value, ours=rule.ours)
        found.setdefault((rule.article, str(rule.label)), []).append(plain)
    return found


def question_differences(before: dict[str, Any], after: dict[str, Any]) -> Iterator[QuestionDifference]:
    """What the new version asks anew, what keeps its instruction, what is no longer asked."""
    old, new = question_digests(before), question_digests(after)
    answered = {question["code"] for question in after.get("open_questions", []) if "answers" in question}
    for question in after.get("open_questions", []):
        code = question["code"]
        kind = "new" if code not in old else "kept" if old[code] == new[code] else "again"
        yield QuestionDifference(code, kind, said(question["question"]), code in answered)
    for question in before.get("open_questions", []):
        if question["code"] not in new:
            yield QuestionDifference(question["code"], "dropped", said(question["question"]), "answers" in question)
