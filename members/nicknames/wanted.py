"""What a member's nickname must consist of: each part of the rule with all spellings accepted for this member."""

import re
from dataclasses import dataclass
from functools import lru_cache

from governance.directory.names import TWO_SYLLABLES

from . import regions
from .folding import composed, fold
from .shapes import Member, NicknameRule, Part

# Legal forms that a company's short name leaves out, longest first.
LEGAL_FORMS = (
    "集团股份有限公司", "集团有限责任公司", "股份有限公司", "有限责任公司", "集团有限公司", "控股有限公司", "有限公司",
    "集团公司", "总公司", "分公司", "公司", "集团",
)  # fmt: skip
MOBILE = r"1[3-9](?:[ -]?[0-9]){9}(?![0-9])"
COUNTRY = r"(?:\(?(?:\+|00)?86\)?[ -]?)?"
PHONE = re.compile(COUNTRY + MOBILE)
PLATE = re.compile(r"[\u4e00-\u9fff][a-hj-np-z]·?[0-9a-hj-np-z]{5,6}(?![0-9a-z])")
# A piece of a part: any of these texts, folded. Pieces of one spelling may be set apart by separators.
Spelling = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Wanted:
    """A part as this member has to write it: accepted spellings or a pattern, and the form that is suggested."""

    part: Part
    spellings: tuple[Spelling, ...] = ()
    pattern: re.Pattern | None = None
    suggested: str = ""
    numeric: bool = False

    @property
    def is_known(self) -> bool:
        return bool(self.spellings) or self.pattern is not None

    def texts(self) -> list[str]:
        """Spellings of one piece, the longest first: for finding a part inside a wrong nickname."""
        single = {text for spelling in self.spellings if len(spelling) == 1 for text in spelling[0]}
        return sorted(single, key=len, reverse=True)


def wanted_parts(rule: NicknameRule, member: Member) -> list[Wanted]:
    """The rule's parts for this member; those he has no fact for are left out where the rule says so."""
    wanted = [wanted_part(part, rule, member) for part in rule.parts]
    return [each for each in wanted if each.is_known or not each.part.only_when_known]


def wanted_part(part: Part, rule: NicknameRule, member: Member) -> Wanted:
    """One part for this member; without a fact it has no spelling, so that nothing can fit it."""
    path = member.fact(part.source)
    if part.shape == "phone":
        return phone(part, path)
    if part.shape == "words":
        return words(part, path)
    if not path or not any(fold(piece) for piece in path):
        return Wanted(part)
    return BY_SHAPE[part.shape](part, tuple(shortened(piece, part) for piece in path), rule)


def shortened(piece: str, part: Part) -> str:
    """The fact without the words that a nickname leaves out (大朗分会 → 大朗)."""
    for word in part.without:
        if piece.endswith(word) and len(piece) > len(word):
            return piece.removesuffix(word)
    return piece


def known_as(piece: str, rule: NicknameRule) -> tuple[str, ...]:
    """The fact and its registered aliases, folded."""
    return folded((piece, *rule.aliases.get(piece, ())))


def folded(texts: tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return tuple(sorted({fold(text) for text in texts if fold(text)}, key=lambda text: (-len(text), text)))


def text(part: Part, path: tuple[str, ...], rule: NicknameRule) -> Wanted:
    """A registered name; of several pieces all are written."""
    spelling = tuple(known_as(piece, rule) for piece in path)
    whole = known_as("".join(path), rule)
    return Wanted(part, (spelling, (whole,)), suggested=composed("".join(path)))


def path(part: Part, pieces: tuple[str, ...], rule: NicknameRule) -> Wanted:
    """The unit, or the unit and its own sub-units in their order (DESIGN, *Nicknames*); the unit alone is suggested."""
    stages = tuple(known_as(piece, rule) for piece in pieces)
    return Wanted(
        part,
        tuple(stages[: depth + 1] for depth in reversed(range(len(stages)))),
        suggested=composed(pieces[0]),
    )


def region(part: Part, path: tuple[str, ...], rule: NicknameRule) -> Wanted:
    """The region with or without its level, its province before it or not."""
    place = path[-1]
    own = folded((*regions.own_names(place), *rule.aliases.get(place, ())))
    spellings: list[Spelling] = [(own,)]
    if before := folded(regions.provinces(place)):
        spellings.append((before, own))
    return Wanted(part, tuple(spellings), suggested=composed(place))


def company(part: Part, path: tuple[str, ...], rule: NicknameRule) -> Wanted:
    """The company by its full name, its short one (legal form and seat left out) or an alias."""
    full = "".join(path)
    names = {full, *rule.aliases.get(full, ())}
    names |= {short for name in tuple(names) for short in short_names(name)}
    return Wanted(part, ((folded(tuple(names)),),), suggested=composed(full))


@lru_cache(maxsize=4096)
def short_names(name: str) -> tuple[str, ...]:
    """东莞毛织有限公司 → 东莞毛织, 毛织."""
    found = set()
    plain = next((name.removesuffix(form) for form in LEGAL_FORMS if name.endswith(form)), name)
    if plain != name and len(plain) >= 2:
        found.add(plain)
    for length in (6, 5, 4, 3, 2):
        place, rest = plain[:length], plain[length:]
        if len(rest) >= 2 and regions.without_suffix(place) in {*regions.PROVINCES_OF, *regions.CITIES}:
            found.add(rest)
    return tuple(found)


def name(part: Part, path: tuple[str, ...], rule: NicknameRule) -> Wanted:
    """The real name as in the directory; where the rule says so the surname will do."""
    full = composed(" ".join(path))
    texts = [full]
    if part.surname_will_do and not full[:1].isascii():
        texts.append(full[: 2 if full[:2] in TWO_SYLLABLES and len(full) > 2 else 1])
    return Wanted(part, ((folded(texts),),), suggested=full)


def number(part: Part, path: tuple[str, ...], rule: NicknameRule) -> Wanted:
    """A number as registered, without padding; words around it are not part of it."""
    digits = "".join(path)
    return Wanted(part, ((known_as(digits, rule),),), suggested=composed(digits), numeric=True)


def year(part: Part, path: tuple[str, ...], rule: NicknameRule) -> Wanted:
    """A year in four digits, with or without 级."""
    digits = fold("".join(path)).removesuffix("级")
    return Wanted(part, ((folded((digits, f"{digits}级")),),), suggested=digits, numeric=True)


def plate(part: Part, path: tuple[str, ...], rule: NicknameRule) -> Wanted:
    """A number plate; the dot after its second character may be written or not."""
    signs = composed("".join(path)).upper().replace("·", "")
    return Wanted(part, ((folded((signs, f"{signs[:2]}·{signs[2:]}")),),), suggested=signs)


def phone(part: Part, path: tuple[str, ...]) -> Wanted:
    """A mobile of eleven digits, spaces, width and country code allowed; the member's own where it is known."""
    digits = re.sub(r"[^0-9]", "", fold("".join(path)))[-11:]
    if not digits:
        return Wanted(part, pattern=PHONE)
    spaced = r"[ -]?".join(digits)
    return Wanted(part, pattern=re.compile(rf"{COUNTRY}{spaced}(?![0-9])"), suggested=digits)


def words(part: Part, path: tuple[str, ...]) -> Wanted:
    """One of the rule's words (爸爸, 妈妈); the member's own where it is known."""
    own = [word for word in part.words if word in path]
    return Wanted(part, ((folded(own or part.words),),), suggested=own[0] if own else "")


BY_SHAPE = {
    "text": text,
    "path": path,
    "region": region,
    "company": company,
    "name": name,
    "number": number,
    "year": year,
    "plate": plate,
}
