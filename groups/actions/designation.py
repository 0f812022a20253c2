"""指定管理员: designate, accept, decline (Art. 5)."""

from collections.abc import Collection
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from governance.accounts.models import User
from governance.audit.actions import record
from governance.directory.models import Office, Person
from governance.duties.actions import close, hand_over
from governance.duties.models import Duty
from governance.workflow import move, raise_wrong_state

from ..models import Designation, Group
from ..permissions import check_can_answer_designation, check_can_designate, today_of
from ..queries.designation import default_holders, waits_for_admin, was_there_before
from ..queries.terms import Terms, terms_under
from .open_points import renew

State = Designation.State


def hold(group: Group) -> None:
    """Whoever ends a group that was asked for meanwhile waits; WrongState when somebody has ended it."""
    if not was_there_before(group) and not list(Group.objects.held(group).values_list("pk", flat=True)):
        raise_wrong_state(group)


@transaction.atomic
def designate(group: Group, person: Person, *, by: User, now: datetime, reason: str = "") -> Designation:
    """The designating office names the admin, who has then to accept.

    Where the type proposes a post, another choice needs a reason (“in principle”). Two at once: one wins.
    """
    designation, terms = propose(group, person, by=by, now=now, reason=reason)
    if was_there_before(group):
        renew(group.organisation, by=by, now=now)
        return designation
    close(group, by=by, now=now, outcome="designate")
    hand_over(
        designation,
        "accept",
        to=person,
        now=now,
        clock=terms.clock("acceptance", designated_by=designation.office),
        calendar_id=group.company.calendar_id,
        facts={"group": group.name, "office": str(designation.office)},
    )
    return designation


@transaction.atomic
def designate_many(choices: Collection[tuple[Group, Person]], *, by: User, now: datetime, reason: str = "") -> None:
    """Name the admins of several existing groups, each an event of its own; everything or nothing."""
    for group, person in choices:
        propose(group, person, by=by, now=now, reason=reason)
    renew(by.organisation, by=by, now=now)


def propose(
    group: Group, person: Person, *, by: User, now: datetime, reason: str
) -> tuple[Designation, Terms]:
    """The designation as a row and an event, with the terms it was made under."""
    office, on = check_can_designate(by, group), today_of(by)
    hold(group)
    if not waits_for_admin(group, on=on):
        raise_wrong_state(group)
    terms = terms_under(group.version, group.group_type.code)
    rule = terms.type.designation
    proposed = default_holders(group, terms, on=on)
    is_default = any(holder.pk == person.pk for holder in proposed)
    if not person.is_present(on=on) or person.organisation_id != group.organisation_id:
        raise ValidationError({"person": _("%(name)s does not work here any more.") % {"name": person.name}})
    if rule and rule.default_post and not is_default and not reason.strip():
        raise ValidationError(
            {"reason": _("In principle the holder of the proposed post is the admin: please say why not.")}
        )
    try:
        with transaction.atomic():
            designation = Designation.objects.create(
                organisation_id=group.organisation_id,
                group=group,
                person=person,
                office=office,
                is_default=is_default,
                reason=reason.strip(),
                designated_by=by,
                designated_for=office.absent,
                designated_at=now,
            )
    except IntegrityError:
        raise_wrong_state(group)
    record(
        "designate",
        group,
        by=by,
        at=now,
        office=office,
        note=reason.strip(),
        article=(rule.article if rule else "") or "",
        was=group.state,
        became=group.state,
        person=person.pk,
    )
    return designation, terms


@transaction.atomic
def accept(designation: Designation, *, by: User, now: datetime) -> None:
    """The designated person becomes the admin; establishing the group in WeChat is next, unless it was there before."""
    group = take_up(designation, by=by, now=now)
    if was_there_before(group):
        return renew(group.organisation, by=by, now=now)
    terms = terms_under(group.version, group.group_type.code)
    close(designation, by=by, now=now, outcome="accept")
    hand_over(
        group,
        "establish",
        to=designation.person,
        now=now,
        clock=terms.clock("establishment", designated_by=designation.office),
        calendar_id=group.company.calendar_id,
        path=reverse("establishment", args=[group.pk]),
        facts={"number": group.creation_request.number},
    )


@transaction.atomic
def accept_many(designations: Collection[Designation], *, by: User, now: datetime) -> None:
    """Accept the designations for several existing groups, each an event of its own; everything or nothing."""
    for designation in designations:
        take_up(designation, by=by, now=now)
    renew(by.organisation, by=by, now=now)


def take_up(designation: Designation, *, by: User, now: datetime) -> Group:
    """The answer as a state and an event; the person is the group's admin from now on."""
    check_can_answer_designation(by, designation)
    hold(designation.group)
    move(designation, State.ACCEPTED, by=by, at=now, changes={"answered_at": now})
    Group.objects.filter(pk=designation.group_id).update(admin=designation.person)
    designation.group.admin = designation.person
    return designation.group


@transaction.atomic
def decline(designation: Designation, *, by: User, now: datetime, reply: str) -> None:
    """The designated person declines with a reason; the designating office chooses again."""
    check_can_answer_designation(by, designation)
    if not reply.strip():
        raise ValidationError({"reply": _("Please say why you decline.")})
    group = designation.group
    hold(group)
    terms = terms_under(group.version, group.group_type.code)
    move(
        designation,
        State.DECLINED,
        by=by,
        at=now,
        opinion=reply.strip(),
        changes={"answered_at": now, "reply": reply.strip()},
    )
    if was_there_before(group):
        return renew(group.organisation, by=by, now=now)
    close(designation, by=by, now=now, outcome="decline")
    hand_over(
        group,
        "designate",
        to=designation.office,
        now=now,
        clock=terms.clock("designation", designated_by=designation.office),
        article=terms.type.designation.article or "",
        calendar_id=group.company.calendar_id,
        fallback=terms.interpreting_office,
        path=reverse("designation_new", args=[group.pk]),
        facts={"declined_by": designation.person.name, "reply": reply.strip(), "number": group.creation_request.number},
    )


@transaction.atomic
def replace(
    designation: Designation, successor: Person, *, by: User, office: Office, now: datetime, reason: str
) -> Duty:
    """Who was designated, or has accepted and not yet established the group, hands it to a successor, who is asked to
    accept (Art. 5). The successor hears of it by whoever calls, together with what else he takes over."""
    group = designation.group
    move(designation, State.REPLACED, by=by, office=office, at=now, opinion=reason, person=successor.pk)
    Group.objects.filter(pk=group.pk, admin=designation.person).update(admin=None)
    terms = terms_under(group.version, group.group_type.code)
    made = Designation.objects.create(
        organisation_id=group.organisation_id,
        group=group,
        person=successor,
        office=designation.office,
        reason=reason,
        designated_by=by,
        designated_for=office.absent,
        designated_at=now,
    )
    close(designation, by=by, now=now, outcome="replace")
    close(group, by=by, now=now, outcome="replace")
    return hand_over(
        made,
        "accept",
        to=successor,
        now=now,
        clock=terms.clock("acceptance", designated_by=designation.office),
        calendar_id=group.company.calendar_id,
        facts={"group": group.name, "office": str(designation.office)},
        quietly=True,
    )
