"""Where duties name people, for merging two entries of one person."""

from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.directory.merging import Reference, register, register_bar, register_follower
from governance.directory.models import Person

from .models import Duty, Reminder


def barred_from_own_duty(kept: Person, merged: Person) -> str:
    """Something waits for the one that the other may not take: as one person he could not take it."""
    crossed = Q(person=kept, barred=merged) | Q(person=merged, barred=kept)
    duty = Duty.objects.open().filter(crossed).first()
    if duty is None:
        return ""
    return _("“%(title)s” waits for one of the two, and the other may not take it. Settle it first.") % {
        "title": duty.title
    }


def follow_in_tells(merged: Person, kept: Person) -> None:
    """Whom a ladder tells stands in a duty as words: {"admin": "person:12"}."""
    was, became = f"person:{merged.pk}", f"person:{kept.pk}"
    told = Duty.objects.open().annotate(words=Cast("tells", TextField())).filter(words__contains=f'"{was}"')
    duties = list(told)
    for duty in duties:
        duty.tells = {role: became if who == was else who for role, who in duty.tells.items()}
    Duty.objects.bulk_update(duties, ["tells"], batch_size=500)


def register_all() -> None:
    """Called once, when the app is ready."""
    register(
        Reference(Duty, "person", gettext_lazy("duties")),
        Reference(Duty, "barred", gettext_lazy("duties the person may not take")),
        Reference(Reminder, "person", gettext_lazy("reminders"), ("duty", "rung", "reached_on")),
    )
    register_bar(barred_from_own_duty)
    register_follower(follow_in_tells)
