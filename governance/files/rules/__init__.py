"""What a file must be to be let in: pure functions over its bytes."""

from .checking import SIZE_LIMIT, CheckedFile, check
from .names import clean_name

__all__ = ["SIZE_LIMIT", "CheckedFile", "check", "clean_name"]
