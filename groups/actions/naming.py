"""A group created under another name: declared by the admin, accepted or objected to by the designating office."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from governance.accounts.models import User
from governance.audit.actions import record
from governance.directory.names import fold, search_keys, sort_key
from governance.duties.actions import close, hand_over
from governance.notifications.actions import notify
from governance.workflow import NotAllowed, move

from ..models import CreatedName, Establishment, Group
from ..permissions import check_can_judge_name, check_can_rename
from ..queries.terms import Terms, terms_under
from .filing import file

State = CreatedName.State


def declare_name(group: Group, terms: Terms, name: str, *, by: User, now: datetime) -> CreatedName:
    """The group is in use under another name than the approved one: the designating office decides on it. Until then
    the register shows both. Raises NotAllowed when somebody declared the same name a moment ago."""
    try:
        with transaction.atomic():
            created = CreatedName.objects.create(
                organisation_id=group.organisation_id,
                group=group,
                approved_name=group.name,
                name=name,
                name_folded=fold(name),
                declared_at=now,
            )
    except IntegrityError:
        raise NotAllowed(_("Another group was declared under this name a moment ago."))
    record("declare_name", created, by=by, at=now, became=created.state, article=terms.type.article or "", name=name)
    office = group.designating_office
    hand_over(
        created,
        "judge_name",
        to=office,
        now=now,
        clock=terms.clock("designation", designated_by=office),
        article=terms.type.article or "",
        calendar_id=group.company.calendar_id,
        fallback=terms.interpreting_office,
        facts={"name": name},
    )
    return created


@transaction.atomic
def accept_name(created: CreatedName, *, by: User, now: datetime) -> None:
    """The group is called as it was created, from now on; filed where the regulation asks for it."""
    office = check_can_judge_name(by, created)
    group = created.group
    move(created, State.ACCEPTED, by=by, at=now, office=office, changes={"settled_at": now}, name=created.name)
    name = created.name
    try:
        with transaction.atomic():
            Group.objects.filter(pk=group.pk).update(
                name=name, name_folded=fold(name), sort_key=sort_key(name), search=search_keys(name)
            )
    except IntegrityError:
        raise NotAllowed(_("Another group has this name by now: ask for the group to be renamed."))
    group.name = name
    close(created, by=by, now=now, outcome="accept_name")
    notify(
        [group.admin] if group.admin else [],
        "name-accepted",
        created,
        now=now,
        key=f"name-accepted:{created.pk}",
        path=group.get_absolute_url(),
        title=created.approved_name,
        name=name,
    )
    terms = terms_under(group.version, group.group_type.code)
    if terms.type.filing and "renamed" in terms.type.filing.events:
        file(group, terms, event="renamed", now=now)


@transaction.atomic
def object_to_name(created: CreatedName, *, by: User, now: datetime, remark: str = "") -> None:
    """The admin changes the name in WeChat to the approved one."""
    office = check_can_judge_name(by, created)
    group = created.group
    terms = terms_under(group.version, group.group_type.code)
    move(
        created,
        State.OBJECTED,
        by=by,
        at=now,
        office=office,
        opinion=remark.strip(),
        changes={"remark": remark.strip()},
        name=created.name,
    )
    hand_over(
        created,
        "rename_group",
        to=group.admin or office,
        by=by,
        now=now,
        outcome="object_to_name",
        clock=terms.clock("acceptance", designated_by=office),
        calendar_id=group.company.calendar_id,
        facts={"name": created.name, "remark": remark.strip()},
    )


@transaction.atomic
def rename(created: CreatedName, *, by: User, now: datetime) -> None:
    """The admin says that the group is called as approved in WeChat, too."""
    check_can_rename(by, created)
    move(created, State.RENAMED, by=by, at=now, changes={"settled_at": now}, name=created.approved_name)
    Establishment.objects.filter(group=created.group).update(name_as_created=created.approved_name)
    close(created, by=by, now=now, outcome="rename")
