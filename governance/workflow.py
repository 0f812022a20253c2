"""May they, move, hand over: the middle line, and how a refusal is said.

A model with states carries `state` and a table `TRANSITIONS: {state: {next state: verb}}`. `move()` is the only code
that assigns `.state`.
"""

import functools
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, ParamSpec, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import connection, models, transaction

from governance.accounts.models import User
from governance.audit.actions.recording import event_of, record, record_many
from governance.audit.models import Event
from governance.audit.queries import history_of

P = ParamSpec("P")
T = TypeVar("T")


class NotAllowed(PermissionDenied):
    """The person may not do this; `reason` is a sentence for them. Shown as 403."""

    def __init__(self, reason: object) -> None:
        super().__init__(reason)
        self.reason = reason


class WrongState(Exception):
    """Somebody was quicker, or the step is not due: shown as 409 with who decided and when.

    `event` is the last event on the subject, or None when there is none.
    """

    def __init__(self, subject: models.Model, event: Event | None) -> None:
        super().__init__(f"{subject._meta.label} {subject.pk} is no longer in the expected state")
        self.subject = subject
        self.event = event


def raise_wrong_state(subject: models.Model) -> None:
    """Raise WrongState with the event that explains it."""
    raise WrongState(subject, history_of(subject).exclude(became="").first() or history_of(subject).first())


def verb_for(subject: models.Model, target: str) -> str:
    """The verb that leads from the subject's state to `target`; WrongState when the table has none."""
    verb = type(subject).TRANSITIONS.get(subject.state, {}).get(target)
    if verb is None:
        raise_wrong_state(subject)
    return verb


def part_of_action(part: Callable[P, T]) -> Callable[P, T]:
    """Run in the action's transaction, without a savepoint of its own; called alone, in a transaction of its own.

    What fails in it fails the action: whoever catches an error and goes on needs `transaction.atomic` around the call.
    """

    @functools.wraps(part)
    def within(*args: P.args, **kwargs: P.kwargs) -> T:
        if connection.in_atomic_block:
            return part(*args, **kwargs)
        with transaction.atomic():
            return part(*args, **kwargs)

    return within


@part_of_action
def move(
    subject: models.Model,
    target: str,
    *,
    by: User | None,
    at: datetime,
    office: object = "",
    opinion: str = "",
    article: str = "",
    changes: dict[str, Any] | None = None,
    **facts: Any,
) -> Event:
    """Change the state by compare-and-swap and write the audit event, in one transaction.

    `changes` are further fields of the subject set in the same statement. Raises WrongState when the table has no
    such step or when a colleague was quicker; nothing is written then.
    """
    was, verb = subject.state, verb_for(subject, target)
    fields = {"state": target, **(changes or {})}
    if not type(subject)._base_manager.filter(pk=subject.pk, state=was).update(**fields):
        raise_wrong_state(subject)
    event = record(
        verb,
        subject,
        by=by,
        at=at,
        office=office,
        was=was,
        became=target,
        note=opinion,
        article=article,
        **facts,
    )
    for name, value in fields.items():
        setattr(subject, name, value)
    return event


@transaction.atomic
def move_many(
    subjects: Sequence[models.Model],
    target: str,
    *,
    by: User | None,
    at: datetime,
    office: object = "",
    batch_size: int = 5000,
    **facts: Any,
) -> list[models.Model]:
    """`move()` for thousands of one model in a few statements; returns those that moved.

    A subject that a colleague moved meanwhile is left out silently: bulk work has no one to show a 409 to. Raises
    WrongState before anything is written when the table has no such step for one of them.
    """
    moved: list[models.Model] = []
    by_state: dict[str, list[models.Model]] = {}
    for subject in subjects:
        by_state.setdefault(subject.state, []).append(subject)
    verbs = {was: verb_for(group[0], target) for was, group in by_state.items()}
    for was, group in by_state.items():
        manager = type(group[0])._base_manager
        for start in range(0, len(group), batch_size):
            batch = group[start : start + batch_size]
            pks = [subject.pk for subject in batch]
            current = set(
                manager.select_for_update().filter(pk__in=pks, state=was).values_list("pk", flat=True)
            )
            manager.filter(pk__in=current, state=was).update(state=target)
            changed = [subject for subject in batch if subject.pk in current]
            for subject in changed:
                subject.state = target
            record_many(
                event_of(verbs[was], subject, by=by, at=at, office=office, was=was, became=target, **facts)
                for subject in changed
            )
            moved.extend(changed)
    return moved


def refusal(check: Callable[..., Any], user: User, *objects: Any) -> str:
    """Why `user` may not, as a sentence for the disabled button; empty when they may."""
    try:
        check(user, *objects)
    except NotAllowed as refused:
        return str(refused.reason)
    return ""
