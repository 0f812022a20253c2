"""How the events of a regulation and its open questions read in a history."""

from django.utils.translation import pgettext_lazy

from governance.audit.verbs import register_verbs


def register_all() -> None:
    """Called once, when the app is ready."""
    register_verbs(
        {
            "ask": pgettext_lazy("history", "The question was asked when the regulation was loaded"),
            "instruct": pgettext_lazy("history", "{who} gave an instruction"),
            "supersede": pgettext_lazy("history", "The clause changed: the question no longer stands"),
        },
        subject="openquestion",
    )
    register_verbs(
        {"load": pgettext_lazy("history", "{who} loaded version {version}")}, subject="regulationversion"
    )
