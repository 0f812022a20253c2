"""既有群: groups that were there before the portal, and the lists they were taken over from."""

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.accounts.models import Organisation, User
from governance.directory.models import Company, Office, Person

from ..visibility import existing_visible_to
from .group import Group
from .group_type import GroupType


class GroupsImport(models.Model):
    """One uploaded list. `rows` and `faults` are what was read; they are emptied when the import ends, the file itself
    is not kept. What would be written is compared anew whenever the page is opened."""

    class State(models.TextChoices):
        READ = "read", _("to be confirmed")
        CONFIRMED = "confirmed", pgettext_lazy("existing groups", "registered")
        DISCARDED = "discarded", _("discarded")

    TRANSITIONS = {
        State.READ: {State.CONFIRMED: "import-groups", State.DISCARDED: "discard-groups"},
        State.CONFIRMED: {},
        State.DISCARDED: {},
    }

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.READ)
    rows = models.JSONField(default=list)
    faults = models.JSONField(default=list)
    fault_count = models.PositiveIntegerField(default=0)
    ignored = models.JSONField(default=list)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    group_count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-started_at", "-pk"]
        indexes = [models.Index(fields=["organisation", "-started_at"], name="groups_import_recent")]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("existing_groups_preview", args=[self.uuid])


class ExistingGroupQuerySet(models.QuerySet):
    def visible_to(self, user: User, *, on: date) -> "ExistingGroupQuerySet":
        """The rows of lists that a person may see: 404 for the rest."""
        return existing_visible_to(self, user, on=on)


class ExistingGroup(models.Model):
    """What a list said of a group that was there before the portal, and how far it has come under the regulation.

    It enters the register (`group`) once its type is stated and no other group of the register bears its name
    (`name_open`; `new_name` is then the one it gets). `owner_open`: the list names an owner whom the portal does not
    know, or who has left. `created_on` is empty where nobody knows the day. `approving_office` is empty while the
    regulation does not say who approves.
    """

    class State(models.TextChoices):
        LISTED = "listed", pgettext_lazy("existing group", "to be completed")
        REGISTERED = "registered", pgettext_lazy("existing group", "never approved")
        APPROVED = "approved", pgettext_lazy("existing group", "approved afterwards")
        EXEMPTED = "exempted", pgettext_lazy("existing group", "needs no approval")
        REFUSED = "refused", pgettext_lazy("existing group", "not approved afterwards")
        DISSOLVED = "dissolved", pgettext_lazy("existing group", "dissolved")
        LEFT_OUT = "left_out", pgettext_lazy("existing group", "left out")

    TRANSITIONS = {
        State.LISTED: {State.REGISTERED: "register_existing", State.LEFT_OUT: "leave_out"},
        State.REGISTERED: {
            State.APPROVED: "approve_existing",
            State.REFUSED: "refuse_existing",
            State.EXEMPTED: "exempt_existing",
        },
        State.REFUSED: {State.REGISTERED: "ask_again", State.DISSOLVED: "dissolve_existing"},
        State.APPROVED: {},
        State.EXEMPTED: {},
        State.DISSOLVED: {},
        State.LEFT_OUT: {},
    }

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    group = models.OneToOneField(Group, null=True, on_delete=models.CASCADE, related_name="existing")
    imported = models.ForeignKey(GroupsImport, on_delete=models.PROTECT, related_name="groups")
    row = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.REGISTERED)
    name = models.CharField(max_length=100)
    name_folded = models.CharField(max_length=100, editable=False)
    name_open = models.BooleanField(default=False)
    new_name = models.CharField(max_length=100, blank=True)
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    group_type = models.ForeignKey(GroupType, null=True, on_delete=models.PROTECT, related_name="+")
    type_said = models.CharField(max_length=100, blank=True)
    admin = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    admin_said = models.CharField(max_length=50, blank=True)
    owner = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    owner_said = models.CharField(max_length=50, blank=True)
    owner_open = models.BooleanField(default=False)
    members = models.PositiveIntegerField(null=True)
    purpose = models.TextField(blank=True)
    created_on = models.DateField(null=True)
    after_amnesty = models.BooleanField(default=False)
    approving_office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    opinion = models.TextField(blank=True)

    objects = ExistingGroupQuerySet.as_manager()

    class Meta:
        ordering = ["imported", "row"]
        constraints = [
            models.UniqueConstraint(fields=["imported", "row"], name="existing_group_row_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=["listed", "left_out"], group=None)
                | ~models.Q(state__in=["listed", "left_out"])
                & models.Q(group__isnull=False, group_type__isnull=False, name_open=False),
                name="existing_group_in_the_register_has_type_and_name",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "state"], name="existing_group_state")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("existing_group", args=[self.pk])

    @property
    def importer_ids(self) -> set[int]:
        """The logins that brought it in: they do not approve it."""
        return {self.imported.started_by_id, self.imported.confirmed_by_id}


class OpenPoints(models.Model):
    """What is open on existing groups, of one kind and with one office or person: one duty, however many groups."""

    class Step(models.TextChoices):
        SETTLE = "settle", pgettext_lazy("existing groups", "Complete existing groups")
        APPROVE = "approve", pgettext_lazy("existing groups", "Approve existing groups afterwards")
        DESIGNATE = "designate", pgettext_lazy("existing groups", "Designate admins of existing groups")
        ACCEPT = "accept", pgettext_lazy("existing groups", "Look after existing groups")
        ENTER = "enter", pgettext_lazy("existing groups", "Enter the existing groups in time")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    step = models.CharField(max_length=10, choices=Step.choices)
    office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["step", "office"], condition=models.Q(person=None), name="open_points_once_per_office"
            ),
            models.UniqueConstraint(
                fields=["step", "person"], condition=models.Q(office=None), name="open_points_once_per_person"
            ),
            models.CheckConstraint(
                condition=models.Q(office=None, person__isnull=False) | models.Q(office__isnull=False, person=None),
                name="open_points_lie_with_somebody",
            ),
        ]

    def __str__(self) -> str:
        return str(self.Step(self.step).label)

    def get_absolute_url(self) -> str:
        return reverse("existing_groups_open")


class Amnesty(models.Model):
    """补登期限: until when a company's groups may be brought in without being counted as irregular. `complete_at`: HR
    said that all of them are entered, and is reminded no more."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    company = models.OneToOneField(Company, on_delete=models.CASCADE, related_name="+")
    until = models.DateField()
    complete_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["company"]

    def __str__(self) -> str:
        return f"{self.company} {self.until}"

    def get_absolute_url(self) -> str:
        return reverse("amnesties")
