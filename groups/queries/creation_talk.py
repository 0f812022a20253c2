"""What is said around a request beside its decision: comments, opinions asked for."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from governance.accounts.models import User
from governance.directory.models import Person
from governance.directory.queries import person_of
from governance.workflow import refusal

from ..models import Comment, CreationRequest, Inquiry
from ..permissions import REMOVABLE_FOR, check_can_comment


@dataclass(frozen=True)
class Talk:
    """`own` is the question that the reader has still to answer; `removable` the comments he may still take back."""

    comments: list[Comment]
    inquiries: list[Inquiry]
    own: Inquiry | None
    removable: list[Comment]
    may_comment: bool

    @property
    def subjects(self) -> list[Comment | Inquiry]:
        """What the history tells of."""
        return [*self.comments, *self.inquiries]


def talk_of(creation_request: CreationRequest, user: User, *, now: datetime) -> Talk:
    """Two statements, whatever was said."""
    comments = list(creation_request.comments.all())
    inquiries = list(creation_request.inquiries.select_related("person__department", "person__company", "asked_by"))
    person = person_of(user)
    mine = (one for one in inquiries if person and one.person_id == person.pk and one.state == Inquiry.State.ASKED)
    return Talk(
        comments=comments,
        inquiries=inquiries,
        own=next(mine, None),
        removable=[comment for comment in comments if is_removable(comment, user, now=now)],
        may_comment=creation_request.is_open and not refusal(check_can_comment, user, creation_request),
    )


def is_removable(comment: Comment, user: User, *, now: datetime) -> bool:
    """Whether its author reads the page within the few minutes."""
    fresh = now - comment.written_at <= REMOVABLE_FOR
    return fresh and comment.author_id == user.pk and comment.state == Comment.State.WRITTEN


def chosen_people(organisation_id: int, pks: Collection[int]) -> list[Person]:
    """People ticked before, as the form lists them."""
    return list(Person.objects.of_organisation(organisation_id).filter(pk__in=pks).for_display()) if pks else []
