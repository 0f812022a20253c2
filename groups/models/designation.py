"""指定管理员: an office names a person, who accepts or declines (Art. 5)."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance.accounts.models import Organisation
from governance.directory.models import Office, Person

from .group import Group


class Designation(models.Model):
    """One designation of one person for one group; dropped when the group comes to nothing before the answer."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("waiting for acceptance")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        DROPPED = "dropped", _("no longer asked for")
        REPLACED = "replaced", _("passed to a successor")

    TRANSITIONS = {
        State.PROPOSED: {
            State.ACCEPTED: "accept",
            State.DECLINED: "decline",
            State.DROPPED: "drop",
            State.REPLACED: "replace",
        },
        State.ACCEPTED: {State.REPLACED: "replace"},
        State.DECLINED: {},
        State.DROPPED: {},
        State.REPLACED: {},
    }
    IN_FORCE = (State.PROPOSED, State.ACCEPTED)

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="designations")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="designations")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    is_default = models.BooleanField(default=False)  # the person holds the default post of the type
    reason = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    designated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    designated_for = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")  # by a delegate
    designated_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    reply = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-designated_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group"],
                condition=models.Q(state__in=["proposed", "accepted"]),
                name="one_designation_in_force_per_group",
            )
        ]

    def __str__(self) -> str:
        return self.group.name

    def get_absolute_url(self) -> str:
        return reverse("designation", args=[self.pk])
