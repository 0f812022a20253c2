"""How far the set-up of an empty portal is."""

from django.db import models

from governance.accounts.models import Organisation


class SetUp(models.Model):
    """The one set-up of this installation (primary key 1).

    Of the one-time token only the digest is kept. `claim` is the digest of what the session of whoever used it holds.
    `entered_at` is when the first HR person got a login, `finished_at` when HR put the set-up card away.
    """

    digest = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    claim = models.CharField(max_length=64, blank=True)
    organisation = models.OneToOneField(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.organisation or "–")
