"""Running numbers: JQ-2026-0142, 〔2026〕31号."""

from django.db import models

from governance.accounts.models import Organisation


class NumberSeries(models.Model):
    """The last number given in one series (a slug) of one year."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    series = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "series", "year"], name="number_series_once")]

    def __str__(self) -> str:
        return f"{self.series} {self.year}: {self.last}"
