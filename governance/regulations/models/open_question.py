"""请示事项: what a regulation leaves undecided, and the instruction that decides it."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from governance.accounts.models import Organisation
from governance.directory.models import Office

from .regulation import Regulation


class OpenQuestion(models.Model):
    """请示事项: what the text leaves undecided. Answered by an instruction (批示) that survives reloading until the
    clause's own text changes (`clause_digest`); then a new row asks again and this one is superseded. An instruction
    counts for every version that asks with the same digest: requests under an older version keep theirs, and a version
    that goes back to the old text has it again."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        ANSWERED = "answered", _("answered")
        SUPERSEDED = "superseded", _("superseded")

    TRANSITIONS = {
        State.OPEN: {State.ANSWERED: "instruct", State.SUPERSEDED: "supersede"},
        State.ANSWERED: {State.ANSWERED: "instruct", State.SUPERSEDED: "supersede"},
        State.SUPERSEDED: {State.ANSWERED: "reinstate"},
    }

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    regulation = models.ForeignKey(Regulation, on_delete=models.PROTECT, related_name="questions")
    code = models.SlugField(max_length=60)
    article = models.CharField(max_length=20)
    clause_digest = models.CharField(max_length=64)
    data = models.JSONField(encoder=DjangoJSONEncoder)  # the question as the file asks it
    asked_of = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=State.choices, default=State.OPEN)
    answers = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    instruction = models.TextField(blank=True)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["regulation", "code"],
                condition=~models.Q(state="superseded"),
                name="question_asked_once",
            )
        ]

    def __str__(self) -> str:
        text = self.data.get("question", {})
        return text.get("zh", "") if (get_language() or "zh").startswith("zh") else text.get("en", "")

    def get_absolute_url(self) -> str:
        return reverse("question", args=[self.pk])
