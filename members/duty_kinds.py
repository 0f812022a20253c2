"""How the duty about a group's roster orders is called."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from governance.duties.kinds import DutyKind, register


def roster_sentence(facts: dict[str, Any]) -> str:
    """请出 1 人（其中离职 1 人），请入 2 人。"""
    remove, admit, leavers = facts.get("remove", 0), facts.get("admit", 0), facts.get("leavers", 0)
    said = []
    if remove and leavers:
        said.append(
            _("To remove: {remove}, of these leaving the company: {leavers}.").format(remove=remove, leavers=leavers)
        )
    elif remove:
        said.append(_("To remove: {remove}.").format(remove=remove))
    if admit:
        said.append(_("To admit: {admit}.").format(admit=admit))
    return " ".join(said)


def register_all() -> None:
    """Called once, when the app is ready."""
    register(
        DutyKind(
            "change_roster",
            pgettext_lazy("duty", "Roster orders"),
            gettext_lazy("Go through the orders"),
            gettext_lazy("The members of “%(title)s” have to be changed in WeChat."),
            roster_sentence,
        )
    )
