"""The app `worktime` of the house."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorktimeConfig(AppConfig):
    name = "governance.worktime"
    label = "worktime"

    def ready(self) -> None:
        from governance.audit.verbs import register_verbs

        register_verbs(
            {
                "add-calendar": _("{who} added this calendar"),
                "enter-year": _(
                    "{who} entered {year}: days off {off}, make-up days {worked}; open due dates moved: {moved}"
                ),
                "change-hours": _("{who} changed the working hours: {hours}; open due dates moved: {moved}"),
            },
            subject="workcalendar",
        )
        register_verbs({"use-calendar": _("{who} gave {company} the calendar “{calendar}”")}, subject="company")
