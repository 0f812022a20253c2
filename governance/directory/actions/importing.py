"""An import of people from upload to confirmation: everything or nothing, and only what was shown."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.accounts.models import Organisation, User
from governance.audit.actions import record
from governance.files.actions import remove, store
from governance.files.kinds import TABLES, Kind
from governance.files.rules import CheckedFile
from governance.jobs import actions as jobs
from governance.workflow import move, raise_wrong_state

from ..importing.listing import listing_of
from ..importing.plan import Plan, make_plan
from ..importing.tables import is_light
from ..models import Company, PeopleImport
from ..permissions import check_can_import_people
from .carrying_out import carry_out

State = PeopleImport.State
JOB = "people-import"


def do_nothing() -> None:
    pass


class PlanChanged(Exception):
    """The directory changed since the comparison was shown: the plan is another now."""


@transaction.atomic
def start(table: CheckedFile, *, complete: Company | None = None, by: User, now: datetime) -> PeopleImport:
    """Keep the file and compare it with the directory: at once, or as a job when it is big. Raises FileRefused."""
    check_can_import_people(by)
    stored = store(table, organisation=by.organisation, by=by, now=now, allowed=TABLES)
    people_import = PeopleImport.objects.create(
        organisation=by.organisation,
        file=stored,
        complete=complete,
        started_by=by,
        started_at=now,
        effective_on=timezone.localdate(now),
    )
    if is_light(table):
        compare(people_import, by=by, now=now)
    else:
        hand_to_job(people_import, "compare", by=by, now=now)
    return people_import


def hand_to_job(people_import: PeopleImport, step: str, *, by: User, now: datetime, **arguments: Any) -> None:
    arguments |= {"import": people_import.pk, "step": step}
    people_import.job = jobs.start(JOB, by=by, now=now, arguments=arguments)
    people_import.complaint = ""
    people_import.save(update_fields=["job", "complaint"])


def stored_table(people_import: PeopleImport) -> CheckedFile:
    """The uploaded file again; it was checked when it came in."""
    stored = people_import.file
    kind = next(kind for kind in Kind if kind.content_type == stored.content_type)
    return CheckedFile(stored.name, kind, stored.content.open("rb"))


def plan_of(people_import: PeopleImport, *, now: datetime) -> Plan:
    """The plan as of this moment."""
    table = stored_table(people_import)
    try:
        return make_plan(table, people_import.organisation, on=timezone.localdate(now), complete=people_import.complete)
    finally:
        table.content.close()


@transaction.atomic
def compare(
    people_import: PeopleImport, *, by: User | None, now: datetime, hold: Callable[[], None] = do_nothing
) -> Plan:
    """Compare the file with the directory as it is now, and keep what the preview shows.

    `hold` is called last: it raises, and so undoes everything, when a job has gone to another worker.
    """
    plan = plan_of(people_import, now=now)
    people_import.digest = plan.digest()
    people_import.counts = plan.counts
    people_import.listing = listing_of(plan)
    people_import.effective_on = plan.on
    people_import.complaint = ""
    people_import.save(update_fields=["digest", "counts", "listing", "effective_on", "complaint"])
    if people_import.state == State.UPLOADED:
        move(people_import, State.COMPARED, by=by, at=now)
    hold()
    return plan


def compare_again(people_import: PeopleImport, *, by: User, now: datetime) -> None:
    """The same file against the directory of today; a big one as a job."""
    check_can_import_people(by)
    if people_import.state not in (State.UPLOADED, State.COMPARED) or people_import.is_under_way:
        raise_wrong_state(people_import)
    if is_light_import(people_import):
        compare(people_import, by=by, now=now)
    else:
        hand_to_job(people_import, "compare", by=by, now=now)


def is_light_import(people_import: PeopleImport) -> bool:
    table = stored_table(people_import)
    with table.content:
        return is_light(table)


def check_confirmation(people_import: PeopleImport, *, leaving: int | None) -> None:
    """What was shown is without faults, and many leavers were counted by the person."""
    if people_import.state != State.COMPARED:
        raise_wrong_state(people_import)
    if people_import.is_under_way:
        raise ValidationError(_("The import is under way already."))
    if people_import.counts["errors"]:
        raise ValidationError(_("Nothing is imported while rows are faulty. Mend the file and upload it again."))
    if people_import.listing["needs_count"] and leaving != people_import.counts["left"]:
        raise ValidationError(_("More than 5 % are leaving: type how many, as the page says, to confirm."))


def confirm(people_import: PeopleImport, *, digest: str, leaving: int | None = None, by: User, now: datetime) -> None:
    """Carry out the plan that was shown. Raises PlanChanged when the directory changed since, WrongState when a
    colleague was quicker, ValidationError when something is missing; nothing is written then.
    """
    check_can_import_people(by)
    check_confirmation(people_import, leaving=leaving)
    if is_light_import(people_import):
        apply(people_import, digest=digest, by=by, now=now)
    else:
        hand_to_job(people_import, "confirm", by=by, now=now, digest=digest)


@transaction.atomic
def apply(
    people_import: PeopleImport, *, digest: str, by: User, now: datetime, hold: Callable[[], None] = do_nothing
) -> None:
    """Compute the plan once more, and write it if it is still the one with that digest."""
    office = check_can_import_people(by)
    Organisation.objects.select_for_update().get(pk=people_import.organisation_id)
    plan = plan_of(people_import, now=now)
    if plan.digest() != digest or not plan.is_faultless:
        raise PlanChanged
    carry_out(plan, people_import.organisation, now=now, people_import=people_import)
    changes = {"confirmed_by": by, "confirmed_at": now, "listing": {}}
    move(people_import, State.CONFIRMED, by=by, at=now, office=office, changes=changes, **plan.counts)
    hold()


@transaction.atomic
def discard(people_import: PeopleImport, *, by: User, now: datetime) -> None:
    """Nothing is imported; the file and what was shown of it are removed."""
    office = check_can_import_people(by)
    stored = people_import.file
    changes = {"file": None, "listing": {}}
    move(people_import, State.DISCARDED, by=by, at=now, office=office, changes=changes)
    if stored is not None:
        remove(stored, now=now)


@transaction.atomic
def import_plan(plan: Plan, organisation: Organisation, *, now: datetime) -> None:
    """What the command line does: carry out a plan just made, logged on the organisation's companies concerned."""
    carry_out(plan, organisation, now=now)
    if not plan.writes_nothing:
        for company in plan.places.companies[:1]:
            record("import-people", plan.complete or company, by=None, at=now, **plan.counts)
