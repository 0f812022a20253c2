"""Who signs in, and in which organisation: the lowest ground of the house.

The organisation stands here and not in the directory because everything, down to the audit trail and the working
calendar, belongs to one, and foreign keys point only downwards (docs/decisions/0003-organisation-lowest.md).
"""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Organisation(models.Model):
    """A tenant (单位): two organisations in one database never see each other."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=100)
    short_name = models.CharField(max_length=50, blank=True)
    language = models.CharField(max_length=10, default="zh-hans")  # what new logins begin with
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager):
    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        """Make a user; without a password nobody can sign in as them."""
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """A login. Who the person behind it is, stands in the directory (`user.person`)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="users")
    username = models.CharField(_("user name"), max_length=60, unique=True)
    email = models.EmailField(_("e-mail"), blank=True, db_index=True)
    name = models.CharField(_("name"), max_length=50)
    language = models.CharField(_("language"), max_length=10, default="zh-hans")
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name


class SignIn(models.Model):
    """One signing in, or one try that failed. `place` is coarse and empty inside the company's own network; `agent` is
    what the browser said it is. Kept for half a year, shown to nobody but the user himself.
    """

    class Means(models.TextChoices):
        PASSWORD = "password", pgettext_lazy("sign-in", "password")
        LINK = "link", pgettext_lazy("sign-in", "one-time link")
        SET_UP = "set_up", pgettext_lazy("sign-in", "set-up")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sign_ins")
    at = models.DateTimeField()
    means = models.CharField(max_length=10, choices=Means.choices)
    succeeded = models.BooleanField()
    place = models.CharField(max_length=40, blank=True)
    agent = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["user", "-at", "-id"], name="sign_in_of_user"),
            models.Index(fields=["at"], name="sign_in_age"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.at:%Y-%m-%d %H:%M} {self.means}"
