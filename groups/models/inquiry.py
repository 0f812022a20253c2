"""征求意见: the deciding office asks a person for an opinion and keeps the decision."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import pgettext_lazy

from governance.accounts.models import Organisation
from governance.directory.models import Person

from .creation_request import ApprovalStep, CreationRequest


class Inquiry(models.Model):
    """One person asked in one step. He answers, has no view, or is told that it was decided without him (`closed`)."""

    class State(models.TextChoices):
        ASKED = "asked", pgettext_lazy("opinion", "not answered yet")
        ANSWERED = "answered", pgettext_lazy("opinion", "answered")
        NO_VIEW = "no_view", pgettext_lazy("opinion", "no view")
        CLOSED = "closed", pgettext_lazy("opinion", "no longer needed")

    TRANSITIONS = {
        State.ASKED: {State.ANSWERED: "give_opinion", State.NO_VIEW: "have_no_view", State.CLOSED: "close_inquiry"},
        State.ANSWERED: {},
        State.NO_VIEW: {},
        State.CLOSED: {},
    }

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    creation_request = models.ForeignKey(CreationRequest, on_delete=models.CASCADE, related_name="inquiries")
    step = models.ForeignKey(ApprovalStep, on_delete=models.CASCADE, related_name="inquiries")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="inquiries")
    question = models.CharField(max_length=500)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    opinion = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["asked_at", "pk"]
        verbose_name_plural = "inquiries"
        constraints = [
            models.UniqueConstraint(
                fields=["creation_request", "person"],
                condition=models.Q(state="asked"),
                name="one_open_inquiry_per_person",
            ),
            models.CheckConstraint(
                condition=models.Q(state="asked", ended_at=None)
                | ~models.Q(state="asked") & models.Q(ended_at__isnull=False),
                name="ended_inquiry_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return str(self.creation_request)

    def get_absolute_url(self) -> str:
        return reverse("inquiry", args=[self.pk])
