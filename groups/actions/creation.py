"""建群申请: submit, approve, send back, refuse, withdraw (Art. 4)."""

from collections.abc import Collection
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from governance.accounts.models import User
from governance.audit.actions import record
from governance.calendar.queries import working_time
from governance.directory.actions.numbering import next_number
from governance.directory.models import Office, Person
from governance.directory.queries import person_of
from governance.duties.actions import close, hand_over
from governance.notifications.actions import Telling, notify_all
from governance.workflow import move, raise_wrong_state

from ..models import ApprovalStep, CreationRequest
from ..permissions import (
    check_can_decide,
    check_can_submit,
    check_can_withdraw,
    check_type_is_open,
    remember_steps,
    round_steps,
    today_of,
    waiting_step,
)
from ..queries.creation import Preview, clash_sentence, preview
from ..queries.terms import Terms, terms_under
from .consents import decide_consents, renew_consents, stale_consents
from .inquiries import close_inquiries
from .registration import open_group

State = CreationRequest.State


@transaction.atomic
def submit(creation_request: CreationRequest, *, by: User, now: datetime) -> None:
    """The submitter lays the request before the first approving office, under the version in force today.

    Submitting again after it was sent back starts a new round: clock, version and steps anew, consents unticked.
    Raises ValidationError with the sentences by field where something is wrong (name taken, too long, no office).
    """
    creation_request.refresh_from_db(from_queryset=CreationRequest.objects.locked())
    office, terms = check_can_submit(by, creation_request)
    if not creation_request.is_with_submitter:
        raise_wrong_state(creation_request)
    seen = preview(terms, creation_request, on=today_of(by))
    asked = list(creation_request.consents.select_related("person"))
    if complaints := seen.complaints | stale_consents(asked, seen):
        raise ValidationError(complaints)
    is_first = creation_request.state == State.DRAFT
    try:
        move(
            creation_request,
            State.SUBMITTED,
            by=by,
            at=now,
            office=office,
            article=terms.type.article or "",
            changes=submission(creation_request, terms, seen, by=by, now=now),
        )
    except IntegrityError:
        raise ValidationError({"name_suffix": clash_sentence(creation_request)})
    renew_consents(creation_request, asked, seen.consenting_office)
    lay_steps(creation_request, seen, len(asked))
    if seen.steps:
        next_step(creation_request, terms, len(asked), by=by, now=now, first=is_first)
    else:
        settle(creation_request, terms, by=None, now=now)


def submission(
    creation_request: CreationRequest, terms: Terms, seen: Preview, *, by: User, now: datetime
) -> dict[str, object]:
    """The fields that a submission sets. The number is given once, at the first; a successor of a submitter who has
    left is the submitter from then on."""
    year = working_time(creation_request.organisation_id).local_day(now).year
    number = creation_request.number or (
        f"JQ-{year}-{next_number(creation_request.organisation, 'creation-request', year):04d}"
    )
    return {
        "version": terms.version,
        "number": number,
        "submitter": person_of(by),
        "submitted_at": now,
        "round": creation_request.round + 1,
        "step": 0,
        "expected_count": seen.expected_count,
    }


def lay_steps(creation_request: CreationRequest, seen: Preview, consents: int) -> None:
    """Which offices decide in this round, in order: settled now, so that later facts do not change who must agree."""
    steps = [
        ApprovalStep(
            creation_request=creation_request,
            round=creation_request.round,
            position=position,
            office=step.office,
            article=step.rule.article or "",
        )
        for position, step in enumerate(seen.steps)
    ]
    for step in ApprovalStep.objects.bulk_create(steps):
        step.asks_consents = consents > 0
    remember_steps(creation_request, steps)


def next_step(
    creation_request: CreationRequest,
    terms: Terms,
    consents: int | None,
    *,
    by: User,
    now: datetime,
    first: bool = False,
) -> None:
    """The waiting step's office has it now; `first`, when nobody had it before. `consents` as for `card()`."""
    step = waiting_step(creation_request)
    hand_over(
        creation_request,
        "approve",
        to=step.office,
        by=by,
        now=now,
        clock=terms.clock("approval"),
        article=step.article or "",
        calendar_id=creation_request.company.calendar_id,
        fallback=terms.interpreting_office,
        barred=creation_request.submitter,
        first=first,
        outcome="submit" if step.position == 0 else "approve",
        facts=card(creation_request, consents),
    )


def card(creation_request: CreationRequest, consents: int | None = None) -> dict[str, object]:
    """What the desk says about a request without asking the database again; `consents`, where it is known how many are
    asked for."""
    submitter = creation_request.submitter
    return {
        "number": creation_request.number,
        "submitter": submitter.name,
        "department": submitter.department.name if submitter.department else "",
        "expected": creation_request.expected_count,
        "external": creation_request.external_expected,
        "consents": creation_request.consents.count() if consents is None else consents,
        "request": creation_request.pk,
    }


@transaction.atomic
def approve(
    creation_request: CreationRequest,
    *,
    by: User,
    now: datetime,
    opinion: str = "",
    consents: Collection[int] = (),
    office: Office | None = None,
) -> None:
    """The office whose turn it is says yes; after the last one the group exists and the designating office is next
    (Art. 4, 5). `consents` are the primary keys of the consents that were ticked: nobody else joins by this approval.
    `office` is given where `by` records what its holder decided, and may (`recording.py`).
    """
    office = office or check_can_decide(by, creation_request)
    terms = check_type_is_open(by, creation_request)
    if terms.version.pk != creation_request.version_id:
        terms = terms_under(creation_request.version, creation_request.group_type.code)
    step = waiting_step(creation_request)
    record_outcome(step, ApprovalStep.State.APPROVED, by=by, absent=office.absent, now=now, opinion=opinion)
    if step.asks_consents:
        decide_consents(creation_request, office, by=by, now=now, ticked=consents)
    if len(round_steps(creation_request)) > step.position + 1:
        pass_on(creation_request, step, office, by=by, now=now, opinion=opinion)
        next_step(creation_request, terms, None if step.asks_consents else 0, by=by, now=now)
        return
    settle(creation_request, terms, by=by, now=now, office=office, opinion=opinion, article=step.article)


def settle(creation_request: CreationRequest, terms: Terms, *, by: User | None, now: datetime, **said: object) -> None:
    """Everybody whose approval the regulation asks for has given it (`by` is None where it asks for none)."""
    move(creation_request, State.APPROVED, by=by, at=now, changes={"decided_at": now}, **said)
    close(creation_request, by=by, now=now, outcome="approve")
    close_inquiries(creation_request, by=by, now=now)
    open_group(creation_request, terms, by=by, now=now, besides=[word_to_submitter(creation_request, "approved")])


def record_outcome(
    step: ApprovalStep, outcome: str, *, by: User | None, now: datetime, opinion: str, absent: Person | None = None
) -> None:
    """Note the decision on the step, by compare-and-swap: the second click finds it decided. `absent` is the holder
    for whom a delegate decides."""
    undecided = ApprovalStep.objects.filter(pk=step.pk, outcome=ApprovalStep.State.WAITING)
    said = {"outcome": outcome, "decided_by": by, "decided_for": absent, "decided_at": now, "opinion": opinion}
    if not undecided.update(**said):
        raise_wrong_state(step.creation_request)


def pass_on(
    creation_request: CreationRequest, step: ApprovalStep, office: Office, *, by: User, now: datetime, opinion: str
) -> None:
    """One of several offices agreed; the next one's turn comes. WrongState when it was withdrawn meanwhile."""
    waiting = CreationRequest.objects.filter(pk=creation_request.pk, state=State.SUBMITTED, step=step.position)
    if not waiting.update(step=step.position + 1):
        raise_wrong_state(creation_request)
    creation_request.step = step.position + 1
    close_inquiries(creation_request, by=by, now=now)
    record(
        "approve_step",
        creation_request,
        by=by,
        at=now,
        office=office,
        note=opinion,
        article=step.article,
        was=creation_request.state,
        became=creation_request.state,
    )


def reason_required(opinion: str) -> str:
    if not opinion.strip():
        raise ValidationError({"opinion": _("Please say why, so that the submitter knows what to do.")})
    return opinion.strip()


@transaction.atomic
def send_back(
    creation_request: CreationRequest, *, by: User, now: datetime, opinion: str, office: Office | None = None
) -> None:
    """The office whose turn it is wants it changed; the submitter has it again, with the reason."""
    office = office or check_can_decide(by, creation_request)
    opinion = reason_required(opinion)
    step = waiting_step(creation_request)
    record_outcome(step, ApprovalStep.State.SENT_BACK, by=by, absent=office.absent, now=now, opinion=opinion)
    move(creation_request, State.SENT_BACK, by=by, office=office, at=now, opinion=opinion, article=step.article)
    close_inquiries(creation_request, by=by, now=now)
    hand_over(
        creation_request,
        "amend",
        to=submitter_or_successors(creation_request, on=today_of(by)),
        by=by,
        now=now,
        outcome="send_back",
        calendar_id=creation_request.company.calendar_id,
        facts=card(creation_request) | {"opinion": opinion},
    )


def submitter_or_successors(creation_request: CreationRequest, *, on: date) -> Person | Office:
    """Who amends a request: the submitter, or, when he has left, the first office that submits such requests."""
    submitter = creation_request.submitter
    terms = terms_under(creation_request.version, creation_request.group_type.code)
    if submitter.is_present(on=on):
        return submitter
    offices = (terms.office(rule.office, creation_request.company) for rule in terms.type.submitters)
    return next((office for office in offices if office), submitter)


@transaction.atomic
def refuse(
    creation_request: CreationRequest, *, by: User, now: datetime, opinion: str, office: Office | None = None
) -> None:
    """The office whose turn it is says no, with the reason. The request ends; a new one may be submitted."""
    office = office or check_can_decide(by, creation_request)
    opinion = reason_required(opinion)
    step = waiting_step(creation_request)
    record_outcome(step, ApprovalStep.State.REFUSED, by=by, absent=office.absent, now=now, opinion=opinion)
    move(
        creation_request,
        State.REFUSED,
        by=by,
        office=office,
        at=now,
        opinion=opinion,
        article=step.article,
        changes={"decided_at": now},
    )
    close(creation_request, by=by, now=now, outcome="refuse")
    close_inquiries(creation_request, by=by, now=now)
    notify_all([word_to_submitter(creation_request, "refused")], now=now)


@transaction.atomic
def withdraw(creation_request: CreationRequest, *, by: User, now: datetime, opinion: str = "") -> None:
    """The submitter takes it back before it is decided; a draft is discarded the same way."""
    check_can_withdraw(by, creation_request)
    move(creation_request, State.WITHDRAWN, by=by, at=now, opinion=opinion)
    close(creation_request, by=by, now=now, outcome="withdraw")
    close_inquiries(creation_request, by=by, now=now)


def word_to_submitter(creation_request: CreationRequest, what: str) -> Telling:
    """A decision goes out at once to who asked for it."""
    return Telling(
        [creation_request.submitter],
        f"request-{what}",
        creation_request,
        key=f"request-{what}:{creation_request.pk}:{creation_request.round}",
        parameters={"title": creation_request.name, "number": creation_request.number},
    )
