"""At which step a group is, and which groups need a look: as conditions for the database."""

from datetime import date, datetime

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from governance.duties.models import Duty
from groups.models import Designation, ExistingGroup, Filing, Group
from groups.visibility import any_of

Condition = Q | Exists

PROPOSED = Exists(Designation.objects.filter(group=OuterRef("pk"), state=Designation.State.PROPOSED))
UNFILED = Exists(Filing.objects.filter(group=OuterRef("pk"), state=Filing.State.FILED))
RETURNED = Exists(Filing.objects.filter(group=OuterRef("pk"), state=Filing.State.RETURNED))
ACKNOWLEDGED = Exists(Filing.objects.filter(group=OuterRef("pk"), state=Filing.State.ACKNOWLEDGED))
NEW, IN_USE = Q(state=Group.State.APPROVED), Q(state=Group.State.ESTABLISHED)

STEPS: dict[str, tuple[str | Promise, Condition]] = {
    "new": (pgettext_lazy("groups", "not yet established"), NEW),
    "designate": (pgettext_lazy("groups", "waits for its admin"), NEW & Q(admin=None) & ~PROPOSED),
    "accept": (pgettext_lazy("groups", "waits for acceptance"), NEW & PROPOSED),
    "establish": (pgettext_lazy("groups", "waits to be established"), NEW & Q(admin__isnull=False)),
    "supplementary": (
        pgettext_lazy("groups", "waits for supplementary approval"),
        Q(existing__state=ExistingGroup.State.REGISTERED),
    ),
    "in_use": (pgettext_lazy("groups", "in use"), IN_USE),
    "acknowledge": (pgettext_lazy("groups", "waits to be filed"), IN_USE & UNFILED),
    "complete": (pgettext_lazy("groups", "filing to be completed"), IN_USE & RETURNED),
    "filed": (pgettext_lazy("groups", "filed"), IN_USE & ACKNOWLEDGED),
    "revoked": (pgettext_lazy("groups", "approval revoked"), Q(state=Group.State.REVOKED)),
    "abandoned": (pgettext_lazy("groups", "never established"), Q(state=Group.State.ABANDONED)),
}
ENDED = ("revoked", "abandoned")  # steps at which a group has left the register


def admin_gone(on: date) -> list[Q]:
    """In use without an admin, or whose admin has left."""
    return [Q(admin__left_on__lt=on), IN_USE & Q(admin=None)]


def late(now: datetime) -> list[Q]:
    """A step of the group, its designation or its filing is past its time."""
    return [
        Q(pk__in=late_subjects(Group, now)),
        Q(designations__in=late_subjects(Designation, now)),
        Q(filings__in=late_subjects(Filing, now)),
    ]


def late_subjects(model: type[models.Model], now: datetime) -> models.QuerySet:
    kind = ContentType.objects.get_for_model(model)
    return Duty.objects.open().filter(subject_type=kind, due_at__lt=now).order_by().values("subject_id")


def odd(*, on: date, now: datetime) -> Q:
    """异常: what needs a look. A group on its way within its time is not odd."""
    return any_of(Group, [*late(now), *admin_gone(on)])
