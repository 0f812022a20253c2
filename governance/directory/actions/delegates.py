"""流程代理人: somebody decides for an absent holder from a day to a day (DESIGN.md, Approval)."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from governance.accounts.models import User
from governance.audit.actions.recording import record

from ..models import Office, Person, Tenure
from ..permissions import check_can_end_delegation, check_can_name_delegate, today_of


@transaction.atomic
def name_delegate(
    person: Person,
    delegate: Person,
    *,
    starts_on: date,
    ends_on: date,
    office: Office | None = None,
    by: User,
    now: datetime,
) -> list[Tenure]:
    """The delegate acts for the person from a day to a day (both included): for one office, or for every office that
    the person holds then and the delegate does not hold himself. One hop: what the person holds as somebody else's
    delegate is not passed on. Raises ValidationError by field.
    """
    acted_for = check_can_name_delegate(by, person)
    Person.objects.select_for_update().get(pk=person.pk)
    check_period(starts_on, ends_on, on=today_of(by))
    check_delegate(person, delegate, by=by, starts_on=starts_on)
    tenures = tenures_to_stand_for(person, delegate, office, starts_on=starts_on, ends_on=ends_on)
    check_nobody_stands_already(tenures, starts_on=starts_on, ends_on=ends_on)
    return [begin(tenure, delegate, starts_on, ends_on, by=by, acted_for=acted_for, now=now) for tenure in tenures]


def check_period(starts_on: date, ends_on: date, *, on: date) -> None:
    if ends_on < starts_on:
        raise ValidationError({"ends_on": _("The last day lies before the first.")})
    if starts_on < on:
        raise ValidationError({"starts_on": _("The first day lies in the past.")})


def check_delegate(person: Person, delegate: Person, *, by: User, starts_on: date) -> None:
    """Another colleague who is there on the first day and can sign in; whoever records it does not name himself."""
    said = {"name": delegate.name}
    if delegate.organisation_id != person.organisation_id:
        raise ValidationError({"delegate": _("The person belongs to another organisation.")})
    if delegate == person:
        raise ValidationError({"delegate": _("Nobody is his own delegate: please name a colleague.")})
    if by.pk == delegate.user_id:
        raise ValidationError({"delegate": _("Nobody makes himself a delegate: ask a colleague to record it.")})
    if not delegate.is_present(on=starts_on):
        raise ValidationError({"delegate": _("%(name)s does not work here on the first day.") % said})
    if delegate.user_id is None:
        raise ValidationError({"delegate": _("%(name)s has no login yet and could not decide anything.") % said})


def tenures_to_stand_for(
    person: Person, delegate: Person, office: Office | None, *, starts_on: date, ends_on: date
) -> list[Tenure]:
    """What the person holds himself in that time; an office that the delegate holds too needs no delegate."""
    tenures = Tenure.objects.own().meeting(starts_on, ends_on).filter(person=person).select_related("office__company")
    if office is not None:
        tenures = tenures.filter(office=office)
    holds_too = set(
        Tenure.objects.own().meeting(starts_on, ends_on).filter(person=delegate).values_list("office_id", flat=True)
    )
    found = list(tenures.order_by("office", "pk"))
    if not found:
        raise ValidationError({"office": _("%(name)s holds no office in that time.") % {"name": person.name}})
    needed = [tenure for tenure in found if tenure.office_id not in holds_too]
    if not needed:
        raise ValidationError(
            {"delegate": _("%(name)s holds the office himself and decides anyway.") % {"name": delegate.name}}
        )
    return needed


def check_nobody_stands_already(tenures: list[Tenure], *, starts_on: date, ends_on: date) -> None:
    """One delegate at a time for each tenure."""
    standing = Tenure.objects.filter(stands_for__in=tenures, withdrawn_at=None).meeting(starts_on, ends_on)
    other = standing.select_related("person", "office__company").order_by("starts_on").first()
    if other is not None:
        raise ValidationError(
            {
                "starts_on": _(
                    "%(name)s is the delegate for %(office)s from %(start)s to %(end)s already: end that first, "
                    "or choose other days."
                )
                % {
                    "name": other.person.name,
                    "office": other.office,
                    "start": other.starts_on.isoformat(),
                    "end": other.ends_on.isoformat(),
                }
            }
        )


def begin(
    tenure: Tenure,
    delegate: Person,
    starts_on: date,
    ends_on: date,
    *,
    by: User,
    acted_for: Office | None,
    now: datetime,
) -> Tenure:
    """Write it down; the change feed hears nothing, for nobody belongs to a group as a delegate."""
    delegation = Tenure.objects.create(
        organisation_id=tenure.organisation_id,
        office=tenure.office,
        person=delegate,
        starts_on=starts_on,
        ends_on=ends_on,
        stands_for=tenure,
    )
    record(
        "name-delegate",
        tenure.office,
        by=by,
        at=now,
        office=acted_for or "",
        person=delegate.pk,
        holder=tenure.person_id,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    return delegation


@transaction.atomic
def end_delegation(delegation: Tenure, *, by: User, now: datetime) -> bool:
    """It ends this minute, before its last day. Returns False where it was ended already."""
    acted_for = check_can_end_delegation(by, delegation)
    standing = Tenure.objects.filter(pk=delegation.pk, withdrawn_at=None, ends_on__gte=today_of(by))
    if not standing.update(withdrawn_at=now):
        return False
    delegation.withdrawn_at = now
    record(
        "end-delegation",
        delegation.office,
        by=by,
        at=now,
        office=acted_for or "",
        person=delegation.person_id,
        holder=delegation.stands_for.person_id,
    )
    return True
