"""Folding names for comparison, and the 拼音 keys by which people and groups are sorted and found: pure functions."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from pypinyin import Style, pinyin

# Surnames that pypinyin reads as the everyday word.
SURNAMES = {
    "单": "shan", "仇": "qiu", "曾": "zeng", "解": "xie", "查": "zha", "区": "ou", "朴": "piao", "盖": "ge",
    "乐": "yue", "任": "ren", "华": "hua", "尉": "yu", "缪": "miao", "宓": "mi", "覃": "qin", "翟": "zhai",
    "冼": "xian", "员": "yun", "晁": "chao", "种": "chong", "秘": "bi", "折": "she", "逄": "pang", "召": "shao",
    "葛": "ge", "重": "chong", "繁": "po", "黑": "he", "那": "na", "燕": "yan", "隗": "wei", "牟": "mu",
    "万": "wan", "卜": "bu", "祭": "zhai", "么": "yao", "乜": "nie", "佴": "nai", "阚": "kan", "句": "gou",
    "都": "du", "盛": "sheng", "宿": "su", "纪": "ji", "柏": "bai", "薄": "bo", "莘": "xin", "谌": "chen",
    "贲": "ben", "费": "fei", "钭": "tou", "郗": "xi", "眭": "sui", "撒": "sa", "强": "qiang", "藏": "zang",
    "石": "shi", "沈": "shen", "车": "che", "夏": "xia", "洗": "xian", "不": "fou", "侯": "hou", "郇": "xun",
}  # fmt: skip
TWO_SYLLABLES = {
    "尉迟": "yu chi", "万俟": "mo qi", "长孙": "zhang sun", "令狐": "ling hu", "单于": "chan yu", "欧阳": "ou yang",
    "上官": "shang guan", "司马": "si ma", "诸葛": "zhu ge", "皇甫": "huang fu", "澹台": "tan tai", "夏侯": "xia hou",
    "呼延": "hu yan", "司徒": "si tu", "乐正": "yue zheng", "鲜于": "xian yu", "淳于": "chun yu", "宇文": "yu wen",
    "慕容": "mu rong", "东方": "dong fang", "端木": "duan mu", "公孙": "gong sun", "轩辕": "xuan yuan",
    "赫连": "he lian", "濮阳": "pu yang", "钟离": "zhong li", "闾丘": "lv qiu", "百里": "bai li", "南宫": "nan gong",
}  # fmt: skip
INVISIBLE = re.compile(
    r"[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0]"
)
HAN = re.compile(r"[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
DOTS = re.compile("[.\u2022\u2024\u2027\u2219\u22c5\u30fb]")  # the narrow ones are made wide by NFKC
DASHES = re.compile("[\u2010-\u2015\u2212\ufe58]")
READINGS = 8  # combinations of letters kept for characters with several readings


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """Blind to case, width, spaces, invisible signs, and to the kind of dot or dash: for comparing names only."""
    wide = INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).casefold()
    plain = unicodedata.normalize("NFKC", re.sub(r"\s+", "", wide))
    return DASHES.sub("-", DOTS.sub("·", plain))


@lru_cache(maxsize=4096)
def syllables(name: str, *, personal: bool) -> tuple[str, ...]:
    """The name's syllables without tones; words of letters stay. `personal` reads the first character as a surname."""
    surname, rest = surname_and_rest(name, personal=personal)
    return tuple(part for part in (*surname, *read(rest)) if part)


def surname_and_rest(name: str, *, personal: bool) -> tuple[list[str], str]:
    """The syllables of a Chinese surname, and what comes after it; no surname where there is none to see."""
    plain = unicodedata.normalize("NFKC", name).strip()
    if not personal or not HAN.match(plain):
        return [], plain
    if plain[:2] in TWO_SYLLABLES:
        return TWO_SYLLABLES[plain[:2]].split(), plain[2:]
    return [SURNAMES.get(plain[0]) or read(plain[0])[0]], plain[1:]


@lru_cache(maxsize=16384)
def read(text: str) -> tuple[str, ...]:
    """One reading of each character, and each word of letters."""
    return tuple(bare(word) for (found,) in pinyin(text, style=Style.NORMAL) for word in found.split())


def bare(word: str) -> str:
    """Letters and digits alone."""
    return re.sub(r"[\W_]+", "", word.lower())


def initials(name: str, *, personal: bool) -> set[str]:
    """First letters, with the readings of the characters that have several (at most 8 combinations).

    A surname is read as a surname, and as the everyday word for those who do not know better.
    """
    surname, rest = surname_and_rest(name, personal=personal)
    starts = {letters(surname)}
    if len(surname) == 1:
        starts.add(letters(read(unicodedata.normalize("NFKC", name).strip()[0])))
    return {start + end for start in starts for end in (letters(read(rest)), *combinations(rest))} - {""}


def letters(words: Iterable[str]) -> str:
    return "".join(word[:1] for word in words)


@lru_cache(maxsize=16384)
def combinations(text: str) -> tuple[str, ...]:
    """First letters by every reading, one character after another; kept short."""
    found = [""]
    for readings in pinyin(text, style=Style.NORMAL, heteronym=True):
        single = len(readings) == 1
        options = [letters([bare(word) for word in readings[0].split()])] if single else sorted(map(initial, readings))
        found = [start + option for start in found for option in dict.fromkeys(options)][:READINGS]
    return tuple(found)


def initial(reading: str) -> str:
    return bare(reading)[:1]


def sort_key(name: str, *, personal: bool = False) -> str:
    """What lists are sorted by: syllables parted by spaces."""
    return " ".join(syllables(name, personal=personal))[:200]


def search_keys(name: str, *, personal: bool = False) -> str:
    """What a search looks in: folded name, joined 拼音, initials — a line each, at most 400 characters."""
    lines = [
        fold(name),
        "".join(syllables(name, personal=personal)),
        *sorted(initials(name, personal=personal)),
    ]
    return "\n".join(dict.fromkeys(line for line in lines if line))[:400]
