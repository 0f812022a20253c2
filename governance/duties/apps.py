"""The app `duties` of the house."""

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class DutiesConfig(AppConfig):
    name = "governance.duties"
    label = "duties"

    def ready(self) -> None:
        """Say where duties name people, how passing on reads, who hears of taking over."""
        from governance.audit.verbs import register_verbs
        from governance.directory.actions.offices import register_beginning

        from . import notices, panels, references
        from .actions.taking_over import tell_new_holder

        references.register_all()
        register_verbs({"pass_on": pgettext_lazy("history", "{who} passed the step on to {person}")})
        register_beginning(tell_new_holder)
        notices.register_all()
        panels.register_all()
