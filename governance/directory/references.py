"""Where the directory itself names people, for merging two entries of one person."""

from datetime import datetime, timedelta

from django.db.models import Case, F, Q, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .merging import Reference, register, register_bar
from .models import Change, ExternalContact, Invitation, Person, TeamMember, Tenure, TwoPeople


def end_tenures(tenures: QuerySet, now: datetime) -> None:
    """The second entry's tenure of the same office ended yesterday, or on its first day."""
    yesterday = timezone.localdate(now) - timedelta(days=1)
    later = When(starts_on__gt=yesterday, then=F("starts_on"))
    tenures.update(ends_on=Case(later, default=Value(yesterday)))


def remove(rows: QuerySet, now: datetime) -> None:
    rows.delete()


def reset_awaits_consent(kept: Person, merged: Person) -> str:
    """Somebody is asked to consent to another password of one of the two: his answer would find no link any more."""
    waits = Invitation.objects.filter(person__in=[kept, merged], state=Invitation.State.AWAITING)
    if not waits.exists():
        return ""
    return gettext("Another password for one of the two waits for consent. Have it settled first.")


def register_all() -> None:
    """Called once, when the app is ready."""
    register(
        Reference(Tenure, "person", _("tenures"), ("office",), Q(ends_on=None), end_tenures),
        Reference(TeamMember, "person", _("memberships of teams"), ("team",), settle=remove),
        Reference(ExternalContact, "introducer", _("external contacts introduced")),
        Reference(Invitation, "person", _("links to sign in")),
        Reference(Person, "merged_into", _("entries merged earlier")),
        Reference(Change, "person", stays="the feed says what each entry was when"),
        Reference(TwoPeople, "first", stays="what HR said of this entry"),
        Reference(TwoPeople, "second", stays="what HR said of this entry"),
    )
    register_bar(reset_awaits_consent)
