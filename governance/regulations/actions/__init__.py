"""What writes regulations: loading a file, answering what it leaves open, turning to the version of the day."""

from .answering import answer
from .loading import load, turn
from .offices import ensure_offices

__all__ = ["answer", "ensure_offices", "load", "turn"]
