"""Reading and checking the regulation file (docs/regulation-format.md). Pure: no database, nothing written."""

from .problems import Problem, RegulationErrors
from .reader import Document, read

__all__ = ["Document", "Problem", "RegulationErrors", "read"]
