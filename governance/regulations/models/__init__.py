"""What is stored of regulations."""

from .interpretation import ArticleQuestion, Interpretation
from .open_question import OpenQuestion
from .regulation import Regulation, RegulationVersion
from .upload import RegulationUpload

__all__ = ["ArticleQuestion", "Interpretation", "OpenQuestion", "Regulation", "RegulationUpload", "RegulationVersion"]
