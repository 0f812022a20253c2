"""The duties about existing groups: one for each step and office, however many groups wait there.

A hundred groups taken over on one day would else be a hundred lines on a desk and a hundred messages. What is open is
counted anew after each step; the duty opens with the first group and closes with the last.
"""

from collections.abc import Mapping
from datetime import date, datetime

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import override

from governance.accounts.models import Organisation, User
from governance.calendar.queries import working_time
from governance.directory.models import Company, Office
from governance.directory.queries import find_office
from governance.duties.actions import close, hand_over
from governance.duties.actions.handing_over import Clock
from governance.duties.ladders import NUDGING
from governance.duties.models import Duty
from governance.regulations.queries import newest_data
from governance.workflow import move

from ..models import ExistingGroup, Group, GroupType, OpenPoints
from ..queries.open_points import UNDECIDED, Gathered, gathered, of_organisation
from ..queries.terms import terms_in_force
from .taking_over import Offices

Step = OpenPoints.Step
DAYS = {Step.SETTLE: 10, Step.APPROVE: 10, Step.DESIGNATE: 10, Step.ACCEPT: 5}  # working days


PATHS = {Step.ENTER: reverse_lazy("amnesties")}


@transaction.atomic
def renew(organisation: Organisation, *, now: datetime, by: User | None = None) -> None:
    """Open, count or close the duties about existing groups: what is open stands with whom it waits for."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    on = working_time(organisation.pk).local_day(now)
    find_approvers(organisation, now=now, on=on)
    waiting = {found.place: found for found in gathered(organisation, on=on)}
    there = OpenPoints.objects.filter(organisation=organisation).select_related("organisation", "office", "person")
    points = {(one.step, one.office_id, one.person_id): one for one in there}
    kind = ContentType.objects.get_for_model(OpenPoints)
    waits = Duty.objects.open().filter(organisation=organisation, subject_type=kind)
    duties = {duty.subject_id: duty for duty in waits}
    named: dict[str, Office | None] = {}
    for place, found in waiting.items():
        subject = points.get(place) or OpenPoints.objects.create(
            organisation=organisation, step=found.step, office_id=found.office_id, person_id=found.person_id
        )
        duty = duties.pop(subject.pk, None)
        if duty is None or duty.facts.get("until") != found.facts.get("until"):
            named = named or offices_named(organisation)
            open_duty(subject, found, named, by=by, now=now)
        elif duty.facts != found.facts:
            Duty.objects.filter(pk=duty.pk).update(facts=found.facts)
    for subject in points.values():
        if subject.pk in duties:
            close(subject, by=by, now=now, outcome=subject.step)


def open_duty(
    subject: OpenPoints, found: Gathered, named: Mapping[str, Office | None], *, by: User | None, now: datetime
) -> None:
    """The first group of this step lies with the office or the person: they are told once."""
    with override(subject.organisation.language):
        hand_over(
            subject,
            f"existing-{found.step}",
            to=subject.person or subject.office,
            by=by,
            now=now,
            clock=clock_of(found, subject.organisation_id, named, now=now),
            fallback=named["interprets"],
            path=str(PATHS.get(found.step, "")) or f"{reverse('existing_groups_open')}?kind={found.step}",
            facts=found.facts,
        )


def clock_of(
    found: Gathered, organisation_id: int, named: Mapping[str, Office | None], *, now: datetime
) -> Clock:
    """So many working days; an amnesty ends on its own day, and its ladder reminds before it."""
    if found.step != Step.ENTER:
        return Clock(DAYS[found.step], ladder="existing", tells={NUDGING: named["nudges"]})
    working = working_time(organisation_id)
    days = working.working_days_between(working.local_day(now), date.fromisoformat(found.facts["until"]))
    return Clock(days, ladder="amnesty")


def offices_named(organisation: Organisation) -> dict[str, Office | None]:
    """Who reminds executives, and with whom what nobody can take up lies: as the newest regulations name them."""
    found, data = {}, newest_data(organisation.pk)
    for part in ("nudges", "interprets"):
        codes = (code for one in data if (code := (one.get(part) or {}).get("office")))
        found[part] = next((office for code in codes if (office := find_office(organisation.pk, code))), None)
    return found


def find_approvers(organisation: Organisation, *, now: datetime, on: date) -> None:
    """Who approves, and designates for, groups of types of which the regulation did not say so until now. A type that
    an instruction has closed meanwhile is nobody's to approve: HR settles what becomes of its groups."""
    undecided = of_organisation(organisation).filter(UNDECIDED)
    pairs = list(undecided.values_list("group_type", "company").distinct())
    types = GroupType.objects.select_related("regulation").in_bulk({pair[0] for pair in pairs})
    companies = Company.objects.in_bulk({pair[1] for pair in pairs})
    offices = Offices(None, on=on)
    for type_id, company_id in pairs:
        if terms_in_force(types[type_id], on=on) is None:
            continue
        waiting = undecided.filter(group_type=type_id, company=company_id)
        office = offices.approving(types[type_id], companies[company_id])
        if office is not None:
            designating = offices.designating(types[type_id], companies[company_id])
            Group.objects.filter(existing__in=waiting.values("pk")).update(designating_office=designating)
            waiting.update(approving_office=office)
        elif offices.terms(types[type_id]).type.state == "closed":
            refuse_closed(waiting, organisation, now=now)


def refuse_closed(groups: QuerySet[ExistingGroup], organisation: Organisation, *, now: datetime) -> None:
    with override(organisation.language):
        opinion = _("By instruction no groups of this type are set up.")
    for one in groups:
        move(one, ExistingGroup.State.REFUSED, by=None, at=now, opinion=opinion, changes={"opinion": opinion})
