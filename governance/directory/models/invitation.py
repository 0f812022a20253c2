"""Invitations: one-time links by which a person sets a password, the first or another one."""

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy

from governance.accounts.models import Organisation
from governance.jobs.models import Job

from .person import Person


class Invitation(models.Model):
    """A link for one person. The link itself is nowhere stored: `digest` recognises it, and from `seed` and the
    portal's secret key it can be made again for whoever issued it (docs/decisions/0021-invitations.md).
    """

    class Purpose(models.TextChoices):
        FIRST = "first", pgettext_lazy("invitation", "first password")
        RESET = "reset", pgettext_lazy("invitation", "another password")

    class State(models.TextChoices):
        AWAITING = "awaiting", pgettext_lazy("invitation", "waits for consent")
        OPEN = "open", pgettext_lazy("invitation", "open")
        ACCEPTED = "accepted", pgettext_lazy("invitation", "used")
        REPLACED = "replaced", pgettext_lazy("invitation", "replaced")
        REVOKED = "revoked", pgettext_lazy("invitation", "taken back")
        REFUSED = "refused", pgettext_lazy("invitation", "consent refused")

    # What stands between being made and being used up; of these a person has one at most.
    STANDING = (State.AWAITING, State.OPEN)
    TRANSITIONS = {
        State.AWAITING: {
            State.OPEN: "consent-reset",
            State.REFUSED: "refuse-reset",
            State.REPLACED: "replace-invitation",
            State.REVOKED: "revoke-invitation",
        },
        State.OPEN: {
            State.ACCEPTED: "accept-invitation",
            State.REPLACED: "replace-invitation",
            State.REVOKED: "revoke-invitation",
        },
        State.ACCEPTED: {},
        State.REPLACED: {},
        State.REVOKED: {},
        State.REFUSED: {},
    }

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="invitations")
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    seed = models.CharField(max_length=32)
    digest = models.CharField(max_length=64, unique=True)
    username = models.CharField(max_length=60)  # what the person will sign in as
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")  # with many others at once

    class Meta:
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(state__in=["awaiting", "open"]),
                name="invitation_standing_once_per_person",
            )
        ]
        indexes = [models.Index(fields=["organisation", "state", "-issued_at", "-id"], name="invitation_listed")]

    def __str__(self) -> str:
        """Whom it is for: what a duty or a message about it is called."""
        return self.person.name
