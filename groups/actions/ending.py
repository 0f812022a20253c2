"""A group that never comes into being: its approval is revoked, or it was never established."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from governance.accounts.models import User
from governance.directory.models import Office, Person
from governance.directory.queries import holders_of, person_of
from governance.duties.actions import close
from governance.duties.models import Duty
from governance.notifications.actions import notify
from governance.workflow import move, raise_wrong_state

from ..models import Designation, Group
from ..permissions import approving_office, check_can_abandon, check_can_revoke
from ..queries.terms import terms_under, today

State = Group.State


@transaction.atomic
def revoke(group: Group, *, by: User, now: datetime, reason: str) -> None:
    """The approving office, or one the regulation names, takes the approval back before the group is established."""
    office = check_can_revoke(by, group)
    end(group, State.REVOKED, by=by, now=now, office=office, reason=reason_required(reason))


@transaction.atomic
def abandon(group: Group, *, by: User, now: datetime, reason: str) -> None:
    """HR states that the group was never established, once a step of it is overdue."""
    office = check_can_abandon(by, group)
    end(group, State.ABANDONED, by=by, now=now, office=office, reason=reason_required(reason))


@transaction.atomic
def abandon_overdue(group: Group, *, now: datetime, job: str) -> None:
    """The clock of the establishment is over; WrongState when it was established meanwhile or still has time."""
    over = Duty.objects.open().of_subject(group).filter(lapses_at__lte=now, verb="establish")
    days = over.values_list("lapse_days", flat=True).first()
    if days is None:
        raise_wrong_state(group)
    end(group, State.ABANDONED, by=None, now=now, reason="", job=job, days=days)


def reason_required(reason: str) -> str:
    if not reason.strip():
        raise ValidationError({"opinion": _("Please say why, so that everybody concerned knows.")})
    return reason.strip()


def end(
    group: Group,
    target: str,
    *,
    by: User | None,
    now: datetime,
    reason: str,
    office: Office | None = None,
    **facts: object,
) -> None:
    """What waited about the group waits no more, its name is free, and everybody concerned is told."""
    terms = terms_under(group.version, group.group_type.code)
    move(
        group,
        target,
        by=by,
        at=now,
        office=office or "",
        opinion=reason,
        article=terms.type.article or "",
        changes={"ended_at": now, "end_reason": reason},
        **facts,
    )
    told = concerned(group, on=today(group.organisation_id, now))
    for designation in group.designations.filter(state=Designation.State.PROPOSED).select_related("person"):
        told.append(designation.person)
        move(designation, Designation.State.DROPPED, by=by, at=now)
        close(designation, by=None, now=now, outcome="superseded")
    close(group, by=None, now=now, outcome="superseded")
    actor = person_of(by) if by else None
    notify(
        [person for person in told if person != actor],
        f"group-{target}",
        group,
        now=now,
        key=f"group-{target}:{group.pk}",
        title=group.name,
        number=group.creation_request.number,
    )


def concerned(group: Group, *, on: date) -> list[Person]:
    """Who asked for the group, its admin, who designates and who approved."""
    offices = [group.designating_office, approving_office(group)]
    holders = [person for office in offices if office is not None for person in holders_of(office, on=on)]
    return [person for person in (group.creation_request.submitter, group.admin, *holders) if person is not None]
