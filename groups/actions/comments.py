"""Commenting on a creation request, and taking a comment back within a few minutes."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from governance.accounts.models import User
from governance.audit.actions import record
from governance.directory.queries import person_of
from governance.notifications.actions import notify
from governance.workflow import move

from ..models import Comment, CreationRequest
from ..permissions import check_can_comment, check_can_remove_comment
from ..queries.waiting import concerned

MOST_SAID = 2000  # characters
SAME_CLICK = timedelta(minutes=1)


@transaction.atomic
def comment(creation_request: CreationRequest, text: str, *, by: User, now: datetime) -> Comment:
    """Say something on an open request; its submitter and whoever has it now are told. The same words by a second
    click within a minute are one comment. Raises ValidationError on words that are missing or too many."""
    check_can_comment(by, creation_request)
    text = text.strip()
    if not text:
        raise ValidationError({"comment": _("Please write the comment first.")})
    if len(text) > MOST_SAID:
        raise ValidationError({"comment": _("At most %(limit)s characters, please.") % {"limit": MOST_SAID}})
    mine = creation_request.comments.filter(author=by, text=text, written_at__gt=now - SAME_CLICK)
    if just_now := mine.first():
        return just_now
    written = Comment.objects.create(
        organisation_id=creation_request.organisation_id,
        creation_request=creation_request,
        author=by,
        text=text,
        written_at=now,
    )
    record("comment", written, by=by, at=now, became=written.state, request=creation_request.pk)
    notify(
        [person for person in concerned(creation_request, now=now) if person != person_of(by)],
        "request-comment",
        written,
        now=now,
        key=f"comment:{written.pk}",
        by=by.name,
        title=creation_request.name,
        number=creation_request.number,
    )
    return written


@transaction.atomic
def remove(comment: Comment, *, by: User, now: datetime) -> None:
    """Its author takes it back: the words are gone, that there was a comment stays in the history."""
    check_can_remove_comment(by, comment, now=now)
    move(comment, Comment.State.REMOVED, by=by, at=now, changes={"text": "", "removed_at": now})
