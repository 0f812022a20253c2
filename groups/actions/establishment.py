"""建群确认: the admin confirms that the group exists in WeChat as approved (Art. 5, 6)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from governance.accounts.models import User
from governance.directory.models import Person
from governance.duties.actions import close
from governance.workflow import move

from ..models import Establishment, Group
from ..permissions import check_can_establish, today_of
from ..queries.created_name import about_created_name, is_other_name
from ..queries.terms import Terms, terms_under
from .filing import file
from .naming import declare_name


@dataclass(frozen=True)
class Checklist:
    """What the admin confirms. `invitation_confirmation`: only the admin lets people in (Art. 6). `other_name`: the
    name as created is not the approved one, and he knows it."""

    name_as_created: str
    created_on: date
    invitation_confirmation: bool
    notice_posted: bool
    owner: Person | None
    member_count: int
    other_name: bool = False


@transaction.atomic
def establish(group: Group, checklist: Checklist, *, by: User, now: datetime) -> Establishment:
    """The group is in use from now on; where the type is filed, the filing office is next (Art. 4.5).

    Raises ValidationError by field while something on the checklist is not as it must be.
    """
    check_can_establish(by, group)
    terms = terms_under(group.version, group.group_type.code)
    if complaints := checklist_complaints(group, checklist, terms, on=today_of(by)):
        raise ValidationError(complaints)
    move(
        group,
        Group.State.ESTABLISHED,
        by=by,
        at=now,
        article=terms.type.article,
        changes={
            "established_on": checklist.created_on,
            "owner": checklist.owner,
            "member_count": checklist.member_count,
        },
    )
    establishment = Establishment.objects.create(
        organisation_id=group.organisation_id,
        group=group,
        name_as_created=checklist.name_as_created.strip(),
        created_on=checklist.created_on,
        invitation_confirmation=checklist.invitation_confirmation,
        notice_posted=checklist.notice_posted,
        owner=checklist.owner,
        confirmed_by=by,
        confirmed_at=now,
    )
    close(group, by=by, now=now, outcome="establish")
    if is_other_name(group, checklist.name_as_created):
        declare_name(group, terms, checklist.name_as_created.strip(), by=by, now=now)
    if terms.type.filing and "creation" in terms.type.filing.events:
        file(group, terms, event="creation", now=now)
    return establishment


def checklist_complaints(group: Group, checklist: Checklist, terms: Terms, *, on: date) -> dict[str, str]:
    """What is missing, by field of the checklist. Another name than the approved one must be possible at least."""
    complaints = {}
    if is_other_name(group, checklist.name_as_created):
        change = _("The approved name is “%(name)s”: please change the name in WeChat.") % {"name": group.name}
        if wrong := about_created_name(group, terms, checklist.name_as_created.strip()):
            complaints["name_as_created"] = " ".join([*wrong, change])
        elif not checklist.other_name:
            complaints["name_as_created"] = change
            complaints["other_name"] = _("Or tick here, and %(office)s decides on the other name.") % {
                "office": group.designating_office
            }
    if checklist.created_on > on:
        complaints["created_on"] = _("The day lies in the future.")
    if not checklist.invitation_confirmation:
        complaints["invitation_confirmation"] = _(
            "Switch invitation confirmation on first, so that nobody invites at will."
        )
    if not checklist.notice_posted:
        complaints["notice_posted"] = _("Post the group notice first.")
    return complaints
