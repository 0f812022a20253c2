"""建群申请: from a draft to a decision."""

from datetime import date

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance.accounts.models import Organisation, User
from governance.directory.models import Company, Department, Office, Person
from governance.regulations.models import RegulationVersion

from ..visibility import requests_visible_to
from .group_type import GroupType


class State(models.TextChoices):
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("waiting for a decision")
    APPROVED = "approved", _("approved")
    SENT_BACK = "sent_back", _("sent back")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")
    LAPSED = "lapsed", _("lapsed")


class CreationRequestQuerySet(models.QuerySet):
    def visible_to(self, user: User, *, on: date) -> "CreationRequestQuerySet":
        """The requests a person may see: 404 for the rest."""
        return requests_visible_to(self, user, on=on)

    def locked(self) -> "CreationRequestQuerySet":
        """Nobody else changes the row until the transaction ends; with what a submission reads of it."""
        related = ("organisation", "group_type__regulation", "company", "department", "submitter__department")
        return self.select_for_update(of=("self",)).select_related(*related)

    def submitted_by(self, person: Person) -> "CreationRequestQuerySet":
        return self.filter(submitter=person)


class CreationRequest(models.Model):
    """A request to create a group. `version` is the regulation version of its last submission.

    `round` counts submissions, `step` is the position of the approval step that waits. `name` is the final name made
    from the type's template; `project` and `year` fill its places. `external_expected` is the number of customers
    and partners expected; `expected_count` the expected members of the directory at the last submission.
    """

    State = State
    TRANSITIONS = {
        State.DRAFT: {State.SUBMITTED: "submit", State.WITHDRAWN: "withdraw"},
        State.SUBMITTED: {
            State.APPROVED: "approve",
            State.SENT_BACK: "send_back",
            State.REFUSED: "refuse",
            State.WITHDRAWN: "withdraw",
            State.LAPSED: "lapse",
        },
        State.SENT_BACK: {State.SUBMITTED: "submit", State.WITHDRAWN: "withdraw"},
        State.LAPSED: {State.SUBMITTED: "submit", State.WITHDRAWN: "withdraw"},
        State.APPROVED: {State.SUBMITTED: "reopen"},  # a recorded decision was contested
        State.REFUSED: {State.SUBMITTED: "reopen"},
        State.WITHDRAWN: {},
    }

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=20, blank=True)  # JQ-2026-0142, given at the first submission
    group_type = models.ForeignKey(GroupType, on_delete=models.PROTECT, related_name="creation_requests")
    version = models.ForeignKey(RegulationVersion, null=True, on_delete=models.PROTECT, related_name="+")
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    department = models.ForeignKey(Department, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    project = models.CharField(max_length=50, blank=True)
    year = models.CharField(max_length=4, blank=True)  # fills the template's {year}, where the submitter wants one
    name_suffix = models.CharField(max_length=30, blank=True)  # the submitter's addition, such as （二期）
    name = models.CharField(max_length=100)
    name_folded = models.CharField(max_length=100, editable=False)
    purpose = models.TextField(blank=True)
    ends_on = models.DateField(null=True, blank=True)
    external_expected = models.PositiveIntegerField(default=0)
    expected_count = models.PositiveIntegerField(default=0)
    submitter = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="creation_requests")
    copied_from = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="copies")
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    round = models.PositiveSmallIntegerField(default=0)
    step = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    was_reopened = models.BooleanField(default=False)  # a recorded decision on it was contested
    decided_at = models.DateTimeField(null=True)

    objects = CreationRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "number"],
                condition=~models.Q(number=""),
                name="creation_request_number_once",
            ),
            models.UniqueConstraint(
                fields=["organisation", "name_folded"],
                condition=models.Q(state="submitted"),
                name="one_submitted_request_per_name",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["draft", "withdrawn"])
                | models.Q(submitted_at__isnull=False, version__isnull=False) & ~models.Q(number=""),
                name="submitted_request_has_number_and_version",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["approved", "refused"], decided_at__isnull=False)
                | models.Q(state__in=["draft", "submitted", "sent_back", "withdrawn", "lapsed"], decided_at=None),
                name="decided_request_has_its_time",
            ),
        ]
        indexes = [
            models.Index(fields=["submitter", "-created_at"], name="creation_request_mine"),
            models.Index(fields=["organisation", "state", "-created_at"], name="creation_request_state"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("creation_request", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether it was submitted and nobody has ended it: it waits for a decision, or its submitter has it again."""
        return bool(self.number) and self.state in (State.SUBMITTED, State.SENT_BACK, State.LAPSED)

    @property
    def is_with_submitter(self) -> bool:
        """Whether its submitter may change it, submit it or take it back: a draft, sent back, or lapsed."""
        return self.state in (State.DRAFT, State.SENT_BACK, State.LAPSED)


class Consent(models.Model):
    """逐一同意: one exceptional member, asked for by the submitter, consented to singly or not at all.

    `given` and `declined` are set together with the approval; approving the group never grants consent.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("asked")
        GIVEN = "given", _("consented")
        DECLINED = "declined", _("not consented")

    TRANSITIONS = {
        State.ASKED: {State.GIVEN: "consent", State.DECLINED: "decline_consent"},
        State.GIVEN: {},
        State.DECLINED: {},
    }

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    creation_request = models.ForeignKey(CreationRequest, on_delete=models.CASCADE, related_name="consents")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consents")
    reason = models.CharField(max_length=200, blank=True)
    office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_for = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")  # by a delegate
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["creation_request", "person"], name="one_consent_per_person"),
            models.CheckConstraint(
                condition=models.Q(state="asked", decided_at=None)
                | ~models.Q(state="asked") & models.Q(decided_at__isnull=False),
                name="consent_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.state}"


class ApprovalStep(models.Model):
    """One office's turn in one round of a request, in order; which steps apply is settled at submission."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        APPROVED = "approved", _("approved")
        SENT_BACK = "sent_back", _("sent back")
        REFUSED = "refused", _("refused")
        LAPSED = "lapsed", _("lapsed")

    creation_request = models.ForeignKey(CreationRequest, on_delete=models.CASCADE, related_name="steps")
    round = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    article = models.CharField(max_length=20)
    outcome = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_for = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")  # by a delegate
    decided_at = models.DateTimeField(null=True)
    opinion = models.TextField(blank=True)

    class Meta:
        ordering = ["round", "position"]
        constraints = [
            models.UniqueConstraint(fields=["creation_request", "round", "position"], name="one_step_per_position")
        ]

    def __str__(self) -> str:
        return f"{self.round}.{self.position} {self.office_id}"

    @property
    def recorded(self) -> models.Model | None:
        """The recorded decision (代录) by which it was decided; fetch `recorded_decisions` with the step."""
        found = (one for one in self.recorded_decisions.all() if not one.reopened)
        return next(found, None) if self.decided_at else None
