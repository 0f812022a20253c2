"""Folding names for comparison, and the 拼音 keys by which people and groups are sorted and found: pure functions."""

import re
import unicodedata
from functools import lru_cache

from pypinyin import Style, pinyin

# Surnames that pypinyin reads as the everyday word.
SURNAMES = {
    "单": "shan", "仇": "qiu", "曾": "zeng", "解": "xie", "查": "zha", "区": "ou", "朴": "piao", "盖": "ge",
    "乐": "yue", "任": "ren", "华": "hua", "尉": "yu", "缪": "miao", "宓": "mi", "覃": "qin", "翟": "zhai",
    "冼": "xian", "员": "yun", "晁": "chao", "种": "chong", "秘": "bi", "折": "she", "逄": "pang", "召": "shao",
    "葛": "ge", "重": "chong", "繁": "po", "黑": "he", "那": "na", "燕": "yan", "隗": "wei", "牟": "mu", "万": "wan",
}  # fmt: skip
TWO_SYLLABLES = {"尉迟": "yu chi", "万俟": "mo qi", "长孙": "zhang sun", "令狐": "ling hu", "单于": "chan yu"}
INVISIBLE = re.compile(
    r"[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0]"
)


def fold(text: str) -> str:
    """Case-, width- and space-blind form, for comparing names: two names with the same fold count as one."""
    return re.sub(r"\s+", "", INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).casefold())


@lru_cache(maxsize=4096)
def syllables(name: str, *, personal: bool) -> tuple[str, ...]:
    """The name's syllables without tones; letters and digits stay. `personal` reads the first character as a surname."""
    head: list[str] = []
    rest = unicodedata.normalize("NFKC", name).strip()
    if personal and rest[:2] in TWO_SYLLABLES:
        head, rest = TWO_SYLLABLES[rest[:2]].split(), rest[2:]
    elif personal and rest[:1] in SURNAMES:
        head, rest = [SURNAMES[rest[0]]], rest[1:]
    read = [found[0].lower() for found in pinyin(rest, style=Style.NORMAL)]
    return tuple(head + [re.sub(r"[^0-9a-z\u0080-\uffff]+", "", part) for part in read])


def initials(name: str, *, personal: bool) -> set[str]:
    """First letters, with every reading of the characters that have several (at most 8 combinations)."""
    found = {"".join(part[:1] for part in syllables(name, personal=personal))}
    readings = pinyin(unicodedata.normalize("NFKC", name).strip(), style=Style.NORMAL, heteronym=True)
    combined = [""]
    for options in readings:
        letters = sorted({option[:1].lower() for option in options if option[:1].isalnum()}) or [""]
        combined = [start + letter for start in combined for letter in letters][:8]
    return found | set(combined)


def sort_key(name: str, *, personal: bool = False) -> str:
    """What lists are sorted by: syllables parted by spaces."""
    return " ".join(part for part in syllables(name, personal=personal) if part)[:200]


def search_keys(name: str, *, personal: bool = False) -> str:
    """What a search looks in: folded name, joined 拼音, initials — a line each, at most 400 characters."""
    lines = [
        fold(name),
        "".join(syllables(name, personal=personal)),
        *sorted(initials(name, personal=personal)),
    ]
    return "\n".join(dict.fromkeys(line for line in lines if line))[:400]
