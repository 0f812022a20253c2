"""The list of requests, fifty a page by keyset, in a fixed number of statements."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.contrib.contenttypes.models import ContentType
from django.db import models

from governance.accounts.models import User
from governance.directory.queries import person_of
from governance.duties.models import Duty
from governance.paging import Page, page_of

from ..models import CreationRequest
from .creation_page import TONES

State = CreationRequest.State


@dataclass(frozen=True)
class Row:
    """One request with the duty that waits, when one does. An executive's lateness is never marked."""

    request: CreationRequest
    duty: Duty | None
    late: bool

    @property
    def type_words(self) -> str:
        """The type, where the group is not simply called like it."""
        words = str(self.request.group_type)
        return "" if words == self.request.name else words

    @property
    def tone(self) -> str:
        return TONES[self.request.state]


@dataclass(frozen=True)
class Wanted:
    """The filters: a state, a type (primary key), only the reader's own."""

    state: str = ""
    group_type: int | None = None
    mine: bool = False

    @property
    def is_narrow(self) -> bool:
        return bool(self.state or self.group_type or self.mine)

    @property
    def query(self) -> str:
        """The filters as they stand in an address."""
        said = {"state": self.state, "type": self.group_type, "mine": "1" if self.mine else ""}
        return urlencode({name: value for name, value in said.items() if value})


def wanted_by(asked: Mapping[str, str], types: list[int]) -> Wanted:
    """The filters that an address names; nonsense filters nothing."""
    state, group_type = asked.get("state", ""), asked.get("type", "")
    return Wanted(
        state=state if state in State.values else "",
        group_type=next((pk for pk in types if str(pk) == group_type), None),
        mine=bool(asked.get("mine")),
    )


def request_list(
    user: User, wanted: Wanted, asked: Mapping[str, str], *, on: date, now: datetime
) -> tuple[Page, list[Row]]:
    """The page that the address asks for, with its rows: two statements."""
    page = page_of(chosen(user, wanted, on=on), ("-created_at", "-pk"), asked, kept=wanted.query)
    duties = duties_of(page.rows)
    return page, [Row(one, duties.get(one.pk), is_late(duties.get(one.pk), now)) for one in page.rows]


def waiting_count(user: User, *, on: date) -> int:
    """How many requests the reader may see wait for a decision."""
    return CreationRequest.objects.visible_to(user, on=on).filter(state=State.SUBMITTED).count()


def chosen(user: User, wanted: Wanted, *, on: date) -> models.QuerySet[CreationRequest]:
    """What the reader may see, narrowed by the filters. Deferred: what a list does not show and is large."""
    requests = CreationRequest.objects.visible_to(user, on=on).select_related("group_type", "submitter__department")
    if wanted.state:
        requests = requests.filter(state=wanted.state)
    if wanted.group_type is not None:
        requests = requests.filter(group_type=wanted.group_type)
    if wanted.mine:
        requests = requests.filter(submitter=person_of(user))
    return requests.defer("purpose")


def duties_of(requests: list[CreationRequest]) -> dict[int, Duty]:
    """The open duty of each request: one statement for the page."""
    kind = ContentType.objects.get_for_model(CreationRequest)
    duties = Duty.objects.open().filter(subject_type=kind, subject_id__in=[one.pk for one in requests])
    return {duty.subject_id: duty for duty in duties.for_listing()}


def is_late(duty: Duty | None, now: datetime) -> bool:
    """Whether the duty is overdue and may be called so."""
    if duty is None or duty.due_at is None or duty.due_at >= now:
        return False
    return duty.office is None or not duty.office.executive
