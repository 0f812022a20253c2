"""Companies and their trees of departments."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from governance.accounts.models import Organisation
from governance.calendar.models import WorkCalendar


class Company(models.Model):
    """Headquarters (集团本部) or a project company (项目公司)."""

    class Kind(models.TextChoices):
        HEADQUARTERS = "headquarters", _("headquarters")
        PROJECT = "project", _("project company")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="companies")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=100)
    short_name = models.CharField(max_length=50, blank=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    calendar = models.ForeignKey(WorkCalendar, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["kind", "code"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "code"], name="company_code_once"),
            models.UniqueConstraint(fields=["organisation", "name"], name="company_name_once"),
        ]

    def __str__(self) -> str:
        return self.short_name or self.name


class Department(models.Model):
    """A department of one company. `path` is the chain of primary keys from the root ("12/40/"), for subtrees."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="departments")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    name = models.CharField(max_length=100)
    path = models.CharField(max_length=200, blank=True, db_index=True)

    class Meta:
        ordering = ["company", "path", "name"]
        constraints = [
            models.UniqueConstraint(fields=["company", "parent", "name"], name="department_name_once"),
            models.UniqueConstraint(  # SQLite cannot treat two missing parents as equal
                fields=["company", "name"], condition=models.Q(parent=None), name="root_department_name_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DepartmentAlias(models.Model):
    """Another name by which a department goes (HR = 行政人事部)."""

    department = models.ForeignKey(Department, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=100)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["department", "name"], name="department_alias_once")]

    def __str__(self) -> str:
        return self.name
