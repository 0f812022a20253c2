"""微信群: the group that exists from approval on."""

from datetime import date

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance.accounts.models import Organisation, User
from governance.directory.models import Company, Department, Office, Person
from governance.regulations.models import RegulationVersion

from ..visibility import groups_visible_to
from .creation_request import CreationRequest
from .group_type import GroupType

OPEN = ["approved", "established"]
NEVER_THERE = ["revoked", "abandoned"]
NOT_ESTABLISHED = ["approved", *NEVER_THERE]


class GroupQuerySet(models.QuerySet):
    def visible_to(self, user: User, *, on: date) -> "GroupQuerySet":
        """The groups a person may see: 404 for the rest."""
        return groups_visible_to(self, user, on=on)

    def open(self) -> "GroupQuerySet":
        return self.filter(state__in=OPEN)

    def held(self, group: "Group") -> "GroupQuerySet":
        """The group while it is approved and not established, its row held: nobody ends or establishes it until the
        transaction is over."""
        return self.select_for_update(of=("self",)).filter(pk=group.pk, state=Group.State.APPROVED)


class Group(models.Model):
    """A group of the register (微信群台账). `admin` is the accepted appointment, `owner` the 群主 in WeChat: separate
    facts, a difference is a finding. `state` approved means: may exist, not yet established. A group that was there
    before the portal (`existing`) has no request; `approved_at` is empty until it is approved afterwards. One that
    never came into being has `ended_at` and why; its name is free again."""

    class State(models.TextChoices):
        APPROVED = "approved", _("not yet established")
        ESTABLISHED = "established", _("in use")
        DISSOLVED = "dissolved", _("dissolved")
        REVOKED = "revoked", _("approval revoked")
        ABANDONED = "abandoned", _("never established")

    TRANSITIONS = {
        State.APPROVED: {State.ESTABLISHED: "establish", State.REVOKED: "revoke", State.ABANDONED: "abandon"},
        State.ESTABLISHED: {State.DISSOLVED: "dissolve"},
        State.DISSOLVED: {},
        State.REVOKED: {State.APPROVED: "reinstate"},  # its request was reopened and approved after all
        State.ABANDONED: {},
    }

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="groups")
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="groups")
    department = models.ForeignKey(Department, null=True, on_delete=models.PROTECT, related_name="+")
    group_type = models.ForeignKey(GroupType, on_delete=models.PROTECT, related_name="groups")
    version = models.ForeignKey(RegulationVersion, on_delete=models.PROTECT, related_name="+")
    creation_request = models.OneToOneField(CreationRequest, null=True, on_delete=models.PROTECT, related_name="group")
    project = models.CharField(max_length=50, blank=True)
    name = models.CharField(max_length=100)
    name_folded = models.CharField(max_length=100, editable=False)
    sort_key = models.CharField(max_length=200)
    search = models.CharField(max_length=400)
    purpose = models.TextField(blank=True)
    ends_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.APPROVED)
    approved_at = models.DateTimeField(null=True)
    established_on = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=1000, blank=True)
    designating_office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="designates_for")
    admin = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="administered_groups")
    owner = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="owned_groups")
    member_count = models.PositiveIntegerField(null=True)

    objects = GroupQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name_folded"],
                condition=models.Q(state__in=OPEN),
                name="one_open_group_per_name",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=NOT_ESTABLISHED, established_on=None)
                | ~models.Q(state__in=NOT_ESTABLISHED) & models.Q(established_on__isnull=False),
                name="established_group_has_its_day",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=NEVER_THERE, ended_at__isnull=False)
                | ~models.Q(state__in=NEVER_THERE) & models.Q(ended_at=None),
                name="ended_group_has_its_time",
            ),
            models.CheckConstraint(
                condition=models.Q(creation_request__isnull=False, approved_at__isnull=False)
                | models.Q(creation_request=None) & ~models.Q(state="approved"),
                name="group_without_request_was_in_use",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "sort_key", "id"], name="group_sorted"),
            models.Index(fields=["admin"], name="group_admin"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("group", args=[self.pk])

    @property
    def has_ended(self) -> bool:
        """Whether it is out of the register: never came into being."""
        return self.ended_at is not None
