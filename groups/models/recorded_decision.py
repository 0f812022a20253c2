"""代录: a decision that the approver gave by word or in writing, recorded by the office the regulation names."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.accounts.models import Organisation
from governance.directory.models import Office, Person

from .creation_request import ApprovalStep, CreationRequest


class RecordedDecision(models.Model):
    """What was recorded for the approver of a step, with its scan. He may contest it until `contestable_until`.

    Contested, it brings the request back to waiting (`reopened`), or, where that is no longer possible, it is a
    finding that the recording office settles.
    """

    class State(models.TextChoices):
        STANDING = "standing", pgettext_lazy("recorded decision", "stands")
        CONTESTED = "contested", pgettext_lazy("recorded decision", "contested")
        SETTLED = "settled", pgettext_lazy("recorded decision", "contested, settled")

    TRANSITIONS = {
        State.STANDING: {State.CONTESTED: "contest"},
        State.CONTESTED: {State.SETTLED: "settle_contest"},
        State.SETTLED: {},
    }

    class Manner(models.TextChoices):
        SPOKEN = "spoken", _("by word")
        WRITTEN = "written", _("in writing")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    creation_request = models.ForeignKey(CreationRequest, on_delete=models.CASCADE, related_name="recorded_decisions")
    step = models.ForeignKey(ApprovalStep, on_delete=models.CASCADE, related_name="recorded_decisions")
    outcome = models.CharField(max_length=10, choices=ApprovalStep.State.choices)
    opinion = models.TextField(blank=True)
    approver = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    manner = models.CharField(max_length=10, choices=Manner.choices)
    given_on = models.DateField()
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    contestable_until = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.STANDING)
    contest_reason = models.TextField(blank=True)
    reopened = models.BooleanField(default=False)
    settlement = models.TextField(blank=True)

    class Meta:
        ordering = ["recorded_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["step"], condition=models.Q(state="standing"), name="one_standing_recorded_decision_per_step"
            ),
            models.CheckConstraint(
                condition=models.Q(state="standing", contest_reason="")
                | ~models.Q(state="standing") & ~models.Q(contest_reason=""),
                name="contested_decision_has_its_reason",
            ),
        ]

    def __str__(self) -> str:
        return str(self.creation_request)

    def get_absolute_url(self) -> str:
        return reverse("recorded_decision", args=[self.pk])

    def is_contestable(self, *, now: datetime) -> bool:
        """Whether its approver may still contest it."""
        return self.state == self.State.STANDING and now <= self.contestable_until
