"""The app `members` of the house."""

from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "members"
