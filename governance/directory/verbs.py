"""How the events about people, places, offices and logins read in a history."""

from django.utils.translation import pgettext_lazy

from governance.audit.verbs import register_verbs


def register_all() -> None:
    """Called once, when the app is ready."""
    register_people()
    register_places()
    register_imports()
    register_logins()


def register_people() -> None:
    register_verbs(
        {
            "add-person": pgettext_lazy("history", "{who} entered the person"),
            "change-person": pgettext_lazy("history", "{who} changed the person's data"),
            "join-team": pgettext_lazy("history", "{who} put the person into a team"),
            "merge-person": pgettext_lazy("history", "{who} merged a second entry ({person}) into this one"),
            "become-pointer": pgettext_lazy("history", "{who} merged this entry into that of {person}"),
            "say-two-people": pgettext_lazy("history", "{who} said that this and {person} are two people"),
        },
        subject="person",
    )
    register_verbs(
        {"add-external-contact": pgettext_lazy("history", "{who} entered an external contact")},
        subject="externalcontact",
    )


def register_places() -> None:
    register_verbs({"add-company": pgettext_lazy("history", "{who} entered the company")}, subject="company")
    register_verbs(
        {
            "add-department": pgettext_lazy("history", "{who} entered the department"),
            "move-department": pgettext_lazy("history", "{who} put the department elsewhere"),
            "add-alias": pgettext_lazy("history", "{who} added the other name “{name}”"),
            "remove-alias": pgettext_lazy("history", "{who} removed the other name “{name}”"),
        },
        subject="department",
    )
    register_verbs(
        {
            "add-office": pgettext_lazy("history", "{who} entered the office"),
            "change-office": pgettext_lazy("history", "{who} changed the office"),
            "begin-tenure": pgettext_lazy("history", "{who} recorded that {person} holds the office"),
            "end-tenure": pgettext_lazy("history", "{who} recorded that {person} no longer holds the office"),
        },
        subject="office",
    )


def register_imports() -> None:
    register_verbs(
        {
            "compare-people": pgettext_lazy("history", "{who} compared a list of people with the directory"),
            "import-people": pgettext_lazy("history", "{who} imported the list of people"),
            "reverse-people": pgettext_lazy(
                "history", "{who} reversed the import: {restored} restored, {removed} removed, {leaving} marked as left"
            ),
            "discard-people": pgettext_lazy("history", "{who} discarded the list of people"),
        },
        subject="peopleimport",
    )
    register_verbs(
        {
            "import-people": pgettext_lazy(
                "history", "People were imported: {added} new, {changed} changed, {left} leaving, {returned} returning"
            )
        },
        subject="company",
    )


def register_logins() -> None:
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
    register_verbs(
        {
            "name-delegate": pgettext_lazy("history", "{who} named {person} as a delegate"),
            "end-delegation": pgettext_lazy("history", "{who} ended the delegation to {person}"),
        },
        subject="office",
    )
    register_verbs({"give-login": pgettext_lazy("history", "The person has a login")}, subject="person")
    register_verbs(
        {
            "sign-out-devices": pgettext_lazy("history", "{who} signed out all other devices ({devices})"),
            "sign-out-person": pgettext_lazy("history", "{who} signed out all devices of {name} ({devices})"),
        },
        subject="user",
    )
