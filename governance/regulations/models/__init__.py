"""What is stored of regulations."""

from .open_question import OpenQuestion
from .regulation import Regulation, RegulationVersion
from .upload import RegulationUpload

__all__ = ["OpenQuestion", "Regulation", "RegulationUpload", "RegulationVersion"]
