"""What the page of a filing reads."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import models

from governance.accounts.models import User
from governance.calendar.queries import working_time
from governance.directory.models import Person
from governance.directory.queries import held
from governance.files.queries import ShownFile, attachments_of
from governance.workflow import refusal

from ..models import Filing, Group
from ..permissions import check_can_acknowledge, check_can_complete
from ..wording import Basis, basis_of
from .designation_pages import request_url_for, way_of_group
from .facts import Fact, group_facts
from .history import Line, timeline
from .terms import terms_under
from .waiting import Waiting, on_behalf, open_duty, waiting_of
from .way import Stop

State = Filing.State
TONES = {State.FILED: "next", State.RETURNED: "soon", State.ACKNOWLEDGED: "ok"}


@dataclass(frozen=True)
class FilingPage:
    """`written`: the filing's own article, where the type's does not say it already. `acknowledges`: the reader's
    office has it; `completes`: the reader is asked to complete it."""

    tone: str
    way: list[Stop]
    facts: list[Fact]
    basis: Basis
    written: str
    admin: Person | None
    owner: Person | None
    attachments: list[ShownFile]
    screenshots: list[ShownFile]
    waiting: Waiting | None
    timeline: list[Line]
    acknowledges: bool
    completes: bool
    on_behalf: str


def filings_visible_to(user: User, *, on: date) -> models.QuerySet[Filing]:
    """The filings of the groups one may see, with everything their page says."""
    groups = Group.objects.visible_to(user, on=on).order_by().values("pk")
    return Filing.objects.filter(organisation_id=user.organisation_id, group__in=groups).select_related(
        "office__company",
        "acknowledged_by",
        "acknowledged_for",
        "group__group_type__regulation",
        "group__version__regulation",
        "group__company",
        "group__department",
        "group__admin__department",
        "group__owner__department",
        "group__establishment",
        "group__creation_request__submitter__department",
        "group__creation_request__company",
        "group__creation_request__group_type",
    )


def filing_page(filing: Filing, user: User, *, now: datetime) -> FilingPage:
    """The page of one filing for this reader."""
    group = filing.group
    on = working_time(group.organisation_id).local_day(now)
    terms = terms_under(group.version, group.group_type.code)
    basis = basis_of(terms.type.filing)
    return FilingPage(
        tone=TONES[filing.state],
        way=way_of_group(group, terms),
        facts=group_facts(group, terms, on=on, request_url=request_url_for(group, user, on=on)),
        basis=basis,
        written=basis.written if basis.article != terms.type.article else "",
        admin=group.admin,
        owner=group.owner,
        attachments=attachments_of(filing),
        screenshots=attachments_of(group, "establishment"),
        waiting=waiting_of(open_duty(filing), now=now),
        timeline=timeline([filing]),
        acknowledges=filing.state == State.FILED and not refusal(check_can_acknowledge, user, filing),
        completes=filing.state == State.RETURNED and not refusal(check_can_complete, user, filing),
        on_behalf=on_behalf(held(user, filing.office, on=on)) if filing.state == State.FILED else "",
    )
