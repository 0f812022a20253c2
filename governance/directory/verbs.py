"""How the events about logins read in a history."""

from django.utils.translation import pgettext_lazy

from governance.audit.verbs import register_verbs


def register_all() -> None:
    """Called once, when the app is ready."""
    register_verbs(
        {
            "invite": pgettext_lazy("history", "{who} invited {name} to sign in"),
            "reset-password": pgettext_lazy("history", "{who} made a link by which {name} sets another password"),
            "consent-reset": pgettext_lazy("history", "{who} consented to another password"),
            "refuse-reset": pgettext_lazy("history", "{who} refused another password"),
            "replace-invitation": pgettext_lazy("history", "{who} replaced the link by a newer one"),
            "revoke-invitation": pgettext_lazy("history", "{who} took the link back"),
            "accept-invitation": pgettext_lazy("history", "{who} set a password through the link"),
        },
        subject="invitation",
    )
    register_verbs({"give-login": pgettext_lazy("history", "The person has a login")}, subject="person")
    register_verbs(
        {
            "sign-out-devices": pgettext_lazy("history", "{who} signed out all other devices ({devices})"),
            "sign-out-person": pgettext_lazy("history", "{who} signed out all devices of {name} ({devices})"),
        },
        subject="user",
    )
