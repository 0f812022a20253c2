"""The way of a matter from the submission to the governed group: what has been, what is, what comes."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import pgettext

from ..models import CreationRequest, Filing, Group

State = CreationRequest.State


@dataclass(frozen=True)
class Stop:
    """One stop as `components/steps.html` draws it: done, now, stopped or still to come."""

    label: str
    state: str = ""


def way_of(
    creation_request: CreationRequest, *, group: Group | None, filings: Iterable[Filing], is_filed: bool
) -> list[Stop]:
    """The stops of a request; filing is one only for a type that is filed."""
    labels = [
        pgettext("step", "Submission"),
        pgettext("step", "Approval"),
        pgettext("step", "Designation"),
        pgettext("step", "Establishment"),
    ]
    if is_filed:
        labels.append(pgettext("step", "Filing"))
    here = stop_of(creation_request, group, filings)
    stopped = creation_request.state in (State.REFUSED, State.WITHDRAWN) or group is not None and group.has_ended
    return [Stop(label, state_at(position, here, stopped)) for position, label in enumerate(labels)]


def state_at(position: int, here: int, stopped: bool) -> str:
    if position == here:
        return "stopped" if stopped else "now"
    return "done" if position < here else ""


def stop_of(creation_request: CreationRequest, group: Group | None, filings: Iterable[Filing]) -> int:
    """The position of the stop that the matter has reached; behind the last one when all is done."""
    if creation_request.is_with_submitter or not creation_request.number:
        return 0
    if creation_request.state != State.APPROVED or group is None:
        return 1
    if group.admin_id is None:
        return 2
    if group.state != Group.State.ESTABLISHED:
        return 3
    return 4 if any(filing.state != Filing.State.ACKNOWLEDGED for filing in filings) else 5
