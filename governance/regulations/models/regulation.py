"""Regulations as loaded from their files, version by version."""

from datetime import date

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.functions import Coalesce, TruncDate
from django.urls import reverse
from django.utils.translation import get_language

from governance.accounts.models import Organisation


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
    def dated(self) -> "RegulationVersionQuerySet":
        """Each with the day from which it may hold (`begins_on`); one without a date begins when it is loaded."""
        return self.annotate(begins_on=Coalesce("effective_from", TruncDate("loaded_at")))

    def in_force(self, *, on: date) -> "RegulationVersionQuerySet":
        """Versions in force on that day, the one that holds first; of two that begin the same day the later loaded."""
        return (
            self.dated()
            .filter(models.Q(effective_from=None) | models.Q(begins_on__lte=on))
            .filter(models.Q(effective_to=None) | models.Q(effective_to__gte=on))
            .order_by("-begins_on", "-pk")
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

    def get_absolute_url(self) -> str:
        return f"{reverse('regulation', args=[self.regulation_id])}?version={self.pk}"
