"""What tells people."""

from .notifying import notify

__all__ = ["notify"]
