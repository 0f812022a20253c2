"""The app `commands` of the house."""

from django.apps import AppConfig


class CommandsConfig(AppConfig):
    name = "governance.commands"
    label = "commands"
