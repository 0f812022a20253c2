"""What is said around a request beside its decision: comments, opinions asked for."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import models

from governance.accounts.models import User
from governance.directory.models import Office, Person, Tenure
from governance.directory.queries import person_of
from governance.files.queries import ShownFile, attachments_of
from governance.notifications.models import Circulation
from governance.notifications.queries import circulations_of
from governance.workflow import refusal

from ..models import Comment, CreationRequest, Inquiry, RecordedDecision
from ..permissions import REMOVABLE_FOR, check_can_comment, check_can_record, check_can_settle


@dataclass(frozen=True)
class Recorded:
    """A recorded decision (代录) with its scans; what the reader can do about it."""

    decision: RecordedDecision
    scans: list[ShownFile]
    may_contest: bool
    may_settle: bool


@dataclass(frozen=True)
class Talk:
    """`own` is the question that the reader has still to answer; `removable` the comments he may still take back,
    `unread` what was circulated to him and he has not marked as read."""

    comments: list[Comment]
    inquiries: list[Inquiry]
    own: Inquiry | None
    removable: list[Comment]
    may_comment: bool
    circulations: list[Circulation]
    unread: Circulation | None
    recorded: list[Recorded]
    may_record: bool

    @property
    def subjects(self) -> list[Comment | Inquiry | RecordedDecision]:
        """What the history tells of."""
        return [*self.comments, *self.inquiries, *(one.decision for one in self.recorded)]


def talk_of(creation_request: CreationRequest, user: User, *, now: datetime) -> Talk:
    """Four statements, and one for each recorded decision."""
    comments = list(creation_request.comments.all())
    inquiries = list(creation_request.inquiries.select_related("person__department", "person__company", "asked_by"))
    person = person_of(user)
    mine = (one for one in inquiries if person and one.person_id == person.pk and one.state == Inquiry.State.ASKED)
    circulations = circulations_of(creation_request)
    waits = creation_request.state == CreationRequest.State.SUBMITTED
    unread = (one for one in circulations if person and one.person_id == person.pk and one.seen_at is None)
    return Talk(
        comments=comments,
        inquiries=inquiries,
        own=next(mine, None),
        removable=[comment for comment in comments if is_removable(comment, user, now=now)],
        may_comment=creation_request.is_open and not refusal(check_can_comment, user, creation_request),
        circulations=circulations,
        unread=next(unread, None),
        recorded=recorded_of(creation_request, user, now=now),
        may_record=waits and not refusal(check_can_record, user, creation_request),
    )


def is_removable(comment: Comment, user: User, *, now: datetime) -> bool:
    """Whether its author reads the page within the few minutes."""
    fresh = now - comment.written_at <= REMOVABLE_FOR
    return fresh and comment.author_id == user.pk and comment.state == Comment.State.WRITTEN


def chosen_people(organisation_id: int, pks: Collection[int]) -> list[Person]:
    """People ticked before, as the form lists them."""
    return list(Person.objects.of_organisation(organisation_id).filter(pk__in=pks).for_display()) if pks else []


def offices_to_inform(organisation_id: int, company_id: int | None, *, on: date) -> list[Office]:
    """The offices to which a request can be shown: of the organisation and of its company (None: of
    the organisation alone), those that somebody holds."""
    own = models.Q(company=None) | models.Q(company=company_id)
    held = models.Exists(Tenure.objects.running(on=on).filter(office=models.OuterRef("pk")))
    offices = Office.objects.filter(own, held, organisation_id=organisation_id)
    return list(offices.select_related("company").order_by(models.F("company").asc(nulls_first=True), "pk"))


def recorded_of(creation_request: CreationRequest, user: User, *, now: datetime) -> list[Recorded]:
    """What was recorded for the request's approvers; there is hardly ever more than one."""
    related = ("approver", "recorded_by", "office__company", "step__office__company")
    person = person_of(user)
    return [
        Recorded(
            decision=decision,
            scans=attachments_of(decision),
            may_contest=bool(person) and decision.approver_id == person.pk and decision.is_contestable(now=now),
            may_settle=decision.state == RecordedDecision.State.CONTESTED
            and not decision.reopened
            and not refusal(check_can_settle, user, decision),
        )
        for decision in creation_request.recorded_decisions.select_related(*related)
    ]
