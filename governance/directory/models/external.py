"""People outside the organisation: customers, partners."""

from django.db import models

from governance.accounts.models import Organisation

from .person import Person


class ExternalContact(models.Model):
    """外部联系人. Brought in by an introducer; their data is kept with their consent recorded."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=50)
    company_name = models.CharField(max_length=100, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    introducer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="introduced")
    consent_recorded_on = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name
