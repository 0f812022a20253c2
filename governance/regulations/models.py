"""Regulations as loaded from their files, version by version, and what they leave open."""

from datetime import date

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from governance.accounts.models import Organisation
from governance.directory.models import Office


class Regulation(models.Model):
    """管理办法: one set of rules, known by its code through all its versions."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="regulations")
    code = models.SlugField(max_length=60)
    name = models.CharField(max_length=100)
    name_en = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["organisation", "code"], name="regulation_code_once")]

    def __str__(self) -> str:
        return self.name_en if self.name_en and not (get_language() or "zh").startswith("zh") else self.name


class RegulationVersionQuerySet(models.QuerySet):
    def in_force(self, *, on: date) -> "RegulationVersionQuerySet":
        """Versions in force on that day, the newest first; one without a date is in force from its loading."""
        return (
            self.filter(models.Q(effective_from=None) | models.Q(effective_from__lte=on))
            .filter(models.Q(effective_to=None) | models.Q(effective_to__gte=on))
            .order_by(models.F("effective_from").desc(nulls_last=True), "-pk")
        )


class RegulationVersion(models.Model):
    """One loaded file. `data` is the checked content as plain JSON (docs/regulation-format.md), `source` its text."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    regulation = models.ForeignKey(Regulation, on_delete=models.PROTECT, related_name="versions")
    version = models.CharField(max_length=40)
    effective_from = models.DateField(null=True)
    effective_to = models.DateField(null=True)
    data = models.JSONField(encoder=DjangoJSONEncoder)
    source = models.TextField()
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()
    loaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = RegulationVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["regulation", "digest"], name="regulation_file_once")]

    def __str__(self) -> str:
        return f"{self.regulation} {self.version}"


class OpenQuestion(models.Model):
    """请示事项: what the text leaves undecided. Answered by an instruction (批示) that survives reloading until the
    clause's own text changes (`clause_digest`); then a new row asks again and this one is superseded."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        ANSWERED = "answered", _("answered")
        SUPERSEDED = "superseded", _("superseded")

    TRANSITIONS = {
        State.OPEN: {State.ANSWERED: "instruct", State.SUPERSEDED: "supersede"},
        State.ANSWERED: {State.ANSWERED: "instruct", State.SUPERSEDED: "supersede"},
        State.SUPERSEDED: {},
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
        from django.urls import reverse

        return reverse("question", args=[self.pk])
