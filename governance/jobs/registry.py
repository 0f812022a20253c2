"""The kinds of long work there are; apps add theirs in `ready()`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from .models import Job
    from .progress import Progress

Run = Callable[["Job", "Progress"], dict[str, Any] | None]


class JobRefused(Exception):
    """The work cannot be done as it was asked for; `sentence` tells the person why. It is not tried again."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def no_result(_job: "Job") -> tuple[str, str]:
    return "", ""


@dataclass(frozen=True)
class JobKind:
    """`run(job, progress)` does the work and returns the result as plain JSON (or None); a file it made it sets as
    `job.output`. It may be run again from the start after a crash, so it writes everything or nothing, and running
    the same job twice changes nothing the second time.
    `title` heads the page; `link(job)` gives path and words of the link to the result.
    """

    kind: str
    run: Run
    title: str | Promise = _("Background work")
    link: Callable[["Job"], tuple[str, str]] = no_result


kinds: dict[str, JobKind] = {}


def register(
    kind: str,
    run: Run,
    *,
    title: str | Promise = JobKind.title,
    link: Callable[["Job"], tuple[str, str]] = no_result,
) -> None:
    """Let an app say how a kind of work is done."""
    kinds[kind] = JobKind(kind, run, title, link)


def kind_of(job: "Job") -> JobKind:
    """The job's kind; one that no longer exists refuses to run."""
    return kinds.get(job.kind) or JobKind(job.kind, unknown)


def unknown(_job: "Job", _progress: "Progress") -> None:
    raise JobRefused(_("This kind of work no longer exists."))
