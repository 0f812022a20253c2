"""The kinds of duty there are: how each is called, what its button says, how it is asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from governance.notifications import wordings


def no_sentence(_facts: dict[str, Any]) -> str:
    return ""


@dataclass(frozen=True)
class DutyKind:
    """`label` stands on the chip, `action` on the button; `request` is the line of the notice and of the ready text
    for WeChat, with the place %(title)s; `sentence` makes the card's sentence from the duty's facts.
    """

    verb: str
    label: str | Promise
    action: str | Promise
    request: str | Promise
    sentence: Callable[[dict[str, Any]], str] = no_sentence


kinds: dict[str, DutyKind] = {}
UNKNOWN = DutyKind("", _("Duty"), _("Look"), "%(title)s")


def register(kind: DutyKind) -> None:
    """Let an app add a kind; its notice is worded by the kind's request."""
    kinds[kind.verb] = kind
    wordings.register(f"duty-{kind.verb}", wordings.Wording(title=kind.request, body=_("Due %(due)s.")))


wordings.register(
    "duty-overdue",
    wordings.Wording(title=_("“%(title)s” still waits with %(who)s (since %(since)s)."), body=_("Due %(due)s.")),
)
wordings.register(
    "duty-moved",
    wordings.Wording(title=_("“%(title)s” waits for you; its due date was counted again."), body=_("Due %(due)s.")),
)


def kind_of(verb: str) -> DutyKind:
    return kinds.get(verb, UNKNOWN)
