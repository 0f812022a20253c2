"""What waits for whom, since when, until when, under which article (待办)."""

from datetime import date

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse

from governance.accounts.models import Organisation, User
from governance.calendar.models import WorkCalendar
from governance.directory.models import Office, Person, Tenure
from governance.directory.queries import offices_held, person_of
from governance.notifications.models import Notice

NOBODY = models.Value(0)  # a key that no person has: NULL would make every comparison unknown


class DutyQuerySet(models.QuerySet):
    def open(self) -> "DutyQuerySet":
        return self.filter(closed_at=None)

    def of_subject(self, subject: models.Model) -> "DutyQuerySet":
        return self.filter(subject_type=ContentType.objects.get_for_model(subject), subject_id=subject.pk)

    def waiting_for(self, user: User, *, on: date) -> "DutyQuerySet":
        """Open duties the user can take up on that day: his own, those of his offices that were not passed on to
        somebody, and those of offices that nobody (but the barred person) holds, which lie with the fallback office
        meanwhile."""
        person = person_of(user)
        if person is None:
            return self.none()
        mine = [office.pk for office in offices_held(user, on=on)]
        passed = Person.objects.filter(pk=models.OuterRef("person")).exclude(left_on__lt=on)
        taken = (
            Tenure.objects.running(on=on)
            .filter(office=models.OuterRef("office"))
            .exclude(person=Coalesce(models.OuterRef("barred"), NOBODY))
        )
        return (
            self.open()
            .filter(
                models.Q(person=person)
                | models.Q(office__in=mine) & ~models.Exists(passed)
                | models.Q(fallback_office__in=mine, office__isnull=False)
                & ~models.Exists(taken)
                & ~models.Exists(passed)
            )
            .exclude(barred=person)
        )

    def done_by(self, user: User) -> "DutyQuerySet":
        return self.filter(closed_by=user)

    def for_listing(self) -> "DutyQuerySet":
        return self.select_related("office__company", "person__department")


class Duty(models.Model):
    """One step that waits. `office` or `person` has it; both: the office's, passed on to the person (`facts` say by
    whom and why). `barred` may not take it (his own submission).

    `title`, `path` and `facts` are copies for the desk, so that a list of mixed kinds is one statement; `check_data`
    proves them. `verb` names the kind (`kinds.py`). `provisional`: the due date rests on a year not entered yet (暂定).

    `days` and `lapse_days` are working days from the opening, kept so that the dates follow an edited calendar; what
    `lapses_at` ends is its subject's business. `ladder` says who is reminded when (`ladders.py`), `tells` whom besides
    the holder: {"above": "office:7", "admin": "person:12"}. `opened_on` is the local day of `opened_at`; the sweep
    fills it in where it is missing.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    subject_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    subject_id = models.BigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")
    verb = models.SlugField(max_length=40)
    office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="duties")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="duties")
    fallback_office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    barred = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    calendar = models.ForeignKey(WorkCalendar, null=True, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=150)
    path = models.CharField(max_length=200)
    facts = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    article = models.CharField(max_length=20, blank=True)
    ladder = models.SlugField(max_length=30, blank=True)
    tells = models.JSONField(default=dict)
    opened_at = models.DateTimeField()
    opened_on = models.DateField(null=True)
    days = models.PositiveSmallIntegerField(null=True)
    due_at = models.DateTimeField(null=True)
    provisional = models.BooleanField(default=False)
    lapse_days = models.PositiveSmallIntegerField(null=True)
    lapses_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    outcome = models.SlugField(max_length=40, blank=True)

    objects = DutyQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id"],
                condition=models.Q(closed_at=None),
                name="one_open_duty_per_subject",
            ),
            models.CheckConstraint(
                condition=models.Q(office__isnull=False) | models.Q(person__isnull=False),
                name="duty_has_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["office", "due_at"], condition=models.Q(closed_at=None), name="duty_open_office"),
            models.Index(fields=["person", "due_at"], condition=models.Q(closed_at=None), name="duty_open_person"),
            models.Index(fields=["fallback_office"], condition=models.Q(closed_at=None), name="duty_open_fallback"),
            models.Index(fields=["closed_by", "-closed_at"], name="duty_done_by"),
            models.Index(fields=["due_at"], condition=models.Q(closed_at=None), name="duty_open_due"),
            models.Index(
                fields=["organisation", "ladder", "calendar", "opened_on", "due_at"],
                condition=models.Q(closed_at=None) & ~models.Q(ladder=""),
                name="duty_open_ladder",
            ),
            models.Index(
                fields=["lapses_at"],
                condition=models.Q(closed_at=None, lapses_at__isnull=False),
                name="duty_open_lapse",
            ),
        ]
        verbose_name_plural = "duties"

    def __str__(self) -> str:
        return f"{self.verb} {self.title}"


class Reminder(models.Model):
    """One rung of a ladder reached by one duty, for one person: its row is why a second sweep tells nothing twice.

    `notice` is the message that told it (the day's digest, or one of its own); None until the reader's working time.
    """

    duty = models.ForeignKey(Duty, on_delete=models.CASCADE, related_name="reminders")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    rung = models.SlugField(max_length=40)
    reached_on = models.DateField()
    notice = models.ForeignKey(Notice, null=True, on_delete=models.PROTECT, related_name="reminders")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["duty", "person", "rung", "reached_on"], name="reminded_once_a_rung")
        ]
        indexes = [models.Index(fields=["person"], condition=models.Q(notice=None), name="reminder_untold")]

    def __str__(self) -> str:
        return f"{self.duty_id} {self.rung} {self.person_id}"


class Nudge(models.Model):
    """催办: somebody asked that a duty be taken up, once a working day whoever asks. `nudged_on` is the working day it
    counts for. `via` is the office that passes it on to an executive, `passed_on_at` when it did."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    duty = models.ForeignKey(Duty, on_delete=models.CASCADE, related_name="nudges")
    nudged_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    nudged_at = models.DateTimeField()
    nudged_on = models.DateField()
    via = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    passed_on_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    passed_on_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["nudged_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["duty", "nudged_on"], name="nudged_once_a_working_day"),
            models.CheckConstraint(
                condition=models.Q(passed_on_at=None) | models.Q(via__isnull=False),
                name="passed_on_is_what_goes_through_an_office",
            ),
        ]

    def __str__(self) -> str:
        return self.duty.title

    def get_absolute_url(self) -> str:
        return reverse("nudge", args=[self.pk])
