"""征求意见: ask persons for an opinion, answer, have no view; the decision and its clock stay where they are."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from governance.accounts.models import User
from governance.audit.actions import record
from governance.directory.models import Person
from governance.directory.queries import person_of
from governance.duties.actions import close, hand_over
from governance.notifications.actions import notify
from governance.workflow import move

from ..models import CreationRequest, Inquiry
from ..permissions import check_can_ask, check_can_give_opinion, today_of, waiting_step
from ..queries.terms import terms_under
from ..queries.waiting import concerned

State = Inquiry.State
MOST_SAID = 2000  # characters of an opinion


@transaction.atomic
def ask(
    creation_request: CreationRequest, people: Iterable[Person], question: str, *, by: User, now: datetime
) -> list[Inquiry]:
    """Ask each person once; who was asked in this step and has not answered yet is not asked again. Returns the new
    inquiries. Raises ValidationError on somebody who cannot answer here, or without a question."""
    creation_request.refresh_from_db(from_queryset=CreationRequest.objects.locked())
    office = check_can_ask(by, creation_request)
    step = waiting_step(creation_request)
    question = question.strip()
    if not question:
        raise ValidationError({"question": _("Please write what you want to know.")})
    chosen = list({person.pk: person for person in people}.values())
    refuse_who_cannot_answer(creation_request, chosen, by=by)
    asked = set(creation_request.inquiries.filter(state=State.ASKED).values_list("person_id", flat=True))
    clock = terms_under(creation_request.version, creation_request.group_type.code).clock("opinion")
    made = []
    for person in chosen:
        if person.pk in asked:
            continue
        inquiry = Inquiry.objects.create(
            organisation_id=creation_request.organisation_id,
            creation_request=creation_request,
            step=step,
            person=person,
            question=question,
            asked_by=by,
            asked_at=now,
        )
        record(
            "ask_opinion", inquiry, by=by, at=now, office=office, note=question, became=inquiry.state, person=person.pk
        )
        hand_over(
            inquiry,
            "give_opinion",
            to=person,
            now=now,
            clock=clock,
            calendar_id=creation_request.company.calendar_id,
            path=creation_request.get_absolute_url(),
            facts={"number": creation_request.number, "asked_by": by.name, "question": question},
        )
        made.append(inquiry)
    return made


def refuse_who_cannot_answer(creation_request: CreationRequest, chosen: list[Person], *, by: User) -> None:
    """Nobody of another organisation, nobody who has left or cannot sign in; neither oneself nor the submitter."""
    on, own, wrong = today_of(by), person_of(by), []
    for person in chosen:
        said = {"name": person.name}
        if person.organisation_id != creation_request.organisation_id or not person.is_present(on=on):
            wrong.append(_("%(name)s does not work here any more.") % said)
        elif person.user_id is None:
            wrong.append(_("%(name)s has no login yet and could not answer here.") % said)
        elif person == own:
            wrong.append(_("You need not ask yourself."))
        elif person.pk == creation_request.submitter_id:
            wrong.append(_("%(name)s submitted the request: write a comment, or send it back with a question.") % said)
    if not chosen:
        wrong.append(_("Choose at least one person."))
    if wrong:
        raise ValidationError({"people": wrong})


@transaction.atomic
def answer(inquiry: Inquiry, opinion: str, *, by: User, now: datetime) -> None:
    """The asked person says what he thinks; whoever has the request now is told."""
    check_can_give_opinion(by, inquiry)
    opinion = opinion.strip()
    if not opinion:
        raise ValidationError({"answer": _("Please write your opinion, or say that you have no view.")})
    if len(opinion) > MOST_SAID:
        raise ValidationError({"answer": _("At most %(limit)s characters, please.") % {"limit": MOST_SAID}})
    end(inquiry, State.ANSWERED, by=by, now=now, opinion=opinion)


@transaction.atomic
def have_no_view(inquiry: Inquiry, *, by: User, now: datetime) -> None:
    """The asked person has nothing to say on it; nobody waits for him any more."""
    check_can_give_opinion(by, inquiry)
    end(inquiry, State.NO_VIEW, by=by, now=now)


def end(inquiry: Inquiry, state: str, *, by: User, now: datetime, opinion: str = "") -> None:
    """The duty is done and whoever decides is told. WrongState when it was decided meanwhile."""
    changes = {"opinion": opinion, "ended_at": now}
    move(inquiry, state, by=by, at=now, opinion=opinion, changes=changes, person=inquiry.person_id)
    close(inquiry, by=by, now=now, outcome="give_opinion")
    creation_request = inquiry.creation_request
    deciding = [person for person in concerned(creation_request, now=now) if person != creation_request.submitter]
    tell(inquiry, deciding, "opinion-given", now=now, by=by.name)


def close_inquiries(creation_request: CreationRequest, *, by: User | None, now: datetime) -> None:
    """It was decided, withdrawn or ended without waiting: who has not answered yet is told that he need not. Called
    once the request has moved: until then somebody may still be asked."""
    waiting = creation_request.inquiries.filter(state=State.ASKED).select_related("person")
    waiting = waiting.select_for_update(of=("self",))  # an answer that comes at this moment counts
    for inquiry in waiting:
        inquiry.creation_request = creation_request
        move(inquiry, State.CLOSED, by=by, at=now, changes={"ended_at": now}, person=inquiry.person_id)
        close(inquiry, by=by, now=now, outcome="superseded")
        tell(inquiry, [inquiry.person], "opinion-no-longer-asked", now=now)


def tell(inquiry: Inquiry, people: Iterable[Person], kind: str, *, now: datetime, **said: str) -> None:
    notify(
        people,
        kind,
        inquiry,
        now=now,
        key=f"{kind}:{inquiry.pk}",
        path=inquiry.creation_request.get_absolute_url(),
        title=inquiry.creation_request.name,
        number=inquiry.creation_request.number,
        **said,
    )
