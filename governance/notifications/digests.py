"""The day's digest: many reminders in one message, at most a hundred lines and a count of the rest."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from .wordings import Composed, register, worded

KIND = "digest"
MOST_LINES = 100
BRIEF_LINES = 3

Line = Mapping[str, Any]  # the kind of a notice and its parameters, worded in the reader's language when it is read


def digest_key(person_id: int | str, day: str) -> str:
    """What makes the digest of a person and a day (ISO) one."""
    return f"{KIND}:{day}:{person_id}"


def compose(parameters: dict[str, Any], *, brief: bool) -> tuple[str, str]:
    """Title and body in the active language; in brief (the inbox) the first lines alone. `own` are the reader's own
    matters, `others` those of others that he is told about; `rest` is how many are not listed at all."""
    own, others = parameters.get("own", []), parameters.get("others", [])
    count = parameters.get("count", 0)
    title = _("Reminder of today: %(count)s matters wait") % {"count": count}
    if count == 1:
        title = _("Reminder of today: one matter waits")
    shown = BRIEF_LINES if brief else MOST_LINES
    lines = [said(line) for line in own[:shown]]
    if others and len(lines) < shown:
        if own:
            lines.append(_("Waiting with others:"))
        lines += [said(line) for line in others[: shown - len(own[:shown])]]
    left_out = count - min(shown, len(own) + len(others))
    if left_out:
        lines.append(_("and %(rest)s more.") % {"rest": left_out})
    return title, "\n".join(lines)


def said(line: Line) -> str:
    """One matter in a line: what is asked for, until when."""
    title, body = worded(line["kind"], dict(line))
    return f"· {title} {body}".rstrip()


def register_digest() -> None:
    """Called once, when the app is ready."""
    register(KIND, Composed(compose))
