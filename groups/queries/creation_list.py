"""The list of requests, fifty a page by keyset, in a fixed number of statements."""

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.dateparse import parse_datetime

from governance.accounts.models import User
from governance.directory.queries import person_of
from governance.duties.models import Duty

from ..models import CreationRequest
from .creation_page import TONES

PAGE = 50
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
class ListPage:
    """Fifty rows, newest first; `older` and `newer` are cursors, empty at the ends."""

    rows: list[Row]
    older: str
    newer: str


@dataclass(frozen=True)
class Wanted:
    """The filters: a state, a type (primary key), only the reader's own."""

    state: str = ""
    group_type: int | None = None
    mine: bool = False


def request_list(user: User, wanted: Wanted, *, on: date, now: datetime, before: str = "", after: str = "") -> ListPage:
    """The page before (older than) or after (newer than) a cursor, else the first: two statements."""
    requests = chosen(user, wanted, on=on)
    if at := cursor(after):
        found = list(requests.filter(beyond("gt", at)).order_by("created_at", "pk")[: PAGE + 1])
        more_newer, found, more_older = len(found) > PAGE, found[:PAGE][::-1], True
    else:
        at = cursor(before)
        found = list((requests.filter(beyond("lt", at)) if at else requests)[: PAGE + 1])
        more_older, found, more_newer = len(found) > PAGE, found[:PAGE], at is not None
    duties = duties_of(found)
    return ListPage(
        rows=[Row(one, duties.get(one.pk), is_late(duties.get(one.pk), now)) for one in found],
        older=place(found[-1]) if found and more_older else "",
        newer=place(found[0]) if found and more_newer else "",
    )


def waiting_count(user: User, *, on: date) -> int:
    """How many requests the reader may see wait for a decision."""
    return CreationRequest.objects.visible_to(user, on=on).filter(state=State.SUBMITTED).count()


def chosen(user: User, wanted: Wanted, *, on: date) -> models.QuerySet[CreationRequest]:
    """What the reader may see, narrowed by the filters. Deferred: what a list does not show and is large."""
    requests = CreationRequest.objects.visible_to(user, on=on).select_related("group_type", "submitter__department")
    if wanted.state in State.values:
        requests = requests.filter(state=wanted.state)
    if wanted.group_type is not None:
        requests = requests.filter(group_type=wanted.group_type)
    if wanted.mine:
        requests = requests.filter(submitter=person_of(user))
    return requests.defer("purpose").order_by("-created_at", "-pk")


def duties_of(requests: list[CreationRequest]) -> dict[int, Duty]:
    """The open duty of each request: one statement for the page."""
    kind = ContentType.objects.get_for_model(CreationRequest)
    duties = Duty.objects.open().filter(subject_type=kind, subject_id__in=[one.pk for one in requests])
    return {duty.subject_id: duty for duty in duties.for_listing()}


def is_late(duty: Duty | None, now: datetime) -> bool:
    return (
        duty is not None
        and duty.due_at is not None
        and duty.due_at < now
        and not (duty.office is not None and duty.office.executive)
    )


def beyond(direction: str, at: tuple[datetime, int]) -> models.Q:
    moment, pk = at
    return models.Q((f"created_at__{direction}", moment)) | models.Q(("created_at", moment), (f"pk__{direction}", pk))


def place(creation_request: CreationRequest) -> str:
    return f"{creation_request.created_at.isoformat()}_{creation_request.pk}"


def cursor(text: str) -> tuple[datetime, int] | None:
    """What `place()` wrote, read back; None for nothing and for nonsense."""
    moment, _sign, pk = text.replace(" ", "+").rpartition("_")
    try:
        parsed = parse_datetime(moment)
    except ValueError:
        return None
    return (parsed, int(pk)) if parsed and parsed.tzinfo and pk.isdecimal() and len(pk) < 19 else None
