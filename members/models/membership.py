"""Who is in a group, and who says so: a declared roster (名册)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from governance.accounts.models import Organisation
from governance.directory.models import ExternalContact, Person
from groups.models import Group


class MembershipQuerySet(models.QuerySet):
    def current(self) -> "MembershipQuerySet":
        return self.filter(ended_at=None)


class Membership(models.Model):
    """成员: a person or an external contact in a group, with who said so, when and on what evidence."""

    class Evidence(models.TextChoices):
        TYPED = "typed", _("typed")
        PASTED = "pasted", _("pasted")
        TICKED = "ticked", _("ticked off")
        FILE = "file", _("file")
        SCREENSHOT = "screenshot", _("screenshot")
        WECOM = "wecom", _("WeCom")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="memberships")
    external = models.ForeignKey(ExternalContact, null=True, on_delete=models.PROTECT, related_name="memberships")
    evidence = models.CharField(max_length=10, choices=Evidence.choices)
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    declared_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "person"],
                condition=models.Q(ended_at=None, person__isnull=False),
                name="one_current_membership_per_person",
            ),
            models.UniqueConstraint(
                fields=["group", "external"],
                condition=models.Q(ended_at=None, external__isnull=False),
                name="one_current_membership_per_contact",
            ),
            models.CheckConstraint(
                condition=models.Q(person__isnull=False, external=None) | models.Q(person=None, external__isnull=False),
                name="member_is_person_or_contact",
            ),
        ]
        indexes = [models.Index(fields=["person"], condition=models.Q(ended_at=None), name="membership_of_person")]

    def __str__(self) -> str:
        return f"{self.person or self.external} ∈ {self.group_id}"
