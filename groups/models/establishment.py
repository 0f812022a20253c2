"""建群确认: the admin confirms that the group was created in WeChat."""

from django.conf import settings
from django.db import models

from governance.accounts.models import Organisation
from governance.directory.models import Person

from .group import Group


class Establishment(models.Model):
    """What the admin confirmed, once: name as created, day, invitation confirmation (Art. 6), notice posted, owner."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    group = models.OneToOneField(Group, on_delete=models.CASCADE, related_name="establishment")
    name_as_created = models.CharField(max_length=100)
    created_on = models.DateField()
    invitation_confirmation = models.BooleanField()
    notice_posted = models.BooleanField()
    owner = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name_as_created
