"""HR settles what is open on existing groups: type, name, owner, and what becomes of those that were not approved."""

from collections.abc import Collection
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from governance.accounts.models import Organisation, User
from governance.audit.actions import record
from governance.directory.models import Office, Person
from governance.directory.names import fold
from governance.workflow import move, raise_wrong_state

from ..models import Designation, ExistingGroup, Group, GroupType
from ..permissions import check_can_take_over_groups, today_of
from .open_points import renew
from .taking_over import NameTaken, Offices, create_groups

State = ExistingGroup.State


@transaction.atomic
def state_type(existing: Collection[ExistingGroup], group_type: GroupType, *, by: User, now: datetime) -> int:
    """The type of one or many. Those without an open name enter the register; those that were not approved are asked
    for again, of the type's approver. Raises WrongState when none waits for it any more. Returns how many got it."""
    office = entering(existing, by)
    waiting = [one for one in existing if one.state in (State.LISTED, State.REFUSED)]
    if not waiting:
        raise_wrong_state(next(iter(existing)))
    offices = Offices(office, on=today_of(by))
    for one in waiting:
        one.group_type = group_type
        if one.state == State.LISTED:
            settled(one, offices, by=by, office=office, now=now)
        else:
            change_type(one, offices, by=by, office=office, now=now)
    renew(by.organisation, by=by, now=now)
    return len(waiting)


def entering(existing: Collection[ExistingGroup], by: User) -> Office:
    """The office that enters existing groups, held by the user; the rows locked and read again."""
    office = check_can_take_over_groups(by)
    Organisation.objects.select_for_update().get(pk=by.organisation_id)
    for one in existing:
        one.refresh_from_db(fields=["state", "name_open", "owner_open", "group_type"])
    return office


def settled(one: ExistingGroup, offices: Offices, *, by: User, office: Office, now: datetime) -> None:
    """Enter it in the register where type and name are settled; else keep what was stated. Raises ValidationError
    when the register has a group of that name."""
    if one.group_type is None or one.name_open:
        ExistingGroup.objects.filter(pk=one.pk).update(group_type=one.group_type)
        record("state_type", one, by=by, at=now, office=office, type=str(one.group_type))
        return
    try:
        (group,) = create_groups([one], offices)
    except NameTaken:
        raise ValidationError({"name": _("A group of the register bears this name already.")})
    changes = {"group": group, "group_type": one.group_type, "approving_office": one.approving_office}
    move(one, State.REGISTERED, by=by, at=now, office=office, changes=changes)
    list_name = one.imported.file_name
    record("take_over", group, by=by, at=now, office=office, became=group.state, list=list_name)
    if offices.first_state(one.group_type) == State.EXEMPTED:
        move(one, State.EXEMPTED, by=by, at=now, office=office)


def change_type(one: ExistingGroup, offices: Offices, *, by: User, office: Office, now: datetime) -> None:
    """Another type after a refusal: that type's offices have the group from now on."""
    facts = {
        "group_type": one.group_type,
        "version": offices.terms(one.group_type).version,
        "designating_office": offices.designating(one.group_type, one.company),
    }
    Group.objects.filter(pk=one.group_id).update(**facts)
    approver = offices.approving(one.group_type, one.company)
    changes = {"group_type": one.group_type, "approving_office": approver}
    move(one, State.REGISTERED, by=by, at=now, office=office, changes=changes, type=str(one.group_type))


@transaction.atomic
def rename(existing: ExistingGroup, name: str, *, by: User, now: datetime) -> None:
    """The name under which it enters the register, and which the group gets in WeChat."""
    office = entering([existing], by)
    if existing.state != State.LISTED or not existing.name_open:
        raise_wrong_state(existing)
    name = name.strip()
    if Group.objects.open().filter(organisation=existing.organisation_id, name_folded=fold(name)).exists():
        raise ValidationError({"name": _("A group of the register bears this name already.")})
    existing.name_open, existing.new_name = False, name
    ExistingGroup.objects.filter(pk=existing.pk).update(name_open=False, new_name=name)
    record("rename_existing", existing, by=by, at=now, office=office, name=name)
    if existing.group_type is not None:
        settled(existing, Offices(office, on=today_of(by)), by=by, office=office, now=now)
    renew(by.organisation, by=by, now=now)


@transaction.atomic
def leave_out(existing: ExistingGroup, *, by: User, now: datetime) -> None:
    """The same group stands in the register already: this row of the list is left out."""
    office = entering([existing], by)
    move(existing, State.LEFT_OUT, by=by, at=now, office=office)
    renew(by.organisation, by=by, now=now)


@transaction.atomic
def state_owner(existing: ExistingGroup, owner: Person | None, *, by: User, now: datetime) -> None:
    """Who owns the group in WeChat; None where nobody knows, which its admin can still say."""
    office = entering([existing], by)
    if not existing.owner_open:
        raise_wrong_state(existing)
    if owner is not None and not owner.is_present(on=today_of(by)):
        raise ValidationError({"owner": _("%(name)s does not work here any more.") % {"name": owner.name}})
    ExistingGroup.objects.filter(pk=existing.pk).update(owner=owner, owner_open=False)
    Group.objects.filter(pk=existing.group_id).update(owner=owner)
    record("state_owner", existing, by=by, at=now, office=office, person=owner.pk if owner else None)
    renew(by.organisation, by=by, now=now)


@transaction.atomic
def ask_again(existing: ExistingGroup, *, by: User, now: datetime, explanation: str) -> None:
    """Lay it before the same approver once more, saying what speaks for it."""
    office = entering([existing], by)
    if not explanation.strip():
        raise ValidationError({"opinion": _("Please say what speaks for the group.")})
    if existing.approving_office is None:
        raise_wrong_state(existing)
    move(existing, State.REGISTERED, by=by, at=now, office=office, opinion=explanation.strip())
    renew(by.organisation, by=by, now=now)


@transaction.atomic
def dissolve(existing: ExistingGroup, *, by: User, now: datetime, opinion: str = "") -> None:
    """It was not approved and is dissolved in WeChat: it leaves the register, its name is free again."""
    office = entering([existing], by)
    move(existing, State.DISSOLVED, by=by, at=now, office=office, opinion=opinion.strip())
    group = existing.group
    move(group, Group.State.DISSOLVED, by=by, at=now, office=office, opinion=opinion.strip())
    for proposed in group.designations.filter(state=Designation.State.PROPOSED):
        changes = {"answered_at": now, "reply": _("The group was dissolved.")}
        move(proposed, Designation.State.DECLINED, by=None, at=now, changes=changes)
    renew(by.organisation, by=by, now=now)
