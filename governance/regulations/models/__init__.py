"""What is stored of regulations."""

from .acknowledgement import Acknowledgement
from .interpretation import ArticleQuestion, Interpretation
from .open_question import OpenQuestion
from .regulation import Regulation, RegulationVersion
from .upload import RegulationUpload

__all__ = [
    "Acknowledgement",
    "ArticleQuestion",
    "Interpretation",
    "OpenQuestion",
    "Regulation",
    "RegulationUpload",
    "RegulationVersion",
]
