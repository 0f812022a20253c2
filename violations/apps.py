"""The app `violations` of the house."""

from django.apps import AppConfig


class ViolationsConfig(AppConfig):
    name = "violations"
