"""What came of a duty, in words, and which outcome leaves the seal."""

from django.utils.functional import Promise
from django.utils.translation import pgettext, pgettext_lazy

OUTCOMES: dict[str, str | Promise] = {
    "approve": pgettext_lazy("outcome", "approved"),
    "send_back": pgettext_lazy("outcome", "sent back"),
    "refuse": pgettext_lazy("outcome", "not approved"),
    "submit": pgettext_lazy("outcome", "submitted again"),
    "designate": pgettext_lazy("outcome", "admin designated"),
    "accept": pgettext_lazy("outcome", "accepted"),
    "decline": pgettext_lazy("outcome", "declined"),
    "establish": pgettext_lazy("outcome", "establishment confirmed"),
    "acknowledge": pgettext_lazy("outcome", "filed"),
    "ask_completion": pgettext_lazy("outcome", "asked to be completed"),
    "complete": pgettext_lazy("outcome", "completed"),
    "give_opinion": pgettext_lazy("outcome", "opinion given"),
    "settle_contest": pgettext_lazy("outcome", "put right"),
    "pass_on": pgettext_lazy("outcome", "passed on"),
    "instruct": pgettext_lazy("outcome", "instruction given"),
}


def outcome_words(outcome: str) -> str | Promise:
    return OUTCOMES.get(outcome) or pgettext("outcome", "done")


def seal_words(outcome: str) -> str:
    """同意 and 已备案 leave the seal; nothing else does."""
    return {"approve": pgettext("seal", "Approved"), "acknowledge": pgettext("seal", "Filed")}.get(outcome, "")
