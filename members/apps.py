"""The app `members` of the house."""

from django.apps import AppConfig
from django.db.models import Q


class MembersConfig(AppConfig):
    name = "members"

    def ready(self) -> None:
        """Whoever is a member of a group may see it; this app's events in words."""
        from governance.duties.queries import register_company_of
        from groups import visibility

        from . import duty_kinds, references, regulation, verbs  # noqa: F401  (registers its section)
        from .models import Membership, OrderList

        duty_kinds.register_all()
        verbs.register_all()
        references.register_all()
        register_company_of(OrderList, "group__company")
        visibility.register(
            lambda person: Q(pk__in=Membership.objects.current().filter(person=person).values("group_id"))
        )
