"""Every link made in the organisation, by how it stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from governance.accounts.models import User
from governance.directory.models import Invitation
from governance.directory.names import fold
from governance.paging import Page, Tab, count_up_to, page_of

from .rounds import Made, shown

State = Invitation.State
AWAITING, OPEN, EXPIRED, USED, ENDED = "awaiting", "open", "expired", "used", "ended"
TABS: tuple[tuple[str, str | Promise], ...] = (
    (OPEN, _("Open")),
    (AWAITING, _("Waiting for consent")),
    (EXPIRED, _("Too old")),
    (USED, _("Used")),
    (ENDED, _("Replaced, taken back or refused")),
)


@dataclass(frozen=True)
class Given:
    """Fifty links of one tab, the newest first."""

    tabs: list[Tab]
    tab: str
    words: str
    rows: list[Made]
    page: Page


def links_by(tab: str, organisation_id: int, *, now: datetime) -> models.QuerySet[Invitation]:
    links = Invitation.objects.filter(organisation_id=organisation_id)
    if tab == EXPIRED:
        # Who has come in by another way needs no link any more.
        waits = models.Q(purpose=Invitation.Purpose.RESET) | models.Q(person__user=None)
        return links.filter(waits, state=State.OPEN, expires_at__lte=now)
    if tab == AWAITING:
        return links.filter(state=State.AWAITING)
    if tab == USED:
        return links.filter(state=State.ACCEPTED)
    if tab == ENDED:
        return links.filter(state__in=(State.REPLACED, State.REVOKED, State.REFUSED))
    return links.filter(state=State.OPEN, expires_at__gt=now)


def given_by(user: User, asked: Mapping[str, str], *, now: datetime) -> Given:
    """A constant number of statements: one per tab for its count, two for the rows."""
    tab = asked.get("tab") if asked.get("tab") in dict(TABS) else OPEN
    words = asked.get("q", "").replace("\0", "").strip()[:100]
    found = links_by(tab, user.organisation_id, now=now)
    for word in words.split():
        found = found.filter(person__search__contains=fold(word))
    kept = "&".join(filter(None, [f"tab={tab}", urlencode({"q": words}) if words else ""]))
    page = page_of(
        found.select_related("person__department", "person__company", "person__user", "issued_by", "job"),
        ("-issued_at", "-pk"),
        asked,
        kept=kept,
    )
    tabs = [
        Tab(label, f"?tab={code}", code == tab, count_up_to(links_by(code, user.organisation_id, now=now)))
        for code, label in TABS
    ]
    return Given(tabs, tab, words, list(shown(page.rows, now=now)), page)
