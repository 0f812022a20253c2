"""How articles are cited, and what a stored version says about who interprets and supervises. Pure."""

from typing import Any

from django.utils.functional import lazystr
from django.utils.translation import get_language, gettext

DIGITS = "零一二三四五六七八九"


def chinese_numeral(number: int) -> str:
    """1 to 999 as an article's number is written: 一, 十, 十三, 二十, 一百零五."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    words = f"{DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        words += "十" if tens == 1 and not hundreds else f"{DIGITS[tens]}十"
    elif hundreds and ones:
        words += "零"
    return words + (DIGITS[ones] if ones else "")


def cited(code: str) -> str:
    """An article's code as it is cited in the reader's language: "4.1" is 第四条第 1 项, "7.p2" 第七条第二款."""
    if not code:
        return ""
    in_chinese = (get_language() or "zh").startswith("zh")
    article, *below = code.split(".")
    words = gettext("Art. {number}").format(number=chinese_numeral(int(article)) if in_chinese else article)
    for step in below:
        if step == "note":
            words += gettext(", note")
        elif step.startswith("p"):
            number = chinese_numeral(int(step[1:])) if in_chinese else step[1:]
            words += gettext(", para. {number}").format(number=number)
        else:
            words += gettext(", item {number}").format(number=step)
    return words


def cite(code: str) -> str:
    """The same, put into words only when it is shown."""
    return lazystr(_Citation(code))


class _Citation:
    def __init__(self, code: str) -> None:
        self.code = code

    def __str__(self) -> str:
        return cited(self.code)


def interpreting_office(data: dict[str, Any]) -> str | None:
    """The code of the office that interprets the regulation; None while nobody has said."""
    return (data.get("interprets") or {}).get("office")


def overseeing_offices(data: dict[str, Any]) -> set[str]:
    """The codes of the offices that see every group of their scope: who interprets and who supervises."""
    found = {entry.get("office") for entry in data.get("supervises", [])} | {interpreting_office(data)}
    return {code for code in found if code}
