"""How an open question is called as a duty, and how its answer is told."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from governance.duties.kinds import DutyKind, register
from governance.notifications import wordings
from governance.notifications.wordings import Wording


def question_sentence(facts: dict[str, Any]) -> str:
    """行政人事部请示。"""
    if facts.get("asked_by"):
        return _("%(office)s asks for an instruction.") % {"office": facts["asked_by"]}
    return _("The regulation leaves this open.")


def asked_sentence(facts: dict[str, Any]) -> str:
    """李娜咨询。"""
    return _("%(name)s asks.") % {"name": facts["asked_by"]} if facts.get("asked_by") else ""


def register_all() -> None:
    """Called once, when the app is ready."""
    register(
        DutyKind(
            "instruct",
            pgettext_lazy("duty", "Open question"),
            gettext_lazy("Look and instruct"),
            gettext_lazy("“%(title)s” waits for your instruction."),
            question_sentence,
        )
    )
    wordings.register("question-answered", Wording(gettext_lazy("An instruction was given: %(title)s")))
    wordings.register(
        "regulation-loaded",
        Wording(
            gettext_lazy("%(regulation)s: version %(version)s is in force from %(day)s."),
            gettext_lazy("Please read what differs. Requests under way keep their version."),
        ),
    )
    register(
        DutyKind(
            "answer-question",
            pgettext_lazy("duty", "Question on an article"),
            gettext_lazy("Look and answer"),
            gettext_lazy("A question on the regulation waits for your answer: “%(title)s”."),
            asked_sentence,
        )
    )
    wordings.register("article-question-answered", Wording(gettext_lazy("Your question is answered: %(title)s")))
    wordings.register(
        "interpretation-replaced", Wording(gettext_lazy("An interpretation you asked for is replaced: %(title)s"))
    )
    wordings.register(
        "interpretation-withdrawn", Wording(gettext_lazy("An interpretation you asked for is withdrawn: %(title)s"))
    )
