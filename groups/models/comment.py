"""Comments on a creation request: what people say beside the decision."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from governance.accounts.models import Organisation

from .creation_request import CreationRequest


class Comment(models.Model):
    """One comment. Never edited; its author may take it back for a few minutes: the words go, the mark stays."""

    class State(models.TextChoices):
        WRITTEN = "written", _("written")
        REMOVED = "removed", _("removed")

    TRANSITIONS = {State.WRITTEN: {State.REMOVED: "remove_comment"}, State.REMOVED: {}}

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    creation_request = models.ForeignKey(CreationRequest, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WRITTEN)
    written_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["written_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="written", removed_at=None) & ~models.Q(text="")
                | models.Q(state="removed", removed_at__isnull=False, text=""),
                name="removed_comment_says_nothing",
            )
        ]

    def __str__(self) -> str:
        return str(self.creation_request)

    def get_absolute_url(self) -> str:
        return self.creation_request.get_absolute_url()
