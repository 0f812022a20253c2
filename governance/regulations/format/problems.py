"""What is wrong with a regulation file, said so that its author can mend it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.text import format_lazy
from django.utils.translation import gettext as _

say = format_lazy  # a sentence with its values, translated only when it is read


@dataclass(frozen=True)
class Problem:
    """One thing to mend. `line` and `column` count from 1; `path` names the field, entries by their code.

    `message` says what is there, `expected` what should be; both are lazily translated.
    """

    filename: str
    line: int
    column: int
    path: str
    message: object
    expected: object

    def __str__(self) -> str:
        where = f"{self.filename}:{self.line}: {self.path}: " if self.path else f"{self.filename}:{self.line}: "
        return _("{where}{message} — expected {expected}").format(
            where=where, message=self.message, expected=self.expected
        )


class RegulationErrors(Exception):
    """The file is refused; `problems` stand in the order of their lines. Nothing of it was loaded."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: (problem.line, problem.column)))
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)
