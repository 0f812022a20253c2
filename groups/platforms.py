"""What a platform can do at all: data with the day on which it was last looked up."""

import unicodedata
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Platform:
    """Limits of one chat platform. `name_units` counts a Chinese character as 2, a Latin one as 1."""

    code: str
    members: int
    name_units: int
    as_of: date


WECHAT = Platform("wechat", members=500, name_units=40, as_of=date(2026, 11, 1))
WECOM = Platform("wecom", members=500, name_units=60, as_of=date(2026, 11, 1))
PLATFORMS = {platform.code: platform for platform in (WECHAT, WECOM)}


def platform_of(code: str) -> Platform:
    return PLATFORMS.get(code, WECHAT)


def units(name: str) -> int:
    """How long a name is for a platform: wide characters count 2."""
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in name)
