"""The app `duties` of the house."""

from django.apps import AppConfig


class DutiesConfig(AppConfig):
    name = "governance.duties"
    label = "duties"
