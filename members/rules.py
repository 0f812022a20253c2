"""Whether a group nickname (群昵称) keeps to its rule: one pure function (DESIGN.md §4 *Nicknames*; Art. 7).

The verdict is reached by looking for what the directory knows of the member – his department with its aliases and own
sub-departments, his name, his post – not by cutting the nickname at characters of some kind: `行政部长孙建国` is right
for 长孙建国 and wrong for 孙建国.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase
from functools import cached_property

from .nicknames.faults import Fault, fault, faults_of
from .nicknames.folding import LONGEST, composed, fold, is_invisible, skeleton
from .nicknames.matching import fits
from .nicknames.shapes import Member, NicknameRule, Part
from .nicknames.wanted import PHONE, Wanted, wanted_parts

PERSONAL = ("phone", "plate")


class Verdict(StrEnum):
    """ok: as the rule wants it. violation: a fault names what is wrong. exempt: the rule leaves the member his bare
    name or does not bind him. ambiguous: it fits, and fits somebody else in the roster too, so a person decides.
    """

    OK = "ok"
    VIOLATION = "violation"
    EXEMPT = "exempt"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True)
class Judgement:
    """The verdict, its faults (none unless it is a violation), and the form to write, where it can be derived.

    `holds_personal_data` is true where the rule itself asks for a telephone number or a plate.
    """

    verdict: Verdict
    faults: tuple[Fault, ...] = ()
    canonical: str | None = None
    holds_personal_data: bool = False


class Roster:
    """The members of one group, found by folded name, so that judging n nicknames takes n look-ups."""

    def __init__(self, members: Iterable[Member] = ()) -> None:
        self.members = list(members)

    @cached_property
    def by_name(self) -> Mapping[str, list[Member]]:
        found: dict[str, list[Member]] = {}
        for member in self.members:
            found.setdefault(skeleton(member.name), []).append(member)
        return found

    @cached_property
    def departments(self) -> frozenset[str]:
        """The folded departments of all members: a nickname with one of these that is not his own is a stale one."""
        return frozenset(fold(piece) for member in self.members for piece in member.fact("department"))

    def namesakes(self, member: Member) -> list[Member]:
        """The others whose name is equal to the member's after folding."""
        others = list(self.by_name.get(skeleton(member.name), ()))
        if member in others:
            others.remove(member)
        return others


NOBODY_ELSE = Roster()


def judge(nickname: str, member: Member, rule: NicknameRule, roster: Roster = NOBODY_ELSE) -> Judgement:
    """Judge one nickname against what is known of its member; never raises, whatever the text.

    Time is linear in the nickname's length; beyond 200 characters it is a violation unread.
    """
    if is_outside(member, rule):
        return judge_outside(nickname, member, rule)
    wanted = wanted_parts(rule, member)
    bare = may_use_bare_name(member, rule)
    canonical = member_name(member) if bare else canonical_of(nickname, wanted)
    personal = any(each.part.shape in PERSONAL for each in wanted)
    if is_clean(nickname):
        text = fold(nickname)
        if bare and is_bare_name(text, member):
            return of_fit(Verdict.EXEMPT, nickname, member, rule, roster, canonical)
        if lengths_are_right(wanted) and fits(text, wanted):
            return of_fit(Verdict.OK, nickname, member, rule, roster, canonical, personal=personal)
    if bare and not fits(fold(nickname), wanted):
        faults = [*faults_of(nickname, name_alone(member), rule), fault("bare_name")]
    else:
        faults = faults_of(nickname, wanted, rule, tuple(roster.departments))
    return Judgement(Verdict.VIOLATION, tuple(dict.fromkeys(faults)), canonical, personal)


def is_clean(nickname: str) -> bool:
    """Whether it can be read at all: not empty, not endless, nothing invisible in it. Outer blanks are no fault."""
    return len(nickname) <= LONGEST and not any(map(is_invisible, nickname)) and bool(nickname.strip())


def is_outside(member: Member, rule: NicknameRule) -> bool:
    """Whether the rule does not bind him: a robot, an external customer, a teacher in a parents' group."""
    known = [*member.kinds, *(piece for path in member.facts.values() for piece in path)]
    if any(fnmatchcase(fold(piece), fold(kind)) for piece in known for kind in rule.outside):
        return True
    return bool(rule.needs) and not member.fact(rule.needs)


def judge_outside(nickname: str, member: Member, rule: NicknameRule) -> Judgement:
    """He writes what he likes; where the rule says so, it has to show what he is."""
    text = fold(nickname)
    shown = [fold(word) for word in (*rule.role_words, *member.kinds)]
    if rule.role_words and not any(word in text for word in shown if word):
        return Judgement(Verdict.VIOLATION, (fault("role_not_shown"),))
    return Judgement(Verdict.EXEMPT)


def may_use_bare_name(member: Member, rule: NicknameRule) -> bool:
    """Whether he holds a post that writes the bare name (Art. 7: president, vice presidents, those in charge)."""
    posts = [fold(post) for post in member.posts]
    return bool(member.name) and any(fnmatchcase(post, fold(bare)) for post in posts for bare in rule.bare_name_posts)


def member_name(member: Member) -> str:
    return composed(member.name)


def name_alone(member: Member) -> list[Wanted]:
    """The bare name as the only part."""
    return wanted_parts(BARE_NAME, member)


def is_bare_name(text: str, member: Member) -> bool:
    return fits(text, name_alone(member))


def lengths_are_right(wanted: list[Wanted]) -> bool:
    """Whether every part is as long as the rule wants it (a short name of two or three characters)."""
    return all(
        each.part.shortest <= len(each.suggested) <= (each.part.longest or len(each.suggested))
        for each in wanted
        if each.suggested
    )


def of_fit(
    verdict: Verdict,
    nickname: str,
    member: Member,
    rule: NicknameRule,
    roster: Roster,
    canonical: str | None,
    *,
    personal: bool = False,
) -> Judgement:
    """The verdict on a nickname that fits – unless it fits a namesake as well: then nobody is matched by himself."""
    if any(answers_to(nickname, other, rule) for other in roster.namesakes(member)):
        return Judgement(Verdict.AMBIGUOUS, (), canonical, personal)
    return Judgement(verdict, (), canonical, personal)


def answers_to(nickname: str, member: Member, rule: NicknameRule) -> bool:
    """Whether the nickname would be right for this member."""
    if is_outside(member, rule):
        return False
    text = fold(nickname)
    return fits(text, wanted_parts(rule, member)) or (may_use_bare_name(member, rule) and is_bare_name(text, member))


def canonical_of(nickname: str, wanted: list[Wanted]) -> str | None:
    """The form to write, where all its parts are known; a number that only he knows is taken from his nickname."""
    if not lengths_are_right(wanted):
        return None
    text, written = fold(nickname[:LONGEST]), ""
    for each in wanted:
        piece = each.suggested or from_nickname(text, each)
        if not piece:
            return None
        if each.part.gap == "brackets" or each.part.joiner == "(":
            written += f"({piece})"
        else:
            written += (each.part.joiner if written else "") + piece
    return written


def from_nickname(text: str, wanted: Wanted) -> str:
    """A mobile number or a word of the rule (爸爸) as the member himself has written it."""
    if wanted.part.shape == "phone":
        found = PHONE.search(text)
        return "".join(sign for sign in found.group() if sign.isdigit())[-11:] if found else ""
    if wanted.part.shape == "words":
        return next((word for word in wanted.part.words if fold(word) in text), "")
    return ""


BARE_NAME = NicknameRule(code="bare_name", name="", parts=(Part(source="name", shape="name"),))
