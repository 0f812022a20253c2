"""How the events of a regulation and its open questions read in a history."""

from django.utils.translation import pgettext_lazy

from governance.audit.verbs import register_verbs


def register_all() -> None:
    """Called once, when the app is ready."""
    register_verbs(
        {
            "ask": pgettext_lazy("history", "The question was asked when the regulation was loaded"),
            "instruct": pgettext_lazy("history", "{who} gave an instruction"),
            "reinstate": pgettext_lazy("history", "The same question stands again: its instruction holds"),
            "supersede": pgettext_lazy("history", "The clause changed: the question no longer stands"),
        },
        subject="openquestion",
    )
    register_verbs(
        {
            "load": pgettext_lazy("history", "{who} loaded version {version}"),
            "acknowledge-regulation": pgettext_lazy("history", "{who} confirmed having read version {version}"),
        },
        subject="regulationversion",
    )
    register_verbs(
        {
            "load-regulation": pgettext_lazy("history", "{who} loaded the file as version {version}"),
            "discard-regulation": pgettext_lazy("history", "{who} discarded the file"),
        },
        subject="regulationupload",
    )
    register_verbs(
        {
            "ask-article": pgettext_lazy("history", "{who} asked about the article"),
            "answer-question": pgettext_lazy("history", "{who} answered the question"),
            "withdraw-question": pgettext_lazy("history", "{who} took the question back"),
        },
        subject="articlequestion",
    )
    register_verbs(
        {
            "publish-interpretation": pgettext_lazy("history", "{who} published the interpretation"),
            "replace-interpretation": pgettext_lazy("history", "{who} replaced the interpretation"),
            "withdraw-interpretation": pgettext_lazy("history", "{who} withdrew the interpretation"),
        },
        subject="interpretation",
    )
