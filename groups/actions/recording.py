"""代录: the office that the regulation names records a decision given by word or in writing; he may contest it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from governance.accounts.models import User
from governance.audit.actions import record
from governance.calendar.queries import working_time
from governance.directory.models import Person
from governance.directory.queries import holders_of
from governance.duties.actions import close, hand_over
from governance.files.actions import attach, store
from governance.files.rules import CheckedFile
from governance.notifications.actions import notify
from governance.workflow import move

from ..models import ApprovalStep, Consent, CreationRequest, Group, RecordedDecision
from ..permissions import (
    check_can_contest,
    check_can_record,
    check_can_settle,
    today_of,
    waiting_step,
)
from ..queries.creation import taken_by
from ..queries.terms import terms_under, today
from . import creation
from .ending import end
from .inquiries import close_inquiries

Outcome = ApprovalStep.State
State = RecordedDecision.State
OUTCOMES = (Outcome.APPROVED, Outcome.SENT_BACK, Outcome.REFUSED)


@dataclass(frozen=True)
class Instruction:
    """What the approver said: to what effect, how and when, with the scan of the paper or of the note of the call."""

    approver: Person
    outcome: str
    manner: str
    given_on: date
    scans: Sequence[CheckedFile]
    opinion: str = ""
    consents: Collection[int] = ()


@transaction.atomic
def record_decision(
    creation_request: CreationRequest, instruction: Instruction, *, by: User, now: datetime
) -> RecordedDecision:
    """Take the decision for the approver, marked so everywhere; he is told at once and may contest it.

    Raises ValidationError by field where the instruction cannot be: not this office's holder, a day that cannot be, no
    scan, no reason for sending back or refusing.
    """
    recording_office = check_can_record(by, creation_request)
    step = waiting_step(creation_request)
    refuse_what_cannot_be(creation_request, step, instruction, on=today_of(by))
    terms = terms_under(creation_request.version, creation_request.group_type.code)
    office = step.office
    office.recorded_for = instruction.approver
    said = {"by": by, "now": now, "opinion": instruction.opinion, "office": office}
    if instruction.outcome == Outcome.APPROVED:
        creation.approve(creation_request, consents=instruction.consents, **said)
    elif instruction.outcome == Outcome.SENT_BACK:
        creation.send_back(creation_request, **said)
    else:
        creation.refuse(creation_request, **said)
    working = working_time(creation_request.organisation_id, creation_request.company.calendar_id)
    recorded = RecordedDecision.objects.create(
        organisation_id=creation_request.organisation_id,
        creation_request=creation_request,
        step=step,
        outcome=instruction.outcome,
        opinion=instruction.opinion,
        approver=instruction.approver,
        manner=instruction.manner,
        given_on=instruction.given_on,
        office=recording_office,
        recorded_by=by,
        recorded_at=now,
        contestable_until=working.due(now, terms.contest_days).at,
    )
    for scan in instruction.scans:
        attach(store(scan, organisation=creation_request.organisation, by=by, now=now), recorded, "scan")
    record(
        "record_decision",
        recorded,
        by=by,
        at=now,
        office=recording_office,
        became=recorded.state,
        person=instruction.approver.pk,
        given_on=instruction.given_on.isoformat(),
        manner=instruction.manner,
    )
    tell(recorded, [instruction.approver], "decision-recorded", now=now, until=recorded.contestable_until.isoformat())
    return recorded


def refuse_what_cannot_be(
    creation_request: CreationRequest, step: ApprovalStep, instruction: Instruction, *, on: date
) -> None:
    """Sentences by field."""
    holders = {person.pk for person in holders_of(step.office, on=on)} - {creation_request.submitter_id}
    submitted_on = today(creation_request.organisation_id, creation_request.submitted_at)
    wrong = {}
    if instruction.approver.pk not in holders:
        wrong["approver"] = _("Choose somebody who could decide this today.")
    if instruction.outcome not in OUTCOMES:
        wrong["outcome"] = _("Choose what was decided.")
    if not submitted_on <= instruction.given_on <= on:
        wrong["given_on"] = _("The decision was given between the submission and today.")
    if not instruction.scans:
        wrong["scans"] = _("Attach the scan of the paper, or of the note of the call.")
    if wrong:
        raise ValidationError(wrong)


@transaction.atomic
def contest(recorded: RecordedDecision, *, by: User, now: datetime, reason: str) -> None:
    """The approver says that he did not decide so. Until the group is established the request waits for him again;
    after that, and where the request has gone another way, the recording office has it to settle."""
    check_can_contest(by, recorded, now=now)
    if not reason.strip():
        raise ValidationError({"opinion": _("Please say what is not right.")})
    creation_request = recorded.creation_request
    creation_request.refresh_from_db(from_queryset=CreationRequest.objects.locked())
    reopens = can_reopen(creation_request, recorded)
    changes = {"contest_reason": reason.strip(), "reopened": reopens}
    move(recorded, State.CONTESTED, by=by, at=now, opinion=reason.strip(), changes=changes)
    if reopens:
        reopen(creation_request, recorded, by=by, now=now)
    else:
        hand_over(
            recorded,
            "settle_contest",
            to=recorded.office,
            now=now,
            clock=terms_under(creation_request.version, creation_request.group_type.code).clock("opinion"),
            calendar_id=creation_request.company.calendar_id,
            path=creation_request.get_absolute_url(),
            facts={"number": creation_request.number, "by": by.name, "reason": reason.strip()},
        )
    recorder = getattr(recorded.recorded_by, "person", None)
    told = [creation_request.submitter, *([recorder] if recorder else [])]
    tell(recorded, told, "recorded-decision-contested", now=now, by=by.name)


def can_reopen(creation_request: CreationRequest, recorded: RecordedDecision) -> bool:
    """Whether the request still stands where the recorded decision brought it, and may wait again: approved and not
    established, refused, or with the next office; its name not taken meanwhile. Sent back, its submitter lays it
    before the approver anyway."""
    states = CreationRequest.State
    if recorded.step.round != creation_request.round or recorded.outcome == Outcome.SENT_BACK:
        return False
    if creation_request.state == states.SUBMITTED:
        return creation_request.step > recorded.step.position
    if creation_request.state == states.APPROVED:
        group = Group.objects.filter(creation_request=creation_request).first()
        return group is not None and bool(list(Group.objects.held(group).values_list("pk", flat=True)))
    return creation_request.state == states.REFUSED and taken_by(creation_request) is None


def reopen(creation_request: CreationRequest, recorded: RecordedDecision, *, by: User, now: datetime) -> None:
    """The contested step waits again, and those after it; the group that came of it is taken out of the register."""
    step, states = recorded.step, CreationRequest.State
    if creation_request.state == states.APPROVED:
        reason = _("The approver contested what was recorded.")
        group = Group.objects.get(creation_request=creation_request)
        end(group, Group.State.REVOKED, by=by, now=now, reason=reason, office=step.office)
    if creation_request.state == states.SUBMITTED:
        CreationRequest.objects.filter(pk=creation_request.pk).update(step=step.position)
        creation_request.step = step.position
        record("reopen", creation_request, by=by, at=now, was=creation_request.state, became=creation_request.state)
    else:
        changes = {"step": step.position, "decided_at": None, "was_reopened": True}
        move(creation_request, states.SUBMITTED, by=by, at=now, changes=changes)
    again = creation_request.steps.filter(round=step.round, position__gte=step.position)
    offices = list(again.values_list("office_id", flat=True))
    again.update(outcome=Outcome.WAITING, decided_by=None, decided_at=None, opinion="")
    ask_consents_again(creation_request, offices)
    close_inquiries(creation_request, by=by, now=now)
    terms = terms_under(creation_request.version, creation_request.group_type.code)
    creation_request.__dict__.pop("_round_steps", None)  # read anew
    creation.next_step(creation_request, terms, None, by=by, now=now)


def ask_consents_again(creation_request: CreationRequest, offices: Collection[int]) -> None:
    """What was consented to with a decision that is taken back is asked anew, unticked."""
    decided = list(creation_request.consents.filter(office__in=offices))
    creation_request.consents.filter(pk__in=[consent.pk for consent in decided]).delete()
    Consent.objects.bulk_create(
        Consent(
            organisation_id=consent.organisation_id,
            creation_request=creation_request,
            person_id=consent.person_id,
            reason=consent.reason,
            office_id=consent.office_id,
        )
        for consent in decided
    )


@transaction.atomic
def settle(recorded: RecordedDecision, *, by: User, now: datetime, settlement: str) -> None:
    """The recording office says how the contested record was put right; the approver is told."""
    office = check_can_settle(by, recorded)
    if not settlement.strip():
        raise ValidationError({"opinion": _("Please say how it was put right.")})
    changes = {"settlement": settlement.strip()}
    move(recorded, State.SETTLED, by=by, at=now, office=office, opinion=settlement.strip(), changes=changes)
    close(recorded, by=by, now=now, outcome="settle_contest")
    tell(recorded, [recorded.approver], "contest-settled", now=now, office=str(office))


def tell(recorded: RecordedDecision, people: Sequence[Person], kind: str, *, now: datetime, **said: str) -> None:
    creation_request = recorded.creation_request
    notify(
        people,
        kind,
        recorded,
        now=now,
        key=f"{kind}:{recorded.pk}",
        path=creation_request.get_absolute_url(),
        title=creation_request.name,
        number=creation_request.number,
        **said,
    )
