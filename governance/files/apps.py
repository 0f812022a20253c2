"""The app `files` of the house."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "governance.files"
    label = "files"
