"""The parts a nickname is made of, and the rule that puts them in order. Data only; read from a file by `reading`."""

from collections.abc import Mapping
from dataclasses import dataclass, field

# How a part is written. `text` is a registered name; `path` may be followed by its own sub-units.
SHAPES = ("text", "path", "region", "company", "name", "number", "year", "phone", "plate", "words")
# What may stand before a part: nothing or any separator; at least one separator or brackets; a dash; the brackets.
GAPS = ("any", "some", "dash", "brackets", "none")


@dataclass(frozen=True)
class Part:
    """One part. `source` names the fact it is taken from; `joiner` is how the suggested form joins it to the last one.

    `only_when_known` is left out where the member has no such fact (a post, say); `optional` may be left out by the
    member too. `without` are words of the fact that the nickname does not repeat. Lengths count characters.
    """

    source: str
    shape: str = "text"
    gap: str = "any"
    joiner: str = "-"
    optional: bool = False
    only_when_known: bool = False
    without: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    shortest: int = 0
    longest: int = 0
    surname_will_do: bool = False
    no_inner_space: bool = False


@dataclass(frozen=True)
class NicknameRule:
    """A rule for one kind of member (Art. 7 of the founding regulation: department and name).

    `bare_name_posts` are the posts whose holders write the bare name (`*` stands for anything). `outside` are the
    kinds, departments or posts of those whom the rule does not bind; with `role_words` they must show in the nickname
    what they are, by one of these words or by the word for their kind. `needs` names a fact without which a member is
    outside.
    """

    code: str
    name: str
    parts: tuple[Part, ...]
    bare_name_posts: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    role_words: tuple[str, ...] = ()
    needs: str = ""
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Member:
    """What is known of a member: facts by name, each a path from the whole to the part (a department is often one)."""

    facts: Mapping[str, tuple[str, ...]]
    kinds: frozenset[str] = frozenset()

    def fact(self, source: str) -> tuple[str, ...]:
        return self.facts.get(source, ())

    @property
    def name(self) -> str:
        return " ".join(self.fact("name"))

    @property
    def posts(self) -> tuple[str, ...]:
        return self.fact("post")

    def __hash__(self) -> int:
        return hash((tuple(sorted(self.facts.items())), self.kinds))
