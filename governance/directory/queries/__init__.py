"""Reading the directory."""

from .holding import (
    find_office,
    held,
    holders_of,
    holds,
    holds_code,
    offices_held,
    own_holders_of,
    person_of,
    users_holding,
)

__all__ = [
    "find_office",
    "held",
    "holders_of",
    "holds",
    "holds_code",
    "offices_held",
    "own_holders_of",
    "person_of",
    "users_holding",
]
