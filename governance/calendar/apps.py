"""The app `calendar` of the house."""

from django.apps import AppConfig


class CalendarConfig(AppConfig):
    name = "governance.calendar"
    label = "calendar"
