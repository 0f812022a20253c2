"""A member rule's selector in words, in both languages, for those the file gives no label."""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext, pgettext

EMPLOYMENT_KINDS = ("regular", "probation", "intern", "dispatched", "rehired", "contracted")


def label_of(selector: dict[str, Any], data: dict[str, Any]) -> dict[str, str]:
    """Whom the selector names, as {zh, en}."""
    labels = {}
    for key, language in (("zh", "zh-hans"), ("en", "en")):
        with translation.override(language):
            labels[key] = in_words(selector, data, key)
    return labels


def in_words(selector: dict[str, Any], data: dict[str, Any], language: str) -> str:
    """The same in the language that is switched on; `language` picks the file's own names."""
    if selector.get("appointed_admin"):
        return gettext("the appointed group admin")
    parts = [*place_in_words(selector)]
    if offices := selector.get("offices"):
        parts.append(joined(names_of(offices, data.get("offices", []), language)))
    if teams := selector.get("teams"):
        names = joined(names_of(teams, data.get("teams", []), language))
        parts.append(gettext("members of {teams}").format(teams=names))
    if posts := selector.get("posts"):
        parts.append(joined(posts))
    if functions := selector.get("functions"):
        parts.append(gettext("staff working in {functions}").format(functions=joined(functions)))
    if not any(selector.get(key) for key in ("offices", "teams", "posts", "functions")):
        parts.append(gettext("all staff"))
    words = pgettext("between the parts of a member rule", ", ").join(parts)
    if kinds := selector.get("employment_kinds"):
        words += gettext(" ({kinds})").format(kinds=joined([kind_in_words(kind) for kind in kinds]))
    return words


def place_in_words(selector: dict[str, Any]) -> list[str]:
    """Company and department of the selector."""
    company, department = selector.get("company"), selector.get("department")
    places = {"headquarters": gettext("headquarters"), "requested": gettext("the requested company")}
    found = [places.get(company, company)] if company else []
    if department:
        found.append(gettext("the requested department") if department == "requested" else department)
    return found


def kind_in_words(kind: str) -> str:
    """An employment kind (用工类别)."""
    return {
        "regular": gettext("regular"),
        "probation": gettext("probation"),
        "intern": gettext("intern"),
        "dispatched": gettext("dispatched"),
        "rehired": gettext("rehired"),
        "contracted": gettext("contracted"),
    }[kind]


def joined(words: list[str]) -> str:
    return pgettext("between names in a row", ", ").join(words)


def names_of(codes: list[str], entries: list[dict[str, Any]], language: str) -> list[str]:
    """The file's names for codes; a code the file does not know stands for itself."""
    names = {entry["code"]: entry["name"][language] for entry in entries}
    return [names.get(code, code) for code in codes]
