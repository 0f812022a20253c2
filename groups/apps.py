"""The app `groups` of the house."""

from django.apps import AppConfig


class GroupsConfig(AppConfig):
    name = "groups"

    def ready(self) -> None:
        """Register what lower apps ask for: this app's part of a regulation file and of its page, its duties and verbs,
        who may open its files."""
        from governance.duties.actions import register_ending
        from governance.duties.queries import register_company_of
        from governance.regulations import effects
        from governance.regulations.carried_out import register

        from . import duty_kinds, references, regulation, verbs, visibility  # noqa: F401
        from .actions.lapsing import lapse_all
        from .carried_out import of_groups
        from .models import CreatedName, CreationRequest, Designation, Filing, Group, Inquiry, RecordedDecision
        from .queries.version_change import people_concerned, sentences_on_change

        duty_kinds.register_all()
        verbs.register_all()
        references.register_all()
        visibility.register_files()
        register(of_groups)
        effects.register(effects.Effects(sentences_on_change, people_concerned))
        register_ending(lapse_all)
        for model in (CreationRequest, Group):
            register_company_of(model, "company")
        for model in (CreatedName, Designation, Filing):
            register_company_of(model, "group__company")
        for model in (Inquiry, RecordedDecision):
            register_company_of(model, "creation_request__company")
