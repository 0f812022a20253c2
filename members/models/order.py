"""Roster orders (成员变动单): what the admin has to change in WeChat, since nobody else can."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance.accounts.models import Organisation
from governance.directory.models import Person
from groups.models import Group


class OrderList(models.Model):
    """The orders of one group: what the admin's duty is about, so that twenty newcomers are one line on his desk."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    group = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="order_list")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.group.name

    def get_absolute_url(self) -> str:
        return reverse("roster_orders", args=[self.group_id])


class RosterOrderQuerySet(models.QuerySet):
    def open(self) -> "RosterOrderQuerySet":
        return self.filter(state=RosterOrder.State.ORDERED)

    def in_their_order(self) -> "RosterOrderQuerySet":
        """Leavers first, then what is due soonest."""
        leavers = models.Case(models.When(reason=RosterOrder.Reason.LEFT, then=0), default=1)
        return self.order_by(leavers, "due_at", "person__sort_key", "pk")


class RosterOrder(models.Model):
    """One change to one group's roster (Art. 6): a person to admit or to remove.

    There is at most one open order for a person and group. `due_at` is the end of the leaver's last working day, or so
    many working days after the order; `provisional` as for duties (暂定).
    """

    class Kind(models.TextChoices):
        ADMIT = "admit", _("admit")
        REMOVE = "remove", _("remove")

    class State(models.TextChoices):
        ORDERED = "ordered", _("ordered")
        DONE = "done", _("done")
        CANCELLED = "cancelled", _("cancelled")

    class Reason(models.TextChoices):
        LEFT = "left", _("leaves the company")
        JOINED = "joined", _("joins the company")
        BELONGS = "belongs", _("belongs here by the member rule now")
        NO_LONGER = "no_longer", _("no longer belongs here by the member rule")

    TRANSITIONS = {
        State.ORDERED: {State.DONE: "carry_out_order", State.CANCELLED: "cancel_order"},
        State.DONE: {},
        State.CANCELLED: {},
    }

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="roster_orders")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="roster_orders")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ORDERED)
    reason = models.CharField(max_length=12, choices=Reason.choices)
    ordered_at = models.DateTimeField()
    due_at = models.DateTimeField()
    provisional = models.BooleanField(default=False)
    carried_out_at = models.DateTimeField(null=True)
    carried_out_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = RosterOrderQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "person"], condition=models.Q(state="ordered"), name="one_open_order_per_person"
            )
        ]
        indexes = [
            models.Index(fields=["person"], condition=models.Q(state="ordered"), name="order_open_of_person"),
            models.Index(fields=["group", "-carried_out_at"], name="order_done_of_group"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.person} {self.group}"

    def get_absolute_url(self) -> str:
        return reverse("roster_orders", args=[self.group_id])


class FeedMark(models.Model):
    """How far the directory's change feed has been read: up to `change_id`, as of the calendar day `on`."""

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="+")
    change_id = models.BigIntegerField(default=0)
    on = models.DateField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.change_id}"
