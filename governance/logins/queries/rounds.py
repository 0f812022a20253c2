"""What came of inviting many: the links made, how each was sent, whom it could not invite."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext as _

from governance.directory.models import Invitation, Person
from governance.directory.queries.invitations import can_be_shown
from governance.jobs.models import Job
from governance.notifications.models import Delivery
from governance.paging import Page, page_of

from .. import mail
from ..actions.inviting import HAS_LEFT, HAS_LOGIN
from ..ready_text import invitation_text
from ..slips import Slip, slip_of

State = Invitation.State
SLIPS = 100  # on one page of the browser: ten sheets


@dataclass(frozen=True)
class Refused:
    """Somebody without a link: why, and what to do."""

    person: Person
    why: str
    advice: str


@dataclass(frozen=True)
class Made:
    """A link as a list shows it. `mail` says how its mail stands; `text` is empty when it no longer lets anybody in."""

    invitation: Invitation
    standing: str
    tone: str
    mail: str
    text: str = ""

    @property
    def key(self) -> str:
        return str(self.invitation.pk)


@dataclass(frozen=True)
class Round:
    """One job's links; `for_paper` counts those that still work, `unmailed` those of them without a mail address."""

    job: Job
    made: int
    used: int
    mailed: int
    for_paper: int
    unmailed: int
    refused: list[Refused]
    refused_count: int
    page: Page
    rows: list[Made]


def links_of(job: Job) -> models.QuerySet[Invitation]:
    return Invitation.objects.filter(job=job).select_related("person__department", "person__company", "issued_by")


def working(links: models.QuerySet[Invitation], *, now: datetime) -> models.QuerySet[Invitation]:
    return links.filter(state=State.OPEN, expires_at__gt=now)


def round_of(job: Job, asked: Mapping[str, str], *, now: datetime) -> Round:
    """Fifty links in the order of the departments, and the counts of all: a constant number of statements."""
    counts = Invitation.objects.filter(job=job).aggregate(
        made=models.Count("pk"),
        used=models.Count("pk", filter=models.Q(state=State.ACCEPTED)),
        mailed=models.Count("pk", filter=~models.Q(person__email="")),
        for_paper=models.Count("pk", filter=models.Q(state=State.OPEN, expires_at__gt=now)),
        unmailed=models.Count("pk", filter=models.Q(state=State.OPEN, expires_at__gt=now, person__email="")),
    )
    if not settings.SENDS_MAIL:
        counts |= {"mailed": 0, "unmailed": counts["for_paper"]}
    page = page_of(links_of(job).select_related("person__user"), ("pk",), asked)
    return Round(
        job=job,
        **counts,
        refused=refused_of(job),
        refused_count=job.result.get("refused_count", 0),
        page=page,
        rows=list(shown(page.rows, now=now, with_text=True)),
    )


def refused_of(job: Job) -> list[Refused]:
    said = job.result.get("refused", [])
    people = Person.objects.for_display().in_bulk([entry["person"] for entry in said])
    return [Refused(people[entry["person"]], *reason(entry)) for entry in said if entry["person"] in people]


def reason(entry: Mapping[str, str]) -> tuple[str, str]:
    """Why, and what to do."""
    if entry["why"] == HAS_LOGIN:
        return _("has a login already"), _("If the password is forgotten, reset it on this person's page.")
    if entry["why"] == HAS_LEFT:
        return _("no longer works here"), _("If that is wrong, correct the leave date first.")
    said = _("was invited by {name} a moment before").format(name=entry.get("by") or _("a colleague"))
    return said, _("Nothing to do: that link works.")


def shown(invitations: Iterable[Invitation], *, now: datetime, with_text: bool = False) -> Iterable[Made]:
    """The links as a list shows them: one statement."""
    invitations = list(invitations)
    kind = ContentType.objects.get_for_model(Invitation)
    deliveries = Delivery.objects.filter(
        notice__kind=mail.KIND, notice__subject_type=kind, notice__subject_id__in=[found.pk for found in invitations]
    )
    states = dict(deliveries.values_list("notice__subject_id", "state"))
    for found in invitations:
        works = found.state == State.OPEN and found.expires_at > now
        text = invitation_text(found) if with_text and works and can_be_shown(found) else ""
        yield Made(found, *standing(found, now=now), MAIL_WORDS[states.get(found.pk, "")](), text)


MAIL_WORDS = {
    "": lambda: "",
    Delivery.State.QUEUED: lambda: _("The mail is on its way"),
    Delivery.State.SENT: lambda: _("Sent by mail"),
    Delivery.State.FAILED: lambda: _("The mail could not be delivered"),
    Delivery.State.SKIPPED: lambda: "",
}


def standing(invitation: Invitation, *, now: datetime) -> tuple[str, str]:
    """How the link stands, in a word, and the colour of it."""
    if invitation.state == State.OPEN and invitation.expires_at <= now:
        return _("too old"), "soon"
    tone = {State.OPEN: "next", State.ACCEPTED: "ok"}.get(State(invitation.state), "plain")
    return str(invitation.get_state_display()), tone


@dataclass(frozen=True)
class Sheet:
    """Slips to print, a hundred a page of the browser."""

    slips: list[Slip]
    page: Page
    only_unmailed: bool


def sheet_of(links: models.QuerySet[Invitation], asked: Mapping[str, str], *, now: datetime) -> Sheet:
    """The links that still work, as slips; on `only=unmailed` those of people without a mail address."""
    only = asked.get("only") == "unmailed"
    found = working(links, now=now)
    if only and settings.SENDS_MAIL:
        found = found.filter(person__email="")
    page = page_of(found, ("pk",), asked, kept="only=unmailed" if only else "", size=SLIPS)
    return Sheet([slip_of(one) for one in page.rows if can_be_shown(one)], page, only)
