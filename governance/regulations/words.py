"""The regulation's bilingual texts in the reader's language, its names of offices, and marks on its clauses."""

from typing import Any

from django.utils.translation import get_language, pgettext_lazy

STRENGTHS = {
    "must": pgettext_lazy("strength of a rule", "must"),
    "advised": pgettext_lazy("strength of a rule", "advised"),
    "in_principle": pgettext_lazy("strength of a rule", "in principle"),
}


def reads_chinese() -> bool:
    return (get_language() or "zh").startswith("zh")


def said(text: dict[str, str] | None) -> str:
    """One language of a bilingual text; nothing for nothing."""
    if not text:
        return ""
    return (text.get("zh" if reads_chinese() else "en") or text.get("zh") or "").strip()


def office_name(data: dict[str, Any], code: str | None) -> str:
    """An office as the regulation calls it; its code where it does not name it."""
    for entry in data.get("offices", []):
        if entry["code"] == code:
            return said(entry["name"])
    return code or ""


def anchor(code: str) -> str:
    """The place of a clause on the regulation's page: art-4-1."""
    return "art-" + code.replace(".", "-").replace("(", "").replace(")", "")
