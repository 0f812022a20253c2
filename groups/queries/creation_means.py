"""What a reader can do on the page of a request, and why not."""

from dataclasses import dataclass
from datetime import date

from governance.accounts.models import User
from governance.directory.queries import held, holds_code, offices_held, person_of
from governance.workflow import refusal

from ..models import ApprovalStep, CreationRequest
from ..permissions import check_can_approve, check_can_copy, check_can_decide, check_can_submit, check_is_submitter
from ..wording import said
from .terms import Terms
from .waiting import Waiting, on_behalf

State = CreationRequest.State


@dataclass(frozen=True)
class Means:
    """What the reader can do here. Sentences say why a button is disabled; empty when it works. `on_behalf` tells a
    delegate for whom he decides."""

    decides: bool = False
    on_behalf: str = ""
    decide_refusal: str = ""
    approve_refusal: str = ""
    is_mine: bool = False
    submit_refusal: str = ""
    may_copy: bool = False
    may_remind: bool = False
    nudged_by: str = ""


def means_of(
    creation_request: CreationRequest,
    step: ApprovalStep | None,
    waiting: Waiting | None,
    terms: Terms | None,
    user: User,
    *,
    on: date,
) -> Means:
    """What the reader can do, and why not."""
    is_mine = not refusal(check_is_submitter, user, creation_request)
    oversees = any(office.oversees and office.company_id is None for office in offices_held(user, on=on))
    office = held(user, step.office, on=on) if step is not None else None
    decides = creation_request.state == State.SUBMITTED and office is not None
    editable = is_mine and creation_request.is_with_submitter
    return Means(
        decides=decides,
        on_behalf=on_behalf(office) if decides else "",
        decide_refusal=refusal(check_can_decide, user, creation_request) if decides else "",
        approve_refusal=refusal(check_can_approve, user, creation_request) if decides else "",
        is_mine=is_mine,
        submit_refusal=refusal(check_can_submit, user, creation_request) if editable else "",
        may_copy=bool(creation_request.number) and not refusal(check_can_copy, user, creation_request),
        may_remind=bool(waiting and waiting.people and (is_mine or oversees) and person_of(user) not in waiting.people),
        nudged_by=nudging_office(waiting, terms, user, on=on),
    )


def nudging_office(waiting: Waiting | None, terms: Terms | None, user: User, *, on: date) -> str:
    """Executives are reminded through this office; empty where the reader may remind himself."""
    code = ((terms.data.get("nudges") or {}).get("office")) if terms else None
    if not code or waiting is None or not waiting.plain or holds_code(user, code, on=on):
        return ""
    names = {entry["code"]: entry["name"] for entry in terms.data.get("offices", [])}
    return said(names.get(code)) or code
