"""Reading rosters."""

from django.db import models

from groups.models import Group

from .models import Membership


def roster_of(group: Group) -> models.QuerySet[Membership]:
    """Who is declared to be in the group, sorted by 拼音; external contacts last."""
    return (
        Membership.objects.current()
        .filter(group=group)
        .select_related("person__department", "person__company", "external")
        .order_by(models.F("person__sort_key").asc(nulls_last=True), "pk")
    )
