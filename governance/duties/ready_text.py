"""A duty as ready text to copy into WeChat."""

from governance.notifications.ready_text import ready_text

from .kinds import kind_of
from .models import Duty


def ready_text_for(duty: Duty, *, name: str = "", language: str | None = None) -> str:
    """What is asked for, until when, and the link. `name` and `language` are the receiver's; without a language the
    text is in the active one. For a duty of a person it is addressed to that person (read along with the duty)."""
    return ready_text(
        kind_of(duty.verb).request,
        title=duty.title,
        path=duty.path,
        due=duty.due_at,
        provisional=duty.provisional,
        name=name or (duty.person.name if duty.person_id else ""),
        language=language,
    )
