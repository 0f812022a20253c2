"""One cell at a time: what a person may write, made into what is stored. Raises CellFault with a sentence."""

import re
import unicodedata
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from ..models import EmploymentKind
from ..names import INVISIBLE, fold
from .sentences import listed

KINDS = {
    EmploymentKind.REGULAR: ("正式", "正式员工", "正式工", "在编", "合同制", "regular", "permanent"),
    EmploymentKind.PROBATION: ("试用", "试用期", "试用期员工", "试用员工", "probation"),
    EmploymentKind.INTERN: ("实习", "实习生", "实习员工", "见习", "intern"),
    EmploymentKind.DISPATCHED: ("劳务派遣", "派遣", "派遣员工", "派遣制", "dispatched"),
    EmploymentKind.REHIRED: ("退休返聘", "返聘", "rehired"),
    EmploymentKind.CONTRACTED: ("外包", "外包人员", "劳务外包", "contracted", "contractor"),
}
KIND_OF = {fold(word): kind for kind, words in KINDS.items() for word in words}
NOTHING = frozenset({"-", "--", "—", "——", "/", "无", "n/a", "none", "null", "#n/a", "空"})
ERRORS = frozenset({"#n/a", "#ref!", "#value!", "#name?", "#div/0!", "#null!", "#num!"})
HAN = r"[\u2e80-\u2fdf\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]"
SPACE_IN_NAME = re.compile(rf"(?<={HAN})\s+(?={HAN})")
DOT_IN_NAME = re.compile(rf"(?<={HAN})\s*[\u2022\u2027\u22c5\u30fb\uff65\u00b7\u2024\uff0e.]\s*(?={HAN})")
RADICALS = re.compile(r"[\u2e80-\u2fdf]")
DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?")
COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")
EARLIEST, LATEST = date(1930, 1, 1), date(2100, 12, 31)
EXCEL_EPOCH = date(1899, 12, 30)


# Files repeat themselves: a post, a department, a date stand in hundreds of rows. TRUE and 1 are told apart.
remembered = lru_cache(maxsize=8192, typed=True)


class CellFault(Exception):
    """What is wrong with a cell and what to do, as a sentence."""

    @property
    def sentence(self) -> str:
        return str(self.args[0])


def too_long(found: str, most: int) -> CellFault:
    sentence = _("Too long: %(count)s characters; at most %(most)s are kept.")
    return CellFault(sentence % {"count": len(found), "most": most})


def text(value: Any) -> str:
    """The cell as one line of clean text; numbers lose Excel's “.0”."""
    if value is None:
        return ""
    if isinstance(value, bool):
        raise CellFault(_("TRUE or FALSE stands here where words are expected."))
    if isinstance(value, int | float):
        return number_text(value)
    words = unicodedata.normalize("NFC", str(value)).strip()
    refuse_invisible(words)
    return " ".join(words.split())


def number_text(value: int | float) -> str:
    if value != value or value in (float("inf"), float("-inf")):
        raise CellFault(_("This number cannot be read."))
    return str(int(value)) if value == int(value) else repr(value)


def refuse_invisible(words: str) -> None:
    """Controls and zero-width characters come from copying and make two equal names differ."""
    if words.isprintable() and not INVISIBLE.search(words):
        return
    for character in words:
        if character in "\t\n\r":
            continue
        if INVISIBLE.match(character) or unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp"):
            raise CellFault(
                _("There is an invisible character in it (U+%(code)s). Type the words anew instead of pasting them.")
                % {"code": f"{ord(character):04X}"}
            )


def words(value: Any, *, most: int) -> str:
    """Words of at most `most` characters, never a formula."""
    found = text(value)
    if found.casefold() in ERRORS:
        raise CellFault(_("A formula gave an error here. Mend it, or type the value."))
    if found[:1] in ("=", "@", "+"):
        raise CellFault(_("This looks like a formula. Type the value itself."))
    if len(found) > most:
        raise too_long(found, most)
    return found


@remembered
def optional(value: Any, *, most: int) -> str:
    """The same; a dash or 无 says that there is nothing."""
    found = words(value, most=most)
    return "" if found.casefold() in NOTHING else found


def staff_number(value: Any) -> str:
    """A staff number: leading zeros of text stay, full-width digits become narrow."""
    found = unicodedata.normalize("NFKC", words(value, most=40))
    if not found:
        raise CellFault(_("Nothing stands here, or a formula that was never calculated."))
    if isinstance(value, float) and value != int(value):
        raise CellFault(_("This number has decimals. Format the column as text."))
    if re.search(r"\s", found):
        raise CellFault(_("There is a space in it. Remove it."))
    return found


def personal_name(value: Any) -> str:
    """A name of any script: no spaces between Chinese characters, one middle dot, no radicals for characters."""
    if isinstance(value, int | float):
        raise CellFault(_("This is a number, not a name."))
    found = words(value, most=200)
    found = RADICALS.sub(lambda match: unicodedata.normalize("NFKC", match[0]), found)
    found = SPACE_IN_NAME.sub("", DOT_IN_NAME.sub("·", found))
    if not found:
        raise CellFault(_("Nothing stands here, or a formula that was never calculated."))
    if len(found) > 50:
        raise too_long(found, 50)
    if not any(character.isalpha() for character in found):
        raise CellFault(_("This is not a name."))
    return found


@remembered
def employment_kind(value: Any) -> str:
    """One of the kinds of employment, or nothing."""
    found = words(value, most=100)
    if not found:
        return ""
    kind = KIND_OF.get(fold(found))
    if kind is None:
        raise CellFault(
            _("Unknown kind of employment. Allowed are: %(kinds)s.")
            % {"kinds": listed(spellings[0] for spellings in KINDS.values())}
        )
    return kind.value


def email(value: Any) -> str:
    found = unicodedata.normalize("NFKC", optional(value, most=254))
    if found:
        try:
            validate_email(found)
        except ValidationError:
            raise CellFault(_("This is no e-mail address."))
    return found


def phone(value: Any) -> str:
    """Digits with the usual signs between them."""
    found = unicodedata.normalize("NFKC", text(value)).replace("—", "-")
    if found.casefold() in NOTHING:
        return ""
    if found and (len(found) > 30 or not re.fullmatch(r"\+?[0-9()\- ]{3,}(?:[a-z*# ]*[0-9]+)?", found, re.IGNORECASE)):
        raise CellFault(_("This is no phone number."))
    return found


@remembered
def day(value: Any) -> date | None:
    """A day: a date cell, Excel's count of days, 2026-01-05, 2026.1.5, 2026/1/5, 20260105, 2026年1月5日."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return in_range(counted_day(value))
    found = unicodedata.normalize("NFKC", text(value))
    if not found or found.casefold() in NOTHING:
        return None
    match = DATE.fullmatch(found) or COMPACT_DATE.fullmatch(found)
    if match is None:
        if re.fullmatch(r"\d{5}(\.\d+)?", found):
            return in_range(counted_day(float(found)))
        raise CellFault(_("This is no date. Write it like 2026-01-05."))
    try:
        return in_range(date(*map(int, match.groups())))
    except ValueError:
        raise CellFault(_("This day does not exist."))


def counted_day(value: int | float) -> date:
    """Days since the end of 1899, or the digits 20260105 that Excel took for a number."""
    if value != value or abs(value) > 99_999_999:
        raise CellFault(_("This is no date. Write it like 2026-01-05."))
    match = COMPACT_DATE.fullmatch(number_text(value))
    if match is not None:
        try:
            return date(*map(int, match.groups()))
        except ValueError:
            raise CellFault(_("This day does not exist."))
    if not 0 < value < 110_000:
        raise CellFault(_("This is no date. Write it like 2026-01-05."))
    return EXCEL_EPOCH + timedelta(days=int(value))


def in_range(found: date) -> date:
    if not EARLIEST <= found <= LATEST:
        raise CellFault(_("This day lies too far in the past or the future."))
    return found
