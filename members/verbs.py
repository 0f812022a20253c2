"""How the events of `members` read in a history."""

from django.utils.translation import pgettext_lazy

from governance.audit.verbs import register_verbs


def register_all() -> None:
    """Called once, when the app is ready."""
    declared = pgettext_lazy("history", "{who} declared who is in the group (people: {count})")
    register_verbs({"declare_roster": declared}, subject="group")
    register_verbs(
        {
            "carry_out_order": pgettext_lazy("history", "{who} carried out a roster order"),
            "cancel_order": pgettext_lazy("history", "The roster order was no longer needed"),
        },
        subject="rosterorder",
    )
