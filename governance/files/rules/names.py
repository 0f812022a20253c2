"""Cleaning the name a file came with: it is shown to people and written into a header, never used as a path."""

import re
import unicodedata

from django.utils.translation import gettext as _

from ..kinds import Kind

LONGEST = 120  # characters, ending included
NOT_SHOWN = {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"}  # controls, bidi and zero-width, private, surrogates, separators
SPECIAL = re.compile(r'[\\/:*?"<>|%;]+')


def clean_name(name: str, kind: Kind) -> str:
    """The name without folders, controls, bidi tricks or signs that file systems mind, with the ending of its kind."""
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    visible = "".join(letter for letter in last if unicodedata.category(letter) not in NOT_SHOWN)
    plain = re.sub(r"\s+", " ", SPECIAL.sub("_", visible)).strip(" .")
    stem, dot, ending = plain.rpartition(".")
    if not dot or ending.casefold() not in kind.extensions:
        stem = plain
    return f"{stem.rstrip(' .')[: LONGEST - 1 - len(kind.extension)] or _('file')}.{kind.extension}"
