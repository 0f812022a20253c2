"""What is wrong with a nickname that does not fit, each fault with a sentence its owner can act on.

Only the sentences depend on what is found here, never the verdict: a nickname that does not fit is a violation.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .folding import LONGEST, composed, fold, is_invisible, without_invisible
from .matching import BRACKETS, CLOSING, SEPARATORS, WRITTEN_DASHES, ends, fits
from .shapes import NicknameRule
from .wanted import MOBILE, Wanted

SOURCES = {
    "department": pgettext_lazy("nickname part", "department"),
    "company": pgettext_lazy("nickname part", "company"),
    "unit": pgettext_lazy("nickname part", "unit"),
    "branch": pgettext_lazy("nickname part", "branch"),
    "centre": pgettext_lazy("nickname part", "centre"),
    "section": pgettext_lazy("nickname part", "section"),
    "store": pgettext_lazy("nickname part", "department and store"),
    "team": pgettext_lazy("nickname part", "team"),
    "class": pgettext_lazy("nickname part", "class"),
    "college": pgettext_lazy("nickname part", "college"),
    "region": pgettext_lazy("nickname part", "region"),
    "city": pgettext_lazy("nickname part", "city"),
    "name": pgettext_lazy("nickname part", "name"),
    "child": pgettext_lazy("nickname part", "child’s name"),
    "relation": pgettext_lazy("nickname part", "father or mother"),
    "post": pgettext_lazy("nickname part", "post"),
    "phone": pgettext_lazy("nickname part", "mobile number"),
    "plate": pgettext_lazy("nickname part", "number plate"),
    "building": pgettext_lazy("nickname part", "building"),
    "house_unit": pgettext_lazy("nickname part", "unit number"),
    "room": pgettext_lazy("nickname part", "room"),
    "number": pgettext_lazy("nickname part", "number"),
    "year": pgettext_lazy("nickname part", "year of entry"),
}
SENTENCES = {
    "empty": _("No group nickname is set; the group shows the personal WeChat name."),
    "too_long": _("The nickname is longer than {longest} characters."),
    "invisible": _("It contains invisible characters; please type it anew."),
    "pattern_copied": _("It repeats the pattern of the rule instead of filling it in."),
    "decoration": _("“{found}” is decoration and is left out."),
    "phone": _("A telephone number is personal data and does not belong into this nickname."),
    "two_people": _("“{found}” names a second person; each account is used by one person."),
    "title": _("“{found}” is a title and is left out."),
    "form_of_address": _("“{found}” is a form of address; write the real name."),
    "other_name": _("“{found}” is not the name in the directory; write the real name."),
    "unreadable": _("A character of the name is missing or unreadable; write the whole name."),
    "extra": _("“{found}” does not belong into the nickname."),
    "missing": _("This part is missing: {part}."),
    "wrong": _("“{found}” is not right here; the {part} is written “{expected}”."),
    "shortened": _("“{found}” is shortened; the {part} is written “{expected}”."),
    "misspelt": _("“{found}” is misspelt; the {part} is written “{expected}”."),
    "not_his_own": _("“{found}” is another {part}; his own is “{expected}”."),
    "incomplete_number": _("“{found}” is not a mobile number of 11 digits."),
    "padded": _("Numbers are written without leading zeros."),
    "length": _("“{found}” is too long or too short for this part: {part}."),
    "inner_space": _("There is no space inside the name."),
    "order": _("The order is not right; it is: {parts}."),
    "separator": _("The parts are not set apart as the rule asks for."),
    "role_not_shown": _("Members outside the rule show in the nickname what they are."),
    "nobody": _("No person is known for this account; a shared account needs a registered exemption."),
    "bare_name": _("Whoever holds this post writes the bare name."),
}
ADDRESS = "总|工|董|哥|姐|叔|姨|爷|先生|女士|小姐|老师|师傅|经理|主任|部长|处长|科长|局长|院长|书记|医生|律师|教授|同学"
FAMILIAR = re.compile(rf"(?:[老小阿大][\u4e00-\u9fff]{{1,2}}|[\u4e00-\u9fff]{{1,2}}(?:{ADDRESS}))")
UNREADABLE = re.compile(r"[?\ufffd□○◯*×〓■]")
TITLES = re.compile(
    r"(?:副|常务|执行|高级|助理|代理?)*(?:总裁|总经理|总监|经理|主管|主任|部长|处长|科长|组长|班长|店长|书记|助理|秘书|专员|工程师|会计|出纳)"
)
COPIED = re.compile(r"(?:xx+|某某*|××+|〇〇+|\*\*+)(?:部|公司|单位|中心)?", re.IGNORECASE)
PADDING = re.compile(r"(?<![0-9])0+(?=[0-9])")
JOINED = re.compile("[、,&+和与及]")  # between two people's names
ANY_PHONE = re.compile(rf"{MOBILE}|0[0-9]{{2,3}}-?[0-9]{{7,8}}")


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: a code for machines, the sentence for people (lazy, in the reader's language)."""

    code: str
    sentence: Any

    def __str__(self) -> str:
        return str(self.sentence)


class _Sentence:
    """A sentence with its places filled in, in whichever language it is read."""

    def __init__(self, template: Any, values: dict[str, Any]) -> None:
        self.template, self.values = template, values

    def __str__(self) -> str:
        return str(self.template).format(**{key: in_words(value) for key, value in self.values.items()})

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Sentence) and str(self) == str(other)

    def __hash__(self) -> int:
        return hash(str(self))


def in_words(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def fault(code: str, **values: Any) -> Fault:
    return Fault(code, _Sentence(SENTENCES[code], values))


def part_name(wanted: Wanted) -> Any:
    return SOURCES.get(wanted.part.source, wanted.part.source)


def faults_of(nickname: str, wanted: list[Wanted], rule: NicknameRule, others: tuple[str, ...] = ()) -> list[Fault]:
    """What is wrong with a nickname that does not fit, the most telling first; at least one fault.

    `others` are the registered names of other departments, by which a stale nickname is told from a wrong one.
    """
    if len(nickname) > LONGEST:
        return [fault("too_long", longest=LONGEST)]
    if not without_invisible(nickname).strip():
        return [fault("empty")] if not any(map(is_invisible, nickname)) else [fault("invisible"), fault("empty")]
    found: list[Fault] = []
    plain = without_invisible(composed(nickname).strip())
    if plain != composed(nickname).strip():
        found.append(fault("invisible"))
    text = fold(plain)
    if text in (fold(rule.name), fold(rule.code)):
        return [*found, fault("pattern_copied")]
    bare = undecorated(plain)
    if bare != plain:
        found.append(fault("decoration", found="".join(sign for sign in plain if is_decoration(sign))))
        text = fold(bare)
    if not any(each.part.shape == "phone" for each in wanted) and (number := ANY_PHONE.search(text)):
        found.append(fault("phone"))
        text = (text[: number.start()] + " " + text[number.end() :]).strip()
    if any(each.numeric for each in wanted) and fits(unpadded := PADDING.sub("", text), wanted) and unpadded != text:
        found.append(fault("padded"))
    elif not fits(text, wanted):
        found += parts_wrong(Text(strip_separators(text), plain), wanted, others)
    return found or [fault("separator")]


class Text(str):
    """The folded text; it remembers how its owner typed it, so that a sentence can quote him."""

    def __new__(cls, folded: str, typed: str) -> "Text":
        text = super().__new__(cls, folded)
        text.typed = typed
        return text

    def as_typed(self, piece: str) -> str:
        at = self.typed.casefold().find(piece)
        return self.typed[at : at + len(piece)] if at >= 0 else piece


def is_decoration(sign: str) -> bool:
    """Emoji, symbols, private and unassigned signs."""
    return unicodedata.category(sign) in ("So", "Sk", "Co", "Cn", "Cs") and not UNREADABLE.match(sign)


def undecorated(text: str) -> str:
    return "".join(sign for sign in text if not is_decoration(sign) and not 0xFE00 <= ord(sign) <= 0xFE0F).strip()


def strip_separators(text: str) -> str:
    """Without the separators that are left at the ends."""
    return text.strip("".join(SEPARATORS - {"?"}))


def parts_wrong(text: Text, wanted: list[Wanted], others: tuple[str, ...]) -> list[Fault]:
    """Which parts are missing or wrong, in the wrong order, or followed by too much."""
    spans = {number: span for number, each in enumerate(wanted) if (span := where(text, each))}
    rests = leftovers(text, list(spans.values()))
    lost = [each for number, each in enumerate(wanted) if number not in spans and not each.part.optional]
    found = [about_lost(each, rests, others, text) for each in lost]
    found += [about_rest(rest, text) for rest in rests]
    if not lost and not rests:
        begins = [spans[number][0] for number in sorted(spans)]
        if begins != sorted(begins):
            return [fault("order", parts=tuple(part_name(each) for each in wanted))]
        return [about_form(text, wanted)]
    if not lost and [spans[number][0] for number in sorted(spans)] != sorted(span[0] for span in spans.values()):
        found.append(fault("order", parts=tuple(part_name(each) for each in wanted)))
    return found


def about_form(text: str, wanted: list[Wanted]) -> Fault:
    """All parts are there and in order, but not as the rule wants them put."""
    for each in wanted:
        if each.part.no_inner_space and not any(literal in text for literal in each.texts()):
            return fault("inner_space")
        if not length_is_right(each):
            return fault("length", found=each.suggested, part=part_name(each))
    return fault("separator")


def length_is_right(wanted: Wanted) -> bool:
    size = len(wanted.suggested)
    return not wanted.suggested or wanted.part.shortest <= size <= (wanted.part.longest or size)


def where(text: str, wanted: Wanted) -> tuple[int, int] | None:
    """The first place at which the part stands, the longest spelling there; None where it does not."""
    for start in range(len(text)):
        if wanted.numeric and start and text[start].isdigit() and text[start - 1].isdigit():
            continue
        if found := ends(text, start, wanted):
            return start, max(found)
    return None


def leftovers(text: str, spans: list[tuple[int, int]]) -> list[str]:
    """What is no part: the stretches between the found ones, without separators and brackets around them."""
    taken = bytearray(len(text))
    for start, end in spans:
        taken[start:end] = b"\1" * (end - start)
    pieces, piece = [], ""
    for at, sign in enumerate(text):
        if taken[at]:
            pieces.append(piece)
            piece = ""
        else:
            piece += sign
    pieces.append(piece)
    around = "".join(SEPARATORS | set(BRACKETS) | CLOSING)
    stripped = [piece.strip(around) for piece in pieces]
    return [piece for piece in stripped if piece and piece not in WRITTEN_DASHES]


def about_lost(wanted: Wanted, rests: list[str], others: tuple[str, ...], text: Text) -> Fault:
    """What to say of a part that is not there; what stands in its place is taken out of `rests`."""
    part, expected = part_name(wanted), wanted.suggested
    if not wanted.is_known:
        return fault("nobody") if wanted.part.shape == "name" else fault("missing", part=part)
    rest = next(iter(sorted(rests, key=lambda piece: -likeness(piece, wanted))), "")
    if not rest:
        return fault("missing", part=part)
    if wanted.part.shape == "phone" and any(sign.isdigit() for sign in rest):
        rests.remove(rest)
        return fault("incomplete_number", found=rest)
    if wanted.part.shape == "name":
        rests.remove(rest)
        return about_name(rest, wanted, text)
    if likeness(rest, wanted) <= 0 and rest not in others and not COPIED.fullmatch(rest):
        return fault("missing", part=part)
    rests.remove(rest)
    if COPIED.fullmatch(rest):
        return fault("pattern_copied")
    if rest in others:
        return fault("not_his_own", found=text.as_typed(rest), part=part, expected=expected)
    if any(is_shortened(rest, literal) for literal in wanted.texts()):
        return fault("shortened", found=text.as_typed(rest), part=part, expected=expected)
    if any(is_misspelt(rest, literal) for literal in wanted.texts()):
        return fault("misspelt", found=text.as_typed(rest), part=part, expected=expected)
    return fault("wrong", found=text.as_typed(rest), part=part, expected=expected)


def about_name(rest: str, wanted: Wanted, text: Text) -> Fault:
    """What stands where the real name should be."""
    expected = wanted.suggested
    if wanted.part.no_inner_space and rest.replace(" ", "") in wanted.texts():
        return fault("inner_space")
    if UNREADABLE.search(rest):
        return fault("unreadable")
    if FAMILIAR.fullmatch(rest):
        return fault("form_of_address", found=text.as_typed(rest))
    if any(is_misspelt(rest, literal) for literal in wanted.texts()):
        return fault("misspelt", found=text.as_typed(rest), part=part_name(wanted), expected=expected)
    return fault("other_name", found=text.as_typed(rest))


def about_rest(rest: str, text: Text) -> Fault:
    """What to say of text that is no part."""
    if TITLES.fullmatch(rest):
        return fault("title", found=rest)
    if JOINED.search(text, max(text.find(rest) - 1, 0), text.find(rest) + 1) and 2 <= len(rest) <= 4:
        return fault("two_people", found=text.as_typed(rest))
    return fault("extra", found=text.as_typed(rest))


def likeness(rest: str, wanted: Wanted) -> int:
    """How many characters of the part the text shares; for a phone, its digits."""
    if wanted.part.shape == "phone":
        return sum(sign.isdigit() for sign in rest)
    return max((len(set(rest) & set(literal)) for literal in wanted.texts()), default=0)


def is_shortened(rest: str, literal: str) -> bool:
    """Whether the text is the literal with characters left out."""
    signs = iter(literal)
    return len(rest) < len(literal) and all(sign in signs for sign in rest)


def is_misspelt(rest: str, literal: str) -> bool:
    """Whether exactly one character differs, of at least two."""
    return len(rest) == len(literal) > 1 and sum(a != b for a, b in zip(rest, literal, strict=True)) == 1
