"""A group created under another name: whether the name is possible, and what its page reads."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from governance.accounts.models import User
from governance.directory.names import fold
from governance.notifications.ready_text import ready_text
from governance.workflow import refusal

from ..models import CreatedName, CreationRequest, Group
from ..permissions import check_can_judge_name, check_can_rename
from .creation import about_name_alone, clash_sentence
from .history import Line, timeline
from .terms import Terms
from .waiting import Waiting, open_duty, waiting_of

State = CreatedName.State
TONES = {State.DECLARED: "next", State.OBJECTED: "soon", State.ACCEPTED: "ok", State.RENAMED: "ok"}


def is_other_name(group: Group, name: str) -> bool:
    """Whether the name differs from the approved one by more than case, width or blanks."""
    return fold(name) != fold(group.name)


def about_created_name(group: Group, terms: Terms, name: str) -> list[str]:
    """Why the group cannot be called so: the naming rules, or another group, request or declared name has it."""
    found = about_name_alone(terms, name)
    same = {"organisation_id": group.organisation_id, "name_folded": fold(name)}
    clash = (
        Group.objects.open().filter(**same).exclude(pk=group.pk).first()
        or CreationRequest.objects.filter(**same, state=CreationRequest.State.SUBMITTED).first()
    )
    declared = CreatedName.objects.filter(**same, state=State.DECLARED).exclude(group=group)
    if clash is None and (other := declared.select_related("group").first()):
        clash = other.group
    return found + ([clash_sentence(clash)] if clash else [])


def names_visible_to(user: User, *, on: date) -> models.QuerySet[CreatedName]:
    """Those of the groups one may see, with everything their page says."""
    groups = Group.objects.visible_to(user, on=on).order_by().values("pk")
    found = CreatedName.objects.filter(organisation_id=user.organisation_id, group__in=groups)
    return found.select_related(
        "group__designating_office__company",
        "group__group_type__regulation",
        "group__version__regulation",
        "group__company",
        "group__admin__department",
    )


@dataclass(frozen=True)
class NamePage:
    """`judges`: the reader's office decides; `renames`: the reader changes it in WeChat. `text`: ready text for the
    admin."""

    tone: str
    waiting: Waiting | None
    timeline: list[Line]
    judges: bool
    renames: bool
    text: str


def name_page(created: CreatedName, user: User, *, now: datetime) -> NamePage:
    """The page for this reader."""
    return NamePage(
        tone=TONES[created.state],
        waiting=waiting_of(open_duty(created), now=now),
        timeline=timeline([created]),
        judges=created.state == State.DECLARED and not refusal(check_can_judge_name, user, created),
        renames=created.state == State.OBJECTED and not refusal(check_can_rename, user, created),
        text=ready_text(RENAME, path=created.get_absolute_url(), title=created.approved_name),
    )


RENAME = _("Please change the group's name in WeChat to “%(title)s”, then say so in the portal.")
