"""The app `groups` of the house."""

from django.apps import AppConfig


class GroupsConfig(AppConfig):
    name = "groups"
