"""What writes regulations: loading a file, answering what it leaves open."""

from .answering import answer
from .loading import load
from .offices import ensure_offices

__all__ = ["answer", "ensure_offices", "load"]
