"""The app `register` of the house."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "governance.register"
    label = "register"
