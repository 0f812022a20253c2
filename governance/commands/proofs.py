"""Facts that are kept twice for speed, proved against where they come from (`check_data`).

Which duty waits in which state is written here by hand, never derived from the actions under proof.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone

from governance.audit.models import Event
from governance.calendar.queries import working_time
from governance.commands.states import models_with_states
from governance.directory.models import Invitation, Office
from governance.duties.models import Duty, Nudge
from governance.regulations.models import OpenQuestion
from groups.models import (
    Amnesty,
    ApprovalStep,
    CreatedName,
    CreationRequest,
    Designation,
    ExistingGroup,
    Filing,
    Group,
    Inquiry,
    OpenPoints,
    RecordedDecision,
)
from members.models import OrderList, RosterOrder


@dataclass(frozen=True)
class Waiting:
    """What should be open on a subject; `office_id` and `person_id` are proved where they are given."""

    subject: models.Model
    verb: str
    office_id: int | None = None
    person_id: int | None = None


def waiting_requests() -> Iterator[Waiting]:
    """Submitted: the office of the waiting step approves. Sent back or lapsed: the submitting side has it again."""
    steps = ApprovalStep.objects.filter(
        creation_request=models.OuterRef("pk"),
        round=models.OuterRef("round"),
        position=models.OuterRef("step"),
        outcome=ApprovalStep.State.WAITING,
    )
    State = CreationRequest.State
    submitted = CreationRequest.objects.filter(state=State.SUBMITTED)
    for request in submitted.annotate(waiting_office=models.Subquery(steps.values("office")[:1])).iterator():
        yield Waiting(request, "approve", office_id=request.waiting_office)
    for request in CreationRequest.objects.filter(state=State.SENT_BACK).iterator():
        yield Waiting(request, "amend")
    for request in CreationRequest.objects.filter(state=State.LAPSED).iterator():
        yield Waiting(request, "resubmit")


def waiting_groups() -> Iterator[Waiting]:
    """Not yet established: without a designation in force the office designates, with an accepted one the admin
    establishes; in between the designation itself waits. What is open on existing groups waits gathered."""
    standing = Designation.objects.filter(group=models.OuterRef("pk"), state__in=Designation.IN_FORCE)
    groups = Group.objects.filter(state=Group.State.APPROVED)
    for group in groups.annotate(designation_state=models.Subquery(standing.values("state")[:1])).iterator():
        if group.designation_state is None:
            yield Waiting(group, "designate", office_id=group.designating_office_id)
        elif group.designation_state == Designation.State.ACCEPTED:
            yield Waiting(group, "establish", person_id=group.admin_id)


def waiting_designations() -> Iterator[Waiting]:
    proposed = Designation.objects.filter(state=Designation.State.PROPOSED, group__existing=None)
    for designation in proposed.iterator():
        yield Waiting(designation, "accept", person_id=designation.person_id)


def waiting_filings() -> Iterator[Waiting]:
    for filing in Filing.objects.exclude(state=Filing.State.ACKNOWLEDGED).iterator():
        if filing.state == Filing.State.FILED:
            yield Waiting(filing, "acknowledge", office_id=filing.office_id)
        else:
            yield Waiting(filing, "complete")


def waiting_inquiries() -> Iterator[Waiting]:
    """Who was asked for an opinion and has not answered, until it is decided."""
    for inquiry in Inquiry.objects.filter(state=Inquiry.State.ASKED).iterator():
        yield Waiting(inquiry, "give_opinion", person_id=inquiry.person_id)


def waiting_nudges() -> Iterator[Waiting]:
    """A nudge on its way to an executive waits for the office that passes it on, until the matter itself is done."""
    for nudge in Nudge.objects.filter(via__isnull=False, passed_on_at=None, duty__closed_at=None).iterator():
        yield Waiting(nudge, "pass_on", office_id=nudge.via_id)


def waiting_contests() -> Iterator[Waiting]:
    """A contested recorded decision that did not bring its request back waits for the office that recorded it."""
    contested = RecordedDecision.objects.filter(state=RecordedDecision.State.CONTESTED, reopened=False)
    for recorded in contested.iterator():
        yield Waiting(recorded, "settle_contest", office_id=recorded.office_id)


def waiting_names() -> Iterator[Waiting]:
    """Another name waits for the designating office; objected to, for the admin, or the office where there is none."""
    names = CreatedName.objects.filter(state__in=CreatedName.OPEN).select_related("group")
    for created in names.iterator():
        if created.state == CreatedName.State.DECLARED:
            yield Waiting(created, "judge_name", office_id=created.group.designating_office_id)
        else:
            yield Waiting(created, "rename_group")


def waiting_questions() -> Iterator[Waiting]:
    """An open question waits for the office it is asked of; one that is asked of nobody stands on the set-up page."""
    for question in OpenQuestion.objects.filter(state=OpenQuestion.State.OPEN, asked_of__isnull=False).iterator():
        yield Waiting(question, "instruct", office_id=question.asked_of_id)


def waiting_open_points() -> Iterator[Waiting]:
    """Existing groups: whatever is open on one of them waits, gathered, with the office or person that settles it."""
    places = set()
    State = ExistingGroup.State
    for one in ExistingGroup.objects.exclude(state__in=[State.LEFT_OUT, State.DISSOLVED]).select_related(
        "imported", "group__admin"
    ):
        on = working_time(one.organisation_id).local_day(timezone.now())
        admin = one.group.admin if one.group else None
        if one.state in (State.LISTED, State.REFUSED) or one.owner_open:
            places.add(("settle", one.imported.office_id, None))
        if one.state == State.REGISTERED and one.approving_office_id:
            places.add(("approve", one.approving_office_id, None))
        standing = Designation.objects.filter(group=one.group, state__in=Designation.IN_FORCE).first()
        if one.group and one.state != State.REFUSED and standing is None and not (admin and admin.is_present(on=on)):
            places.add(("designate", one.group.designating_office_id, None))
        if standing is not None and standing.state == Designation.State.PROPOSED:
            places.add(("accept", None, standing.person_id))
    for amnesty in Amnesty.objects.filter(complete_at=None):
        on = working_time(amnesty.organisation_id).local_day(timezone.now())
        hr = Office.objects.filter(organisation=amnesty.organisation, code="hr_admin").first()
        if amnesty.until >= on and hr is not None:
            places.add(("enter", hr.pk, None))
    for points in OpenPoints.objects.iterator():
        if (points.step, points.office_id, points.person_id) in places:
            yield Waiting(points, f"existing-{points.step}", points.office_id, points.person_id)


def waiting_invitations() -> Iterator[Waiting]:
    """Another password for a guarded login waits for a second person's consent."""
    for invitation in Invitation.objects.filter(state=Invitation.State.AWAITING).iterator():
        yield Waiting(invitation, "consent_reset")


def waiting_rosters() -> Iterator[Waiting]:
    """A list with open orders waits; whoever is the admin gets it within a minute, so the holder is not proved."""
    waiting = RosterOrder.objects.open().filter(group=models.OuterRef("group"))
    lists = OrderList.objects.filter(models.Exists(waiting)).select_related("group")
    for orders in lists.iterator():
        yield Waiting(orders, "change_roster")


WAITING: dict[type[models.Model], Callable[[], Iterator[Waiting]]] = {
    CreationRequest: waiting_requests,
    Group: waiting_groups,
    Designation: waiting_designations,
    Filing: waiting_filings,
    CreatedName: waiting_names,
    Inquiry: waiting_inquiries,
    Nudge: waiting_nudges,
    RecordedDecision: waiting_contests,
    OpenQuestion: waiting_questions,
    OpenPoints: waiting_open_points,
    Invitation: waiting_invitations,
    OrderList: waiting_rosters,
}


def contradictions() -> Iterator[str]:
    """A sentence for everything that does not agree; nothing when all does."""
    for model, waiting in WAITING.items():
        yield from duty_contradictions(model, waiting())
    yield from duties_of_unknown_kinds()
    for model in models_with_states():
        yield from state_contradictions(model)
    yield from admin_contradictions()


def duty_contradictions(model: type[models.Model], waiting: Iterator[Waiting]) -> Iterator[str]:
    """Open duties on one model against what should wait."""
    of_model = Duty.objects.open().filter(subject_type=ContentType.objects.get_for_model(model))
    duties = {duty.subject_id: duty for duty in of_model.iterator()}
    for expected in waiting:
        name = f"{model.__name__} {expected.subject.pk}"
        duty = duties.pop(expected.subject.pk, None)
        if duty is None:
            yield f"{name} waits for “{expected.verb}”, but no duty is open"
            continue
        if duty.verb != expected.verb:
            yield f"{name} waits for “{expected.verb}”, but its open duty is “{duty.verb}”"
        if expected.office_id and duty.office_id != expected.office_id:
            yield f"{name} waits for office {expected.office_id}, but its duty lies with {duty.office_id}"
        if expected.person_id and duty.person_id != expected.person_id:
            yield f"{name} waits for person {expected.person_id}, but its duty lies with {duty.person_id}"
        if duty.organisation_id != expected.subject.organisation_id:
            yield f"{name} and its duty {duty.pk} belong to different organisations"
    for subject_id, duty in duties.items():
        yield f"{model.__name__} {subject_id} waits for nothing, but duty {duty.pk} “{duty.verb}” is open"


def duties_of_unknown_kinds() -> Iterator[str]:
    known = ContentType.objects.get_for_models(*WAITING).values()
    for duty in Duty.objects.open().exclude(subject_type__in=known).select_related("subject_type"):
        yield f"duty {duty.pk} is open on a {duty.subject_type.model}, of which nothing is known to wait"


def state_contradictions(model: type[models.Model]) -> Iterator[str]:
    """The state of a row against the last event that changed it; rows without events are not judged."""
    events = Event.objects.filter(
        subject_type=ContentType.objects.get_for_model(model), subject_id=models.OuterRef("pk")
    ).exclude(became="")
    last = models.Subquery(events.order_by("-pk").values("became")[:1])
    rows = model._base_manager.annotate(last_became=last).exclude(last_became=models.F("state"))
    for pk, state, became in rows.exclude(last_became=None).values_list("pk", "state", "last_became").iterator():
        yield f"{model.__name__} {pk} is “{state}”, but its last event made it “{became}”"


def admin_contradictions() -> Iterator[str]:
    """Who accepted the designation is the group's admin."""
    accepted = Designation.objects.filter(state=Designation.State.ACCEPTED).select_related("group")
    for designation in accepted.exclude(person=models.F("group__admin")):
        admin = designation.group.admin_id or "nobody"
        yield f"Group {designation.group_id} has admin {admin}, but {designation.person_id} accepted"
