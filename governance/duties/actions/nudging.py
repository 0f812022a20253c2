"""催办: reminding whoever has a duty, at most once a working day; executives through the office that reminds them."""

from datetime import datetime

from django.db import transaction

from governance.accounts.models import User
from governance.audit.actions import record
from governance.calendar.queries import working_time
from governance.directory.models import Office
from governance.notifications.actions import notify
from governance.workflow import raise_wrong_state

from ..models import Duty, Nudge
from ..permissions import check_can_pass_on
from ..queries import people_having
from .handing_over import Clock, close, hand_over

PASSING_ON = Clock(days=1, ladder="passing_on")


@transaction.atomic
def nudge(duty: Duty, *, by: User, now: datetime, via: Office | None = None) -> Nudge | None:
    """Remind whoever has the duty; through the office `via` where an executive has it. None when the duty was nudged
    for this working day already, by whomever. Whoever calls this has checked that `by` may. WrongState when it is done.
    """
    # Whoever takes the step moves its subject first: either he comes before this nudge, or his `close()` sees it.
    subject = duty.subject
    list(type(subject)._base_manager.select_for_update().filter(pk=subject.pk).values_list("pk", flat=True))
    if not list(Duty.objects.open().select_for_update(of=("self",)).filter(pk=duty.pk).values_list("pk", flat=True)):
        raise_wrong_state(subject)
    working = working_time(duty.organisation_id, duty.calendar_id)
    made, is_new = Nudge.objects.get_or_create(
        duty=duty,
        nudged_on=working.working_day_after(working.local_day(now), 0),
        defaults={"organisation_id": duty.organisation_id, "nudged_by": by, "nudged_at": now, "via": via},
    )
    if not is_new:
        return None
    record("nudge", duty.subject, by=by, at=now, step=duty.verb, via=str(via or ""))
    if via is None:
        notify(
            people_having(duty, now=now),
            "nudged",
            made,
            now=now,
            key=f"nudge:{made.pk}",
            path=duty.path,
            by=by.name,
            title=duty.title,
            due=duty.due_at.isoformat() if duty.due_at else "",
        )
        return made
    hand_over(
        made,
        "pass_on",
        to=via,
        now=now,
        clock=PASSING_ON,
        calendar_id=duty.calendar_id,
        fallback=duty.fallback_office,
        facts={"by": by.name, "who": ", ".join(person.name for person in people_having(duty, now=now))},
    )
    return made


@transaction.atomic
def pass_on(nudge: Nudge, *, by: User, now: datetime) -> None:
    """The office has told the executive, in WeChat or by word; who asked for it hears so. WrongState when somebody was
    quicker, or when the matter is done."""
    waits = Duty.objects.open().of_subject(nudge).exists()
    if not waits or not Nudge.objects.filter(pk=nudge.pk, passed_on_at=None).update(passed_on_by=by, passed_on_at=now):
        raise_wrong_state(nudge.duty.subject)
    office = check_can_pass_on(by, nudge)
    close(nudge, by=by, now=now, outcome="pass_on")
    record("pass_nudge_on", nudge.duty.subject, by=by, at=now, office=office, step=nudge.duty.verb)
    asker = getattr(nudge.nudged_by, "person", None)
    notify(
        [asker] if asker else [],
        "nudge-passed-on",
        nudge,
        now=now,
        key=f"nudge-passed-on:{nudge.pk}",
        path=nudge.duty.path,
        title=nudge.duty.title,
        office=str(office),
    )
