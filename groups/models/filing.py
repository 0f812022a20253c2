"""备案: the office is told and acknowledges with a number, or asks to complete; it never refuses (Art. 4.5)."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance.accounts.models import Organisation
from governance.directory.models import Office, Person

from .group import Group


class Filing(models.Model):
    """One event of one group laid before one office.

    `remark` is what the office wants completed, `supplement` the answer.
    """

    class State(models.TextChoices):
        FILED = "filed", _("waiting for acknowledgement")
        RETURNED = "returned", _("to be completed")
        ACKNOWLEDGED = "acknowledged", _("acknowledged")

    TRANSITIONS = {
        State.FILED: {State.ACKNOWLEDGED: "acknowledge", State.RETURNED: "ask_completion"},
        State.RETURNED: {State.FILED: "complete"},
        State.ACKNOWLEDGED: {},
    }

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="filings")
    event = models.SlugField(max_length=20, default="creation")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    article = models.CharField(max_length=20)
    number = models.CharField(max_length=40, blank=True)  # 〔2026〕31号, given at acknowledgement
    state = models.CharField(max_length=12, choices=State.choices, default=State.FILED)
    remark = models.CharField(max_length=300, blank=True)
    supplement = models.TextField(blank=True)
    filed_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    acknowledged_for = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")  # by a delegate

    class Meta:
        ordering = ["filed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "number"], condition=~models.Q(number=""), name="filing_number_once"
            ),
            models.CheckConstraint(
                condition=models.Q(state="acknowledged", acknowledged_at__isnull=False) & ~models.Q(number="")
                | ~models.Q(state="acknowledged") & models.Q(acknowledged_at=None, number=""),
                name="acknowledged_filing_has_its_number",
            ),
        ]

    def __str__(self) -> str:
        return self.group.name

    def get_absolute_url(self) -> str:
        return reverse("filing", args=[self.pk])
