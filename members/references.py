"""Where rosters name people, for merging two entries of one person."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from governance.directory.merging import Reference, register, register_bar
from governance.directory.models import Person

from .models import Membership, RosterOrder


def end(memberships: QuerySet, now: datetime) -> None:
    """Who stood twice in one roster stands there once from now on; the second line is kept as an ended one."""
    memberships.update(ended_at=now)


def both_are_ordered(kept: Person, merged: Person) -> str:
    """Two open orders about both in one group: carried out as one, the other would wait for ever."""
    ordered = RosterOrder.objects.filter(state=RosterOrder.State.ORDERED)
    both = ordered.filter(person=merged, group__in=ordered.filter(person=kept).values("group"))
    order = both.select_related("group").first()
    if order is None:
        return ""
    return gettext("In “%(group)s” an order waits for each of the two. Carry one out first.") % {
        "group": order.group.name
    }


def register_all() -> None:
    """Called once, when the app is ready."""
    register(Reference(RosterOrder, "person", _("roster orders")))
    register_bar(both_are_ordered)
    current = Q(ended_at=None)
    register(Reference(Membership, "person", _("places in rosters"), ("group",), current, end, moves_settled=True))
