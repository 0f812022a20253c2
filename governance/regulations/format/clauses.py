"""Articles and their items, found by number; the digest of a clause's own text."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any


def clauses_of(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every article and item, in the order of the text."""
    waiting = list(reversed(data.get("articles", [])))
    while waiting:
        clause = waiting.pop()
        yield clause
        waiting.extend(reversed(clause.get("items", [])))


def clause(data: dict[str, Any], code: str | None) -> dict[str, Any] | None:
    """The article or item with that number."""
    return next((clause for clause in clauses_of(data) if clause["code"] == code), None)


def digest(*parts: Any) -> str:
    """SHA-256 over plain JSON; line breaks and runs of blanks in texts count as one blank."""
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(" ".join(text.replace("\\n", " ").split()).encode()).hexdigest()


def digests_of(data: dict[str, Any]) -> dict[str, dict[str, str]]:
    """Digests of the clauses' own texts: not of their items, not of our interpretation.

    An open question's digest covers the question, what it asks for and the clause it is about, so that an instruction
    lives through a reload until one of these changes.
    """
    return {
        "articles": {clause["code"]: digest(clause["text"]) for clause in clauses_of(data)},
        "open_questions": question_digests(data),
    }


def question_digests(data: dict[str, Any]) -> dict[str, str]:
    """The open questions' digests alone, by their code."""
    texts = {clause["code"]: clause["text"] for clause in clauses_of(data)}
    return {
        question["code"]: digest(question["question"], asked_for(question), texts[question["article"]])
        for question in data.get("open_questions", [])
    }


def asked_for(question: dict[str, Any]) -> list[Any]:
    """What an answer consists of, without the labels."""
    return [
        [ask["name"], ask["kind"], ask["sets"], [[option["value"], option["becomes"]] for option in ask["options"]]]
        for ask in question["asks"]
    ]
