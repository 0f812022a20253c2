"""Offices (posts and bodies that hold authority) and who holds them."""

from datetime import date

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from governance.accounts.models import Organisation

from .company import Company, Department
from .person import Person


class Office(models.Model):
    """A post (职务: president) or a body (部门: President's Office), of the whole organisation or of one company.

    `code` is the name by which a regulation knows it. `executive`: it is nudged only through the President's Office.
    `oversees`: it sees every group of its scope (the regulation's interpreting and supervising offices).
    """

    class Kind(models.TextChoices):
        POST = "post", _("post")
        BODY = "body", _("body")

    recorded_for: Person | None = None  # whose decision is being recorded by somebody else (代录)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="offices")
    company = models.ForeignKey(Company, null=True, blank=True, on_delete=models.PROTECT, related_name="offices")
    department = models.ForeignKey(Department, null=True, blank=True, on_delete=models.PROTECT, related_name="offices")
    code = models.SlugField(max_length=40)
    name = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100, blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    executive = models.BooleanField(default=False)
    oversees = models.BooleanField(default=False)

    absent: Person | None = None  # set by `offices_held`: the absent holder for whom the user acts as a delegate

    class Meta:
        ordering = ["company", "code"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "code", "company"], name="office_once"),
            models.UniqueConstraint(  # SQLite cannot treat two missing companies as equal
                fields=["organisation", "code"], condition=models.Q(company=None), name="organisation_office_once"
            ),
        ]

    def __str__(self) -> str:
        """The office as it is called in the reader's language, with its company where it has one.

        Reads `company`: fetch it with the office (`select_related("company")`) wherever offices are listed.
        """
        name = self.name_en if self.name_en and not (get_language() or "zh").startswith("zh") else self.name
        return f"{self.company} {name}" if self.company_id else name

    @property
    def official_name(self) -> str:
        """The Chinese name, as the operations log keeps it."""
        return f"{self.company.short_name or self.company.name}{self.name}" if self.company_id else self.name


def in_force(on: date, who: str = "") -> models.Q:
    """The condition: the tenure, or the one under that name, has begun and not ended, and its person has not left."""
    return (
        (models.Q(**{f"{who}starts_on": None}) | models.Q(**{f"{who}starts_on__lte": on}))
        & (models.Q(**{f"{who}ends_on": None}) | models.Q(**{f"{who}ends_on__gte": on}))
        & (models.Q(**{f"{who}person__left_on": None}) | models.Q(**{f"{who}person__left_on__gte": on}))
    )


class TenureQuerySet(models.QuerySet):
    def running(self, *, on: date) -> "TenureQuerySet":
        """Tenures in force on that day of people who have not left: whoever can act for the office.

        A delegate's counts while the tenure he stands for does, and that one must be a holder's own (one hop).
        """
        represented = in_force(on, "stands_for__") & models.Q(stands_for__stands_for=None, withdrawn_at=None)
        return self.filter(in_force(on)).filter(models.Q(stands_for=None) | represented)

    def own(self) -> "TenureQuerySet":
        """Of holders and acting holders, not of delegates."""
        return self.filter(stands_for=None)

    def meeting(self, starts_on: date | None, ends_on: date | None) -> "TenureQuerySet":
        """Those that have a day in common with the period (both days included; None: without end)."""
        found = self.exclude(ends_on__lt=starts_on) if starts_on is not None else self
        return found.exclude(starts_on__gt=ends_on) if ends_on is not None else found


class Tenure(models.Model):
    """任职: a person holds an office from a day to a day (both included); `acting` is 代行职务.

    A delegate's (流程代理) `stands_for` the tenure of the absent holder and has both days; `withdrawn_at` is when it
    was ended before its last day.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="tenures")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="tenures")
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    acting = models.BooleanField(default=False)
    stands_for = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="delegates")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = TenureQuerySet.as_manager()

    class Meta:
        ordering = ["office", "acting", "starts_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "person"],
                condition=models.Q(ends_on=None),
                name="one_open_tenure_per_person",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on=None)
                | models.Q(starts_on=None)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="tenure_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=models.Q(stands_for=None, withdrawn_at=None)
                | models.Q(stands_for__isnull=False, starts_on__isnull=False, ends_on__isnull=False, acting=False),
                name="delegate_has_first_and_last_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.office}"
