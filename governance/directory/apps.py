"""The app `directory` of the house."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "governance.directory"
    label = "directory"
