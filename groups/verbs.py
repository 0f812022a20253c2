"""How the events of `groups` read in a history."""

from django.utils.translation import gettext_lazy, pgettext_lazy

from governance.audit.verbs import register_verbs


def register_all() -> None:
    """Called once, when the app is ready."""
    register_verbs(
        {
            "draft": pgettext_lazy("history", "{who} drafted the request"),
            "edit": pgettext_lazy("history", "{who} changed the request"),
            "submit": pgettext_lazy("history", "{who} submitted the request"),
            "approve_step": pgettext_lazy("history", "{who} agreed; the next office has it"),
            "approve": pgettext_lazy("history", "{who} approved the request"),
            "send_back": pgettext_lazy("history", "{who} sent the request back"),
            "refuse": pgettext_lazy("history", "{who} refused the request"),
            "withdraw": pgettext_lazy("history", "{who} withdrew the request"),
            "reopen": pgettext_lazy("history", "What was recorded was contested: the request waits again"),
            "lapse": pgettext_lazy("history", "Nobody decided for {days} working days: the request lapsed"),
        },
        subject="creationrequest",
    )
    register_verbs(
        {
            "consent": pgettext_lazy("history", "{who} consented to {person} joining"),
            "decline_consent": pgettext_lazy("history", "{who} did not consent to {person} joining"),
        },
        subject="consent",
    )
    register_verbs(
        {
            "comment": pgettext_lazy("history", "{who} commented"),
            "remove_comment": pgettext_lazy("history", "{who} removed a comment"),
        },
        subject="comment",
    )
    register_verbs(
        {
            "record_decision": pgettext_lazy("history", "{who} recorded what {person} had decided"),
            "contest": pgettext_lazy("history", "{who} contested what was recorded"),
            "settle_contest": pgettext_lazy("history", "{who} put the contested record right"),
        },
        subject="recordeddecision",
    )
    register_verbs(
        {
            "ask_opinion": pgettext_lazy("history", "{who} asked {person} for an opinion"),
            "give_opinion": pgettext_lazy("history", "{who} gave an opinion"),
            "have_no_view": pgettext_lazy("history", "{who} has no view"),
            "close_inquiry": pgettext_lazy("history", "The opinion of {person} was no longer waited for"),
        },
        subject="inquiry",
    )
    register_verbs(
        {
            "reinstate": pgettext_lazy("history", "The group stands in the register again"),
            "register": pgettext_lazy("history", "The group was entered in the register"),
            "designate": pgettext_lazy("history", "{who} designated {person} as the group admin"),
            "establish": pgettext_lazy("history", "{who} confirmed that the group was created"),
            "revoke": pgettext_lazy("history", "{who} revoked the approval before the group was established"),
            "abandon": pgettext_lazy("history", "{who} recorded that the group was never established"),
            "take_over": pgettext_lazy("history", "{who} took the group over from the list “{list}”"),
            "dissolve": pgettext_lazy("history", "{who} entered that the group was dissolved"),
        },
        subject="group",
    )
    register_verbs(
        {
            "import-groups": pgettext_lazy("history", "{who} took {count} existing groups over"),
            "discard-groups": pgettext_lazy("history", "{who} discarded a list of existing groups"),
        },
        subject="groupsimport",
    )
    register_verbs(
        {
            "set_amnesty": pgettext_lazy("history", "{who} set the last day for bringing groups in: {until}"),
            "complete_existing": pgettext_lazy("history", "{who} said that all groups are entered"),
        },
        subject="company",
    )
    register_verbs(
        {
            "register_existing": pgettext_lazy("history", "{who} completed the group; it stands in the register"),
            "leave_out": pgettext_lazy("history", "{who} left the row of the list out"),
            "approve_existing": pgettext_lazy("history", "{who} approved the existing group afterwards"),
            "refuse_existing": pgettext_lazy("history", "{who} did not approve the existing group"),
            "exempt_existing": pgettext_lazy("history", "The regulation asks for no approval of the existing group"),
            "ask_again": pgettext_lazy("history", "{who} laid the existing group before the approver again"),
            "dissolve_existing": pgettext_lazy("history", "{who} ended the matter: the group is dissolved"),
            "state_type": pgettext_lazy("history", "{who} stated its type: {type}"),
            "rename_existing": pgettext_lazy("history", "{who} gave it the name “{name}”"),
            "state_owner": pgettext_lazy("history", "{who} stated the group owner: {person}"),
        },
        subject="existinggroup",
    )
    register_verbs(
        {
            "accept": pgettext_lazy("history", "{who} accepted the designation"),
            "decline": pgettext_lazy("history", "{who} declined the designation"),
            "drop": pgettext_lazy("history", "The designation is no longer asked for"),
            "replace": pgettext_lazy("history", "{who} handed it over to {person}"),
        },
        subject="designation",
    )
    register_verbs(
        {
            "declare_name": pgettext_lazy("history", "{who} declared that the group is called “{name}” in WeChat"),
            "accept_name": pgettext_lazy("history", "{who} accepted the name “{name}”"),
            "object_to_name": pgettext_lazy("history", "{who} asked for the group to be renamed in WeChat"),
            "rename": pgettext_lazy("history", "{who} renamed the group “{name}” in WeChat"),
        },
        subject="createdname",
    )
    register_verbs(
        {
            "file": pgettext_lazy("history", "The group was filed"),
            "acknowledge": pgettext_lazy("history", "{who} acknowledged the filing as {number_given}"),
            "ask_completion": pgettext_lazy("history", "{who} asked to complete the filing"),
            "complete": pgettext_lazy("history", "{who} completed the filing"),
        },
        subject="filing",
    )
    register_verbs(
        {
            "circulate": gettext_lazy("{who} circulated this to {people}"),
            "nudge": pgettext_lazy("history", "{who} sent a reminder"),
            "pass_nudge_on": pgettext_lazy("history", "{who} passed the reminder on"),
            "sent_in_wechat": gettext_lazy("{who} sent a reminder in WeChat"),
        }
    )
