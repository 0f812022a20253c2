"""Passing a staff step on to a colleague (转办): the office's authority stays, another person does the work."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from governance.accounts.models import User
from governance.audit.actions import record
from governance.directory.models import Office, Person
from governance.notifications.actions import notify
from governance.workflow import raise_wrong_state

from ..models import Duty
from ..permissions import check_can_pass, today_of
from ..queries import colleagues_for


@transaction.atomic
def pass_on(duty: Duty, person: Person, *, reason: str, by: User, now: datetime) -> None:
    """The colleague has the step now, with the reason; due as before. Two at once: one wins, the other WrongState."""
    office = check_can_pass(by, duty)
    if not reason.strip():
        raise ValidationError({"reason": _("Please say why, so that your colleague knows what to do.")})
    if not colleagues_for(duty, by, on=today_of(by)).filter(pk=person.pk).exists():
        raise ValidationError(
            {"person": _("%(name)s is no colleague who can take this step up.") % {"name": person.name}}
        )
    give(duty, person, reason=reason.strip(), by=by, office=office, now=now)
    notify(
        [person],
        "duty-passed",
        duty,
        now=now,
        key=f"duty-passed:{duty.pk}:{now.isoformat()}",
        path=duty.path,
        by=by.name,
        title=duty.title,
        reason=reason.strip(),
    )


def give(duty: Duty, person: Person, *, reason: str, by: User, office: Office | None, now: datetime) -> Duty:
    """Write it on the duty by compare-and-swap, and into the history of what it is about. Tells nobody."""
    facts = duty.facts | {"passed_by": by.name, "passed_reason": reason}
    unchanged = Duty.objects.open().filter(pk=duty.pk, person=duty.person_id)
    if not unchanged.update(person=person, facts=facts):
        raise_wrong_state(duty.subject)
    record("pass_on", duty.subject, by=by, at=now, office=office or "", note=reason, person=person.pk, step=duty.verb)
    duty.person, duty.facts = person, facts
    return duty
