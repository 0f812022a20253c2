"""People and teams."""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from governance.accounts.models import Organisation

from .company import Company, Department


class EmploymentKind(models.TextChoices):
    """用工类别."""

    REGULAR = "regular", _("regular")
    PROBATION = "probation", _("probation")
    INTERN = "intern", _("intern")
    DISPATCHED = "dispatched", _("dispatched")
    REHIRED = "rehired", _("rehired")
    CONTRACTED = "contracted", _("contracted")


class PersonQuerySet(models.QuerySet):
    def present(self, *, on: date) -> "PersonQuerySet":
        """Who has joined and not left: the day of leaving (`left_on`) is the last working day and still counts."""
        return self.filter(models.Q(joined_on=None) | models.Q(joined_on__lte=on)).filter(
            models.Q(left_on=None) | models.Q(left_on__gte=on)
        )

    def unmerged(self) -> "PersonQuerySet":
        """Without the pointers that merging leaves behind."""
        return self.filter(merged_into=None)

    def of_organisation(self, organisation_id: int) -> "PersonQuerySet":
        return self.filter(organisation_id=organisation_id)

    def for_display(self) -> "PersonQuerySet":
        """With department and company, as a person is always shown: name + department."""
        return self.select_related("department", "company")


class Person(models.Model):
    """Somebody HR knows. `sort_key` is the 拼音 of the name; `search` holds what a search finds: folded name, 拼音,
    initials, staff number, a line each.

    `merged_into`: this entry was a duplicate of that one. It stays as a pointer, so that old links and the operations
    log still lead to somebody; it has left, and everything that waited for it or named it has moved.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="people")
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="people")
    department = models.ForeignKey(Department, null=True, on_delete=models.PROTECT, related_name="people")
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="person"
    )
    number = models.CharField(_("staff number"), max_length=40)
    name = models.CharField(_("name"), max_length=50)
    employment_kind = models.CharField(max_length=20, choices=EmploymentKind.choices, default=EmploymentKind.REGULAR)
    post = models.CharField(_("post"), max_length=50, blank=True)
    function = models.CharField(_("function"), max_length=50, blank=True)  # 职能, such as 营销策划
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    wecom_id = models.CharField(_("WeCom id"), max_length=64, blank=True)
    joined_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)  # the last working day
    sort_key = models.CharField(max_length=200, blank=True)
    search = models.CharField(max_length=400, blank=True)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged")
    merged_at = models.DateTimeField(null=True, blank=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="person_number_once"),
            models.CheckConstraint(
                condition=models.Q(merged_into=None, merged_at=None)
                | models.Q(merged_into__isnull=False, merged_at__isnull=False, left_on__isnull=False),
                name="pointer_has_its_time_and_has_left",
            ),
            models.CheckConstraint(
                condition=models.Q(left_on=None)
                | models.Q(joined_on=None)
                | models.Q(left_on__gte=models.F("joined_on")),
                name="person_leaves_after_joining",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "sort_key", "id"], name="person_sorted"),
            models.Index(fields=["company", "department"], name="person_place"),
        ]

    def __str__(self) -> str:
        return self.name

    def is_present(self, *, on: date) -> bool:
        """Whether the person has joined and not left; the day of leaving still counts."""
        return (self.joined_on is None or self.joined_on <= on) and (self.left_on is None or self.left_on >= on)


class TwoPeople(models.Model):
    """Somebody of HR looked at two entries that seemed to be one person, and they are two."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    first = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="two_people_said_once"),
            models.CheckConstraint(condition=models.Q(first__lt=models.F("second")), name="two_people_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} ≠ {self.second_id}"


class Team(models.Model):
    """A named circle across departments (运营推动小组)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="teams")
    code = models.SlugField(max_length=40)
    name = models.CharField(max_length=100)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["organisation", "code"], name="team_code_once")]

    def __str__(self) -> str:
        return self.name


class TeamMember(models.Model):
    """Who belongs to a team."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="team_memberships")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["team", "person"], name="team_member_once")]

    def __str__(self) -> str:
        return f"{self.team} {self.person}"
