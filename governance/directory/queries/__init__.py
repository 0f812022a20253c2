"""Reading the directory."""

from .holding import find_office, holders_of, holds, holds_code, offices_held, person_of, users_holding

__all__ = ["find_office", "holders_of", "holds", "holds_code", "offices_held", "person_of", "users_holding"]
