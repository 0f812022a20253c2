"""Which kinds of group may exist (群类型)."""

from django.db import models
from django.utils.translation import get_language

from governance.accounts.models import Organisation
from governance.regulations.models import Regulation


class GroupType(models.Model):
    """A type by its code through all versions of its regulation; its terms stand in the version (`groups/terms.py`)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    regulation = models.ForeignKey(Regulation, on_delete=models.PROTECT, related_name="group_types")
    code = models.SlugField(max_length=60)
    name = models.CharField(max_length=100)
    name_en = models.CharField(max_length=150, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    retired = models.BooleanField(default=False)  # no longer in the version in force

    class Meta:
        ordering = ["regulation", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["regulation", "code"], name="group_type_code_once")]

    def __str__(self) -> str:
        return self.name_en if self.name_en and not (get_language() or "zh").startswith("zh") else self.name
