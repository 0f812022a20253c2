"""A group that was created in WeChat under another name than the approved one: both stand until it is settled."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance.accounts.models import Organisation

from .group import Group


class CreatedName(models.Model):
    """The other name, laid before the designating office: accepted, it is the group's; else the admin renames the group
    in WeChat. `remark` is why it is to be renamed."""

    class State(models.TextChoices):
        DECLARED = "declared", _("name to be decided on")
        ACCEPTED = "accepted", _("name accepted")
        OBJECTED = "objected", _("to be renamed in WeChat")
        RENAMED = "renamed", _("renamed in WeChat")

    TRANSITIONS = {
        State.DECLARED: {State.ACCEPTED: "accept_name", State.OBJECTED: "object_to_name"},
        State.OBJECTED: {State.RENAMED: "rename"},
        State.ACCEPTED: {},
        State.RENAMED: {},
    }
    OPEN = (State.DECLARED, State.OBJECTED)

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="created_names")
    approved_name = models.CharField(max_length=100)
    name = models.CharField(max_length=100)
    name_folded = models.CharField(max_length=100, editable=False)
    remark = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DECLARED)
    declared_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-declared_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group"],
                condition=models.Q(state__in=["declared", "objected"]),
                name="one_open_created_name_per_group",
            ),
            models.UniqueConstraint(
                fields=["organisation", "name_folded"],
                condition=models.Q(state="declared"),
                name="one_declared_name",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["declared", "objected"], settled_at=None)
                | models.Q(state__in=["accepted", "renamed"], settled_at__isnull=False),
                name="settled_name_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return self.approved_name

    def get_absolute_url(self) -> str:
        return reverse("created_name", args=[self.pk])
