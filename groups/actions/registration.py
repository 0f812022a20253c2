"""From the approval on a group exists, not yet established; its designating office is next (Art. 5)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError
from django.urls import reverse
from django.utils.translation import gettext as _

from governance.accounts.models import User
from governance.audit.actions import record
from governance.directory.names import search_keys, sort_key
from governance.duties.actions import hand_over
from governance.notifications.actions import Telling
from governance.workflow import NotAllowed, move

from ..models import CreationRequest, Group
from ..queries.terms import Terms


def open_group(
    creation_request: CreationRequest, terms: Terms, *, by: User, now: datetime, besides: Sequence[Telling] = ()
) -> Group:
    """Enter the approved group in the register and ask the designating office for its admin; `besides` is what others
    are told of it.

    Raises NotAllowed when a group of the same name came into being meanwhile; the decision is then not written.
    """
    office = terms.office(terms.type.designation.office, creation_request.company)
    asked_for = {
        "company": creation_request.company,
        "department": creation_request.department,
        "version": creation_request.version,
        "project": creation_request.project,
        "name": creation_request.name,
        "name_folded": creation_request.name_folded,
        "sort_key": sort_key(creation_request.name),
        "search": search_keys(creation_request.name),
        "purpose": creation_request.purpose,
        "ends_on": creation_request.ends_on,
        "approved_at": now,
        "designating_office": office,
    }
    try:
        group = enter(creation_request, asked_for, article=terms.type.article or "", by=by, now=now)
    except IntegrityError:
        raise NotAllowed(_("A group of this name was created meanwhile: send the request back with another name."))
    hand_over(
        group,
        "designate",
        to=office,
        now=now,
        first=True,
        clock=terms.clock("designation", designated_by=office),
        article=terms.type.designation.article or "",
        calendar_id=group.company.calendar_id,
        fallback=terms.interpreting_office,
        path=reverse("designation_new", args=[group.pk]),
        facts={"number": creation_request.number, "default_post": terms.type.designation.default_post or ""},
        besides=besides,
    )
    return group


def enter(
    creation_request: CreationRequest, asked_for: dict[str, object], *, article: str, by: User | None, now: datetime
) -> Group:
    """A new entry; where an approval was taken back by its approver and is given after all, the old entry once more."""
    if creation_request.was_reopened and (group := Group.objects.filter(creation_request=creation_request).first()):
        again = {"ended_at": None, "end_reason": "", "admin": None}
        move(group, Group.State.APPROVED, by=by, at=now, article=article, changes=asked_for | again)
        return group
    group = Group.objects.create(
        organisation_id=creation_request.organisation_id,
        creation_request=creation_request,
        group_type=creation_request.group_type,
        **asked_for,
    )
    record("register", group, by=by, at=now, became=group.state, article=article)
    return group
