"""What the pages of a designation read."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import models
from django.utils.translation import gettext as _

from governance.accounts.models import User
from governance.calendar.queries import working_time
from governance.directory.models import Office
from governance.directory.queries import held
from governance.workflow import refusal

from ..models import CreationRequest, Designation, Filing, Group
from ..permissions import check_can_answer_designation, check_can_designate
from ..told import Told, told
from ..wording import Basis, basis_of
from .designation import (
    declined_before,
    default_holders,
    default_post,
    designations_visible_to,
    waits_for_admin,
    was_there_before,
)
from .facts import Fact, group_facts
from .history import Line, timeline
from .open_points import duty_about
from .terms import Terms, terms_under
from .waiting import Waiting, on_behalf, open_duty, waiting_of
from .way import Stop, way_of

TONES = {
    Designation.State.PROPOSED: "next",
    Designation.State.ACCEPTED: "ok",
    Designation.State.DECLINED: "plain",
    Designation.State.DROPPED: "plain",
    Designation.State.REPLACED: "plain",
}


@dataclass(frozen=True)
class NewPage:
    """Designating: `post` is the proposed post, `vacant` when nobody holds it."""

    way: list[Stop]
    facts: list[Fact]
    basis: Basis
    post: Office | None
    vacant: bool
    in_principle: bool
    declined: list[Designation]
    phrases: list[str]
    on_behalf: str


@dataclass(frozen=True)
class DesignationPage:
    """One designation. `answers`: it is the reader's to answer; `establishes`: he accepted and the checklist is next;
    `chooses_again`: the reader's office has to choose anew."""

    tone: str
    way: list[Stop]
    facts: list[Fact]
    basis: Basis
    duties: list[Told]
    waiting: Waiting | None
    timeline: list[Line]
    is_mine: bool
    answers: bool
    establishes: bool
    chooses_again: bool


def way_of_group(group: Group, terms: Terms) -> list[Stop]:
    """The stops of the group's matter."""
    if was_there_before(group):
        return []
    filings = list(Filing.objects.filter(group=group))
    return way_of(group.creation_request, group=group, filings=filings, is_filed=bool(terms.type.filing))


def request_url_for(group: Group, user: User, *, on: date) -> str:
    """The address of the group's request, for those who may see it."""
    request = group.creation_request
    if request is None:
        return ""
    visible = CreationRequest.objects.visible_to(user, on=on).filter(pk=request.pk).exists()
    return request.get_absolute_url() if visible else ""


def new_page(group: Group, user: User, *, now: datetime) -> NewPage:
    """The page on which the designating office chooses."""
    on = working_time(group.organisation_id).local_day(now)
    terms = terms_under(group.version, group.group_type.code)
    post = default_post(group, terms)
    vacant = post is not None and not default_holders(group, terms, on=on)
    return NewPage(
        way=way_of_group(group, terms),
        facts=group_facts(group, terms, on=on, request_url=request_url_for(group, user, on=on)),
        basis=basis_of(terms.type.designation),
        post=post,
        vacant=vacant,
        in_principle=bool(terms.type.designation and terms.type.designation.in_principle),
        declined=declined_before(group),
        phrases=phrases_about(post if vacant else None),
        on_behalf=on_behalf(held(user, group.designating_office, on=on)),
    )


def phrases_about(vacant_post: Office | None) -> list[str]:
    """Common reasons for a choice."""
    common = [_("Knows this work and its people."), _("Looks after similar groups already.")]
    return [_("%(post)s: nobody holds it.") % {"post": vacant_post}, *common] if vacant_post else common


def visible_designations(user: User, *, on: date) -> models.QuerySet[Designation]:
    """Those one may see, with everything their page says."""
    return designations_visible_to(user, on=on).select_related(
        "person__department",
        "person__company",
        "office__company",
        "designated_by",
        "designated_for",
        "group__group_type__regulation",
        "group__version__regulation",
        "group__company",
        "group__department",
        "group__admin__department",
        "group__designating_office__company",
        "group__creation_request__submitter__department",
        "group__creation_request__company",
        "group__creation_request__group_type",
    )


def designation_page(designation: Designation, user: User, *, now: datetime) -> DesignationPage:
    """The page of one designation for this reader."""
    group = designation.group
    on = working_time(group.organisation_id).local_day(now)
    terms = terms_under(group.version, group.group_type.code)
    is_mine = not refusal(check_can_answer_designation, user, designation)
    waits = waits_for_admin(group, on=on)
    return DesignationPage(
        tone=TONES[designation.state],
        way=way_of_group(group, terms),
        facts=group_facts(group, terms, on=on, request_url=request_url_for(group, user, on=on)),
        basis=basis_of(terms.type.designation),
        duties=told(terms, "admin_duties"),
        waiting=waiting_of(open_duty(designation, group) or duty_about(group), now=now),
        timeline=timeline([group, *group.designations.all()]),
        is_mine=is_mine,
        answers=is_mine and designation.state == Designation.State.PROPOSED,
        establishes=is_mine and group.admin_id == designation.person_id and group.state == Group.State.APPROVED,
        chooses_again=waits and not refusal(check_can_designate, user, group),
    )
