"""Whether a folded nickname is the wanted parts in their order, and nothing else.

Parts are looked for, never cut out by kind of character: the department and the name that the directory knows decide
where one ends and the other begins. All places where a part may begin are followed at once, so the time is linear in
the length of the nickname.
"""

from dataclasses import dataclass

from .folding import DASH, DOT
from .wanted import Wanted

# Besides these a 一 or ー stands for a dash where the roster shows that it is one (DESIGN, *Nicknames*).
SEPARATORS = frozenset(" -_/\\|.,:;+~=@&#*>·、丨︱∕╱〜～")
WRITTEN_DASHES = frozenset("一ー")
BRACKETS = {
    "(": ")", "[": "]", "{": "}", "【": "】", "「": "」", "『": "』", "〔": "〕", "〖": "〗", "〈": "〉", "《": "》",
    "<": ">", "“": "”", '"': '"', "‘": "’", "'": "'",
}  # fmt: skip
CLOSING = frozenset(BRACKETS.values())
MOST_SEPARATORS = 6


@dataclass(frozen=True, order=True)
class Place:
    """Where reading has come to, and the closing bracket that is still owed."""

    at: int
    owed: str = ""
    apart: bool = True  # a separator or bracket was read since the last part
    bracketed: bool = False  # the bracket was opened just now


def fits(text: str, wanted: list[Wanted]) -> bool:
    """Whether the nickname, folded, is these parts in this order and nothing else."""
    if not wanted:
        return False
    places = {Place(0)}
    for each in wanted:
        reached = set(places) if each.part.optional else set()
        for place in places:
            for before in gaps(text, place, each):
                for end in ends(text, before.at, each):
                    reached |= after(text, end, before)
        places = reached
        if not places:
            return False
    return any(place.at == len(text) and not place.owed for place in places)


def gaps(text: str, place: Place, wanted: Wanted) -> set[Place]:
    """Where the part may begin after what may stand before it; nothing but a bracket stands before the first one."""
    policy, first = wanted.part.gap, place == Place(0)
    found = set()
    starts = [place] if first else separated(text, place, policy)
    for start in starts:
        if policy != "brackets" and (policy != "some" or first or start.apart):
            found.add(start)
        if not start.owed and start.at < len(text) and text[start.at] in BRACKETS and policy not in ("dash", "none"):
            inside = skip_spaces(text, start.at + 1)
            found.add(Place(inside, BRACKETS[text[start.at]], apart=True, bracketed=True))
    return found


def separated(text: str, place: Place, policy: str) -> list[Place]:
    """The places after no, one, two … separators; after a dash and the spaces around it where a dash is asked for."""
    found = [] if policy == "dash" else [Place(place.at, place.owed, apart=place.apart)]
    at, seen = place.at, ""
    while at < len(text) and len(seen) < MOST_SEPARATORS:
        if text[at] not in SEPARATORS and text[at] not in WRITTEN_DASHES:
            break
        seen += text[at]
        at += 1
        if policy == "dash":
            if is_dash(seen) and (at == len(text) or text[at] != " "):
                found.append(Place(at, place.owed))
        elif policy == "any" or policy == "some" or seen.isspace():
            found.append(Place(at, place.owed))
    return found


def is_dash(seen: str) -> bool:
    """A dash with spaces around it; the Chinese dash is two."""
    plain = seen.strip()
    return plain in (DASH, DASH * 2) or plain in WRITTEN_DASHES


def after(text: str, end: int, before: Place) -> set[Place]:
    """The places after a part: as it is, and behind the bracket that closes it."""
    found = {Place(end, before.owed, apart=False)}
    if before.owed:
        closing = skip_spaces(text, end)
        if closing < len(text) and text[closing] == before.owed:
            found.add(Place(closing + 1, "", apart=True))
    return found


def skip_spaces(text: str, at: int) -> int:
    while at < len(text) and text[at] == " ":
        at += 1
    return at


def ends(text: str, start: int, wanted: Wanted) -> set[int]:
    """Where the part ends if it begins here, for each accepted spelling."""
    if wanted.pattern is not None:
        found = wanted.pattern.match(text, start)
        return {found.end()} if found else set()
    found = set()
    for spelling in wanted.spellings:
        places = {start}
        for number, stage in enumerate(spelling):
            begins = places if not number else {at for place in places for at in beginnings(text, place)}
            places = {end for at in begins for literal in stage if (end := end_of(text, at, literal, wanted)) >= 0}
        found |= places
    return found


def beginnings(text: str, place: int) -> set[int]:
    return {found.at for found in separated(text, Place(place), "any")}


def end_of(text: str, start: int, literal: str, wanted: Wanted) -> int:
    """Where `literal` ends if the text continues with it, or -1.

    Spaces between Chinese characters say nothing and are skipped; the dot of a name may be typed as a dash or a space.
    """
    at, size, previous = start, len(text), ""
    for sign in literal:
        if at < size and text[at] == sign:
            at += 1
        elif sign == DOT and at < size and (text[at] in " -_" or text[at] in WRITTEN_DASHES):
            at = skip_spaces(text, at + 1)
        elif sign == " " and at < size and text[at] in "-_·":
            at += 1
        elif previous and at < size and text[at] == " " and may_be_spaced(previous, sign, wanted):
            at = skip_spaces(text, at)
            if at >= size or text[at] != sign:
                return -1
            at += 1
        else:
            return -1
        previous = sign
    if wanted.numeric and literal[-1:].isdigit() and at < size and text[at].isdigit():
        return -1
    return at


def may_be_spaced(previous: str, sign: str, wanted: Wanted) -> bool:
    """Whether a space between the two says nothing: always, except between two letters or digits."""
    if previous == DOT:
        return True
    if wanted.part.no_inner_space:
        return False
    return not (previous.isascii() and sign.isascii() and previous.isalnum() and sign.isalnum())
