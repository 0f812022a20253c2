"""The app `desk` of the house."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "governance.desk"
    label = "desk"
