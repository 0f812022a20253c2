"""What a regulation says, in the reader's language: the text as written, and our reading beside it."""

from dataclasses import dataclass

from django.utils.translation import get_language

from .terms import Bilingual, MemberRule, OfficeRule


def said(text: Bilingual | None) -> str:
    """One language of a bilingual text of the regulation file; nothing for nothing."""
    if not text:
        return ""
    chinese = (get_language() or "zh").startswith("zh")
    return text.get("zh" if chinese else "en") or text.get("zh", "")


@dataclass(frozen=True)
class Basis:
    """On what a rule stands: the article, its text as written, and our interpretation, which is marked as ours (◊)."""

    article: str = ""
    written: str = ""
    interpreted: str = ""
    question: str = ""


def basis_of(rule: OfficeRule | MemberRule | None) -> Basis:
    """The basis of an office's part or of a member rule, in the reader's language."""
    if rule is None:
        return Basis()
    return Basis(
        article=rule.article or "",
        written=said(rule.written),
        interpreted=said(rule.interpreted_as),
        question=getattr(rule, "question", None) or "",
    )
