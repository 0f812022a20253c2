"""The app `desk` of the house."""

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class DeskConfig(AppConfig):
    name = "governance.desk"
    label = "desk"

    def ready(self) -> None:
        from governance.audit.verbs import register_verbs

        register_verbs(
            {
                "enter_organisation": pgettext_lazy("history", "The portal was set up for {name}"),
                "enter_first_person": pgettext_lazy("history", "{who} was entered as the first HR person"),
                "finish_set_up": pgettext_lazy("history", "{who} put the set-up away"),
            },
            subject="company",
        )
