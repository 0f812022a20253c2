"""What the checklist of an establishment reads."""

from dataclasses import dataclass
from datetime import date, datetime

from governance.accounts.models import User
from governance.calendar.queries import working_time
from governance.directory.models import Person
from governance.duties.models import Duty

from ..models import Group
from ..notice_text import notice_text
from ..platforms import Platform, platform_of
from .designation_pages import request_url_for, way_of_group
from .expected import members_to_be
from .facts import Fact, group_facts
from .terms import Terms, terms_under
from .waiting import open_duty
from .way import Stop


@dataclass(frozen=True)
class EstablishmentPage:
    """`notice` is the group notice in the reader's language; `notice_zh` the Chinese one for a reader of another."""

    way: list[Stop]
    facts: list[Fact]
    duty: Duty | None
    late: bool
    notice: str
    notice_zh: str
    is_filed: bool


@dataclass(frozen=True)
class Roster:
    """Who should be in the group, sorted by 拼音, and what the platform and the type allow."""

    expected: list[Person]
    platform: Platform
    external: bool


def terms_for(group: Group) -> Terms:
    return terms_under(group.version, group.group_type.code)


def first_roster(group: Group, *, on: date) -> Roster:
    """The list to tick off: by the rule, by consents that were given, by function, the admin."""
    terms = terms_for(group)
    people = members_to_be(group, terms.type, on=on).for_display().order_by("sort_key", "pk")
    return Roster(list(people), platform_of(terms.type.platform), terms.type.members.external)


def establishment_page(group: Group, user: User, *, now: datetime, language: str) -> EstablishmentPage:
    """The page for the admin; `language` is the one he reads."""
    on = working_time(group.organisation_id).local_day(now)
    terms = terms_for(group)
    duty = open_duty(group)
    chinese = language.startswith("zh")
    return EstablishmentPage(
        way=way_of_group(group, terms),
        facts=group_facts(group, terms, on=on, request_url=request_url_for(group, user, on=on)),
        duty=duty,
        late=duty is not None and duty.due_at is not None and duty.due_at < now,
        notice=notice_text(group, terms, admin=group.admin),
        notice_zh="" if chinese else notice_text(group, terms, admin=group.admin, language="zh-hans"),
        is_filed=bool(terms.type.filing and "creation" in terms.type.filing.events),
    )
