"""Who can sign in: many invitations at once, by mail and on paper. The links themselves are the directory's."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LoginsConfig(AppConfig):
    name = "governance.logins"
    label = "logins"

    def ready(self) -> None:
        from governance.directory import panels
        from governance.jobs import registry
        from governance.notifications import mails, wordings

        from . import job, mail
        from .actions.inviting import JOB
        from .duty_kinds import register_all
        from .panel import sign_in_panel

        registry.register(JOB, job.run, title=_("Inviting people"), link=job.link)
        wordings.register(mail.KIND, mail.WORDING)
        mails.register_link(mail.KIND, mail.link_for)
        panels.register(person=sign_in_panel)
        register_all()
