"""The app `regulations` of the house."""

from django.apps import AppConfig


class RegulationsConfig(AppConfig):
    name = "governance.regulations"
    label = "regulations"
