"""Nickname rules as they stand in a file, and members as rows of a list tell of them."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from governance.regulations.format import RegulationErrors, read
from governance.regulations.format.nodes import nodes_of
from governance.regulations.format.reading import Reading
from governance.regulations.format.shapes import Choice, Field, Flag, Line, ListOf, Record, Slug, Text, Whole, rule

from .folding import fold
from .shapes import GAPS, SHAPES, Member, NicknameRule, Part

# How a part is written where the file does not say: by what it is taken from.
SHAPE_OF = {
    "name": "name",
    "child": "name",
    "department": "path",
    "unit": "path",
    "centre": "path",
    "company": "company",
    "region": "region",
    "city": "region",
    "phone": "phone",
    "plate": "plate",
    "relation": "words",
    "building": "number",
    "house_unit": "number",
    "room": "number",
    "year": "year",
}
PART = Record(
    {
        "source": Field(Slug(), "The fact it is taken from: department, name, company, post, phone, …", required=True),
        "shape": Field(Choice(*SHAPES), "How it is written, where the source does not say it"),
        "gap": Field(Choice(*GAPS), "What stands before it; the rule's separator where left out"),
        "joiner": Field(Line(4), "What the suggested form writes before it (none: nothing)"),
        "optional": Field(Flag(), "May be left out", default=False),
        "only_when_known": Field(Flag(), "Not asked for where the member has no such fact", default=False),
        "without": Field(ListOf(Line(20)), "Words at the end of the fact that the nickname leaves out"),
        "words": Field(ListOf(Line(20)), "One of these words"),
        "shortest": Field(Whole(1, 50), "Fewest characters"),
        "longest": Field(Whole(1, 50), "Most characters"),
        "surname_will_do": Field(Flag(), "The surname alone is enough", default=False),
        "no_inner_space": Field(Flag(), "No space inside", default=False),
    }
)
NICKNAME_RULE = rule(
    {
        "code": Field(Line(40), "Code", required=True),
        "name": Field(Line(60), "The rule in short, as people know it: 部门+姓名", required=True),
        "members": Field(Choice("staff", "external"), "The kind of member it holds for", default="staff"),
        "parts": Field(ListOf(PART, filled=True), "The parts in their order", required=True),
        "separator": Field(Choice("any", "dash", "none"), "What stands between parts; any: none too", default="any"),
        "bare_name_posts": Field(ListOf(Line(50)), "Posts whose holders write the bare name; * stands for anything"),
        "outside": Field(ListOf(Line(50)), "Kinds, departments or posts whom the rule does not bind"),
        "role_words": Field(ListOf(Line(20)), "One of these must show in the nickname of those outside"),
        "needs": Field(Slug(), "A fact without which a member is outside"),
        "aliases": Field(
            ListOf(
                Record(
                    {
                        "of": Field(Line(50), "Registered name", required=True),
                        "also": Field(ListOf(Line(50), filled=True), "What it is called too", required=True),
                    }
                )
            ),
            "Registered aliases besides those of the directory",
        ),
        "list_tells": Field(ListOf(Slug()), "Facts in the column dept of a list, in their order; then its title"),
        "severity": Field(Choice("fault", "hint"), "hint: shown to the member, counted nowhere", default="fault"),
        "note": Field(Text(500), "What a reader should know"),
    }
)
NICKNAMES = ListOf(NICKNAME_RULE, key="code")
RULES_ALONE = Record({"nicknames": Field(NICKNAMES, "Nickname rules", required=True)})
NUMBERS = re.compile(r"[0-9]+[a-z]?")
YEAR = re.compile(r"([0-9]{4})级?(.*)")


def read_rules(file: Path) -> dict[str, dict[str, Any]]:
    """The rules of a file by code: a regulation file, or one that holds `nicknames` alone.

    Raises RegulationErrors with every problem, OSError where the file cannot be read.
    """
    source = file.read_bytes()
    reading = Reading(str(file))
    root = nodes_of(source, reading)
    keys = {getattr(key, "value", "") for key, _value in getattr(root, "value", ())}
    if "regulation" in keys:
        found = read(source, filename=str(file)).data["nicknames"]
    else:
        found = (RULES_ALONE.read(root, "", reading) or {}).get("nicknames") or []
        if reading.problems:
            raise RegulationErrors(reading.problems)
    return {entry["code"]: entry for entry in found}


def as_rule(entry: Mapping[str, Any], aliases: Mapping[str, tuple[str, ...]] | None = None) -> NicknameRule:
    """The rule of a checked file; `aliases` are the directory's, which the rule's own add to."""
    also = dict(aliases or {})
    for alias in entry["aliases"]:
        also[alias["of"]] = (*also.get(alias["of"], ()), *alias["also"])
    return NicknameRule(
        code=entry["code"],
        name=entry["name"],
        parts=tuple(as_part(part, entry["separator"]) for part in entry["parts"]),
        bare_name_posts=tuple(entry["bare_name_posts"]),
        outside=tuple(entry["outside"]),
        role_words=tuple(entry["role_words"]),
        needs=entry["needs"] or "",
        aliases=also,
    )


def as_part(part: Mapping[str, Any], separator: str) -> Part:
    """One part of a checked file; what it leaves out follows from its source and from the rule's separator."""
    gap = part["gap"] or separator
    joiner = part["joiner"] if part["joiner"] is not None else "-"
    return Part(
        source=part["source"],
        shape=part["shape"] or SHAPE_OF.get(part["source"], "text"),
        gap=gap,
        joiner="" if joiner == "none" or gap == "none" else joiner,
        optional=part["optional"],
        only_when_known=part["only_when_known"],
        without=tuple(part["without"]),
        words=tuple(part["words"]),
        shortest=part["shortest"] or 0,
        longest=part["longest"] or 0,
        surname_will_do=part["surname_will_do"],
        no_inner_space=part["no_inner_space"],
    )


def member_of_list(person: Mapping[str, Any] | None, entry: Mapping[str, Any]) -> Member:
    """A member as a list tells of him: `name`, `dept` (a path with /), `title`, perhaps `phone`, `plate`, `relation`.

    Which facts stand in `dept` is the rule's `list_tells`; what is left unfilled there may stand in `title`.
    """
    person = person or {}
    name, dept, title = (str(person.get(key) or "").strip() for key in ("name", "dept", "title"))
    pieces = [piece.strip() for piece in dept.split("/") if piece.strip()]
    keys = entry["list_tells"] or ["department"]
    facts = {key: value for key, value in told(keys, pieces, title).items() if value}
    if name:
        facts["child" if "child" in keys else "name"] = (name,)
    if title:
        facts.setdefault("post", tuple(piece for piece in re.split(r"[、,，/兼;；]", title) if piece) or (title,))
    for key in ("phone", "plate", "relation", "company", "region"):
        if person.get(key):
            facts[key] = (str(person[key]),)
    return Member(facts, kinds=frozenset(pieces) | ({title} if title else set()))


def told(keys: list[str], pieces: list[str], title: str) -> dict[str, tuple[str, ...]]:
    """The pieces dealt out to the facts: what has a form of its own goes by its form, the rest in order.

    The last fact takes what is over; numbers of a house are taken out of whatever words stand around them.
    """
    rest, found = list(pieces), {}
    if all(SHAPE_OF.get(key) == "number" for key in keys):
        return dict(zip(keys, ((number,) for number in NUMBERS.findall(fold("/".join(pieces)))), strict=False))
    for key in keys:
        if key in ("year", "number", "plate"):
            found[key] = picked(key, rest, title)
    others = [key for key in keys if key not in found]
    for position, key in enumerate(others):
        last = position == len(others) - 1
        found[key] = tuple(rest) if last else tuple(rest[:1])
        rest = [] if last else rest[1:]
    return found


def picked(key: str, rest: list[str], title: str) -> tuple[str, ...]:
    """The piece that has the form of a year, a number or a plate; taken out of `rest`, else looked for in the title."""
    for piece in [*rest, *([title] if title else [])]:
        text = fold(piece)
        if key == "year":
            if not (shape := YEAR.fullmatch(text)):
                continue
            if piece in rest:
                rest[rest.index(piece) : rest.index(piece) + 1] = [shape[2]] if shape[2] else []
            return (shape[1],)
        if any(sign.isdigit() for sign in text):
            if piece in rest:
                rest.remove(piece)
            return (piece,)
    return ()
