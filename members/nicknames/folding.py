"""Folding for comparison (DESIGN, *Nicknames*): width, Unicode form, traditional characters, radicals, dots, dashes.

The raw nickname is kept; what is folded here is only compared. Traditional and variant characters are OpenCC's table,
the radicals that NFKC leaves alone are Unicode's *EquivalentUnifiedIdeograph*.
"""

import re
import unicodedata
from functools import lru_cache

from opencc import OpenCC

LONGEST = 200  # characters of a nickname that are looked at; WeChat itself allows fewer
DASH = "-"
DOT = "·"

# Characters of the block *CJK Radicals Supplement* (copied from PDF files) and the ideographs they stand for.
RADICALS = dict(
    zip(
        "⺁⺂⺃⺄⺅⺆⺈⺉⺊⺋⺌⺍⺎⺏⺐⺑⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳"
        "⺶⺷⺸⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧"
        "⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "厂乛乚乙亻冂刀刂卜㔾小小兀尣尢尣巳幺彑彐忄㣺扌攵旡日月歺母民氵氺灬爫爫丬牛犭王疋目示礻竹糹纟罓罒罓"
        "羊羊羊耂肀聿肉臼艹艹艹虎衤覀西见角角讠贝足车辶辶辶邑钅长镸长门阜阝雨青韦页风飞食飠飠饣首马骨鬼鱼鸟卤"
        "麦黄黾齐齐齿齿龙龙龟龟龟",
        strict=True,
    )
)
DASHES = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe58\ufe63\uff0d\u2500\u2e3a\u2e3b")
DOTS = frozenset(".·\u2022\u2024\u2027\u2219\u22c5\u30fb\u3002\uff0e\uff61\uff65\u16eb\u0387")
# Signs nobody sees: joiners, marks of writing direction, fillers. They are a fault wherever they stand.
FILLERS = frozenset("\u115f\u1160\u3164\uffa0\u2800\u034f\u17b4\u17b5\u180b\u180c\u180d\u180e\u180f")
# Selectors of a character's shape: they change nothing that can be read, and are folded away.
SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))

_simplify = OpenCC("t2s").convert
_spaces = re.compile(r"\s+")


def composed(text: str) -> str:
    """In Unicode's composed form: the form in which characters are told apart from here on."""
    return unicodedata.normalize("NFC", text)


def is_invisible(character: str) -> bool:
    """Whether it is a zero-width, direction or filler character; spaces and line ends are not."""
    if character in FILLERS:
        return True
    category = unicodedata.category(character)
    return category == "Cf" or (category == "Cc" and not character.isspace())


@lru_cache(maxsize=65536)
def fold_character(character: str) -> str:
    """What is compared instead of the character: none, one or (ß, …) several."""
    if character in DASHES:
        return DASH
    if character in DOTS:
        return DOT
    if character.isspace():
        return " "
    if unicodedata.category(character) == "Cs":  # half a character
        return "\ufffd"
    if any(ord(character) in selectors for selectors in SELECTORS):
        return ""
    plain = unicodedata.normalize("NFKC", RADICALS.get(character, character)).casefold()
    if len(plain) != 1:
        return "".join(fold_character(each) if each != character else each for each in plain)
    if plain != character and (plain in DASHES or plain in DOTS or plain.isspace()):
        return fold_character(plain)
    return unicodedata.normalize("NFKC", _simplify(plain))


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """The text as it is compared: outer spaces gone, inner ones single. Length stays linear in the text's."""
    folded = "".join(map(fold_character, composed(text)))
    return _spaces.sub(" ", folded).strip()


@lru_cache(maxsize=65536)
def skeleton(name: str) -> str:
    """A name without spaces, dots and dashes: two people with the same one are not told apart by a nickname."""
    return fold(name).replace(" ", "").replace(DOT, "").replace(DASH, "")


def without_invisible(text: str) -> str:
    """The text as it looks."""
    return "".join(character for character in text if not is_invisible(character))
