"""The kinds of duty there are: how each is called, what its button says, how it is asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from governance.notifications import wordings


def no_sentence(_facts: dict[str, Any]) -> str:
    return ""


def passing_on_sentence(facts: dict[str, Any]) -> str:
    return gettext("%(by)s asks to remind %(who)s.") % {"by": facts.get("by", ""), "who": facts.get("who", "")}


@dataclass(frozen=True)
class DutyKind:
    """`label` stands on the chip, `action` on the button; `request` is the line of the notice and of the ready text
    for WeChat, with the place %(title)s; `sentence` makes the card's sentence from the duty's facts, `title` its title
    where one duty stands for many matters. `passes`: a staff
    step that whoever has it may pass on to a colleague; an approval is not one. `succeed` gives the duty of a person to
    his successor (called with the duty, the successor, by, now, office, reason; returns the successor's duty); None: it
    is nobody else's.
    """

    verb: str
    label: str | Promise
    action: str | Promise
    request: str | Promise
    sentence: Callable[[dict[str, Any]], str] = no_sentence
    title: Callable[[dict[str, Any]], str] | None = None
    passes: bool = False
    succeed: Callable[..., Any] | None = None


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


register(
    DutyKind(
        "pass_on",
        pgettext_lazy("duty", "Reminder to pass on"),
        _("Pass on"),
        _("Please pass on a reminder of “%(title)s”."),
        passing_on_sentence,
    )
)
wordings.register("nudged", wordings.Wording(title=_("%(by)s reminds you of “%(title)s”."), body=_("Due %(due)s.")))
wordings.register("nudge-passed-on", wordings.Wording(_("%(office)s passed your reminder of “%(title)s” on.")))


def kind_of(verb: str) -> DutyKind:
    return kinds.get(verb, UNKNOWN)


def title_of(verb: str, title: str, facts: dict[str, Any]) -> str:
    """What a duty is about, in the reader's language: its own title, unless its kind makes one from its facts."""
    kind = kind_of(verb)
    return kind.title(facts) if kind.title else title
