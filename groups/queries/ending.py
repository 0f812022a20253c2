"""How a group comes to nothing, and what a reader can do about it: what the pages read."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from governance.accounts.models import User
from governance.workflow import WrongState, refusal

from ..models import Group
from ..permissions import check_can_abandon, check_can_copy, check_can_revoke


@dataclass(frozen=True)
class EndingPage:
    """What is about to be done, what it brings about, the words of the button, common reasons."""

    title: str
    consequences: list[str]
    button: str
    phrases: list[str]


def revoking_page(group: Group) -> EndingPage:
    """Before an approval is revoked."""
    return EndingPage(
        title=_("Revoke the approval"),
        consequences=[
            _("Nobody designates, accepts or establishes any more; whoever has the group now is told."),
            _("If it was created in WeChat already, it has to be dissolved there."),
            _("The name is free again, and the submitter can ask for the group anew."),
        ],
        button=_("Revoke the approval"),
        phrases=[
            _("It is no longer needed."),
            _("Another group serves the purpose."),
            _("It was approved by mistake."),
        ],
    )


def abandoning_page(group: Group) -> EndingPage:
    """Before it is stated that a group was never established."""
    return EndingPage(
        title=_("Never established"),
        consequences=[
            _("The register keeps the group as never established; whoever has it now is told."),
            _("The name is free again, and the submitter can ask for the group anew in one tap."),
        ],
        button=_("Record as never established"),
        phrases=[_("Nobody created it in time."), _("It is no longer needed.")],
    )


@dataclass(frozen=True)
class Endings:
    """Which ways out the reader has: revoke, state that it was never established, ask for it anew."""

    revokes: bool = False
    abandons: bool = False
    asks_anew: bool = False

    @property
    def any(self) -> bool:
        return self.revokes or self.abandons or self.asks_anew


def endings_of(group: Group, user: User) -> Endings:
    """What the reader can do about a group that is not established; nothing once it is."""
    if group.state == Group.State.APPROVED:
        return Endings(may(check_can_revoke, user, group), may(check_can_abandon, user, group))
    if group.has_ended and group.creation_request is not None:
        return Endings(asks_anew=may(check_can_copy, user, group.creation_request))
    return Endings()


def may(check: object, user: User, subject: object) -> bool:
    """Whether the check lets the reader."""
    try:
        return not refusal(check, user, subject)
    except WrongState:
        return False
