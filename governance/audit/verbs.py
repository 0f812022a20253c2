"""How each verb of the operations log reads in a history: every app registers its own, in both languages."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from .models import Event

Sentence = str | Promise
verbs: dict[tuple[str, str], Sentence] = {}


def register_verbs(sentences: Mapping[str, Sentence], *, subject: str = "") -> None:
    """Let an app word its verbs: lazily translated sentences with the place {who} and places for facts of the event.

    `subject` is the model's name in lower case (creationrequest), where a verb means something else on other subjects.
    """
    for verb, sentence in sentences.items():
        verbs[(subject, verb)] = sentence


class Places(dict):
    """What fills a sentence; a place nobody fills stays empty."""

    def __missing__(self, place: str) -> str:
        return ""


def who(event: Event) -> str:
    """Who did it; the portal itself for what the clock did. Reads the actor: fetched by `history_of()`."""
    return event.actor.name if event.actor_id else _("The portal")


def worded(event: Event, **places: Any) -> str:
    """The event as a sentence in the reader's language; `places` stand before the event's own facts and before who did
    it."""
    sentence = verbs.get((event.subject_type.model, event.verb)) or verbs.get(("", event.verb))
    if sentence is None:
        return _("{who}: {verb}").format(who=who(event), verb=event.verb.replace("_", " "))
    return str(sentence).format_map(Places(event.facts | {"who": who(event)} | places))
