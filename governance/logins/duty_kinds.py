"""How the consent to another password is called as a duty, and what people are told of it."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from governance.duties.kinds import DutyKind, register
from governance.notifications import wordings
from governance.notifications.wordings import Wording


def consent_sentence(facts: dict[str, Any]) -> str:
    """何俊申请为其重设密码。"""
    return _("%(by)s asks to set another password for this office holder.") % {"by": facts.get("by", "")}


def register_all() -> None:
    """Called once, when the app is ready."""
    register(
        DutyKind(
            "consent_reset",
            pgettext_lazy("duty", "Another password"),
            gettext_lazy("Look and decide"),
            gettext_lazy("Another password for %(title)s needs your consent."),
            consent_sentence,
        )
    )
    told = {
        "reset-asked": gettext_lazy("%(by)s asks to set another password for you. Not your wish? Refuse it here."),
        "reset-consented": gettext_lazy("%(by)s consented: the link for %(title)s is ready"),
        "reset-told": gettext_lazy("Another password may be set for you: asked by %(who)s, consented to by %(by)s."),
    }
    for kind, title in told.items():
        wordings.register(kind, Wording(title))
    refused = Wording(gettext_lazy("%(by)s refused another password for %(title)s"), "%(note)s")
    wordings.register("reset-refused", refused)
