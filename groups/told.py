"""What the regulation has people told: an admin before accepting, the members by the group notice."""

from dataclasses import dataclass

from governance.regulations.format.clauses import clause

from .queries.terms import Terms
from .wording import said


@dataclass(frozen=True)
class Told:
    """One article in the reader's language; `ours` is our reading of it, marked as such."""

    article: str
    text: str
    ours: str = ""
    inferred: bool = False


def told(terms: Terms, name: str) -> list[Told]:
    """The articles of a list under `every_type` of the regulation file: "admin_duties" or "notice"."""
    codes = (terms.data.get("every_type") or {}).get(name) or []
    clauses = [clause(terms.data, code) for code in codes]
    return [
        Told(found["code"], said(found["text"]), said(found.get("interpreted_as")), bool(found.get("inferred")))
        for found in clauses
        if found
    ]
