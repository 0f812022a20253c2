"""What the page of one request reads, in a fixed number of statements whatever the request holds."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import models
from django.db.models import Count
from django.utils.translation import gettext as _

from governance.accounts.models import User
from governance.calendar.queries import working_time
from governance.directory.models import Office, Person
from governance.directory.queries import person_of
from governance.files.queries import ShownFile, attachments_of
from governance.regulations.models import RegulationVersion

from ..models import ApprovalStep, Consent, CreationRequest, Designation, Filing, Group
from ..platforms import platform_of
from ..rules import groups_needed
from ..wording import Basis, basis_of, said
from .creation import preview
from .creation_means import Means, means_of
from .creation_talk import Talk, talk_of
from .expected import Place, expected_members, members_by_function
from .history import Line, timeline
from .listing import Listed, listed
from .nudging import NudgeBox, nudge_box
from .terms import Terms, terms_in_force, terms_under
from .waiting import Waiting, now_line, open_duty, waiting_of
from .way import Stop, way_of

State = CreationRequest.State
TONES = {
    State.DRAFT: "plain",
    State.SUBMITTED: "next",
    State.APPROVED: "ok",
    State.SENT_BACK: "soon",
    State.LAPSED: "soon",
    State.REFUSED: "late",
    State.WITHDRAWN: "plain",
}


@dataclass(frozen=True)
class ConsentLine:
    """One exceptional member. `open` while the reader can tick it now; `why_not` says why a box is disabled."""

    pk: int
    person: Person
    reason: str
    state: str
    label: str
    open: bool
    ticked: bool
    why_not: str


@dataclass(frozen=True)
class Members:
    """Who will be in the group: by the rule, by function; `too_many` when one group cannot hold them."""

    expected: Listed
    rule: Basis
    labels: list[str]
    by_function: list[Person]
    by_function_as: str
    groups: int
    limit: int


@dataclass(frozen=True)
class RequestPage:
    """Everything the page shows."""

    request: CreationRequest
    terms: Terms | None
    way: list[Stop]
    waiting: Waiting | None
    steps: list[ApprovalStep]
    consents: list[ConsentLine]
    members: Members | None
    group: Group | None
    designation: Designation | None
    filings: list[Filing]
    designating_office: Office | None
    designation_basis: Basis
    filing_office: Office | None
    filing_basis: Basis
    attachments: list[ShownFile]
    timeline: list[Line]
    means: Means
    talk: Talk
    nudge: NudgeBox | None
    notices: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    @property
    def tone(self) -> str:
        """The colour of the state's chip."""
        return TONES[self.request.state]

    @property
    def last_word(self) -> ApprovalStep | None:
        """With what words it was sent back or refused; None while it was not."""
        return last_word(self.request, self.steps)

    @property
    def approval_basis(self) -> Basis:
        """On what the approval stands: the step that waits, else the first."""
        steps = self.terms.type.approval if self.terms else ()
        now = next((one.office.code for one in self.steps if one.position == self.request.step), None)
        return basis_of(next((step for step in steps if step.office == now), steps[0] if steps else None))

    @property
    def consents_open(self) -> bool:
        """Whether the reader is asked for consents here."""
        return any(consent.open for consent in self.consents)


def last_word(creation_request: CreationRequest, steps: Iterable[ApprovalStep]) -> ApprovalStep | None:
    """The step of this round that sent the request back or refused it."""
    if creation_request.state not in (State.SENT_BACK, State.REFUSED):
        return None
    return next((step for step in steps if step.outcome == creation_request.state), None)


def steps_of(creation_request: CreationRequest) -> list[ApprovalStep]:
    """The steps of the request's present round, in order: two statements, with what was recorded of them."""
    steps = creation_request.steps.filter(round=creation_request.round)
    related = ("office__company", "decided_by", "decided_for")
    return list(steps.select_related(*related).prefetch_related("recorded_decisions__approver"))


def for_page(requests: models.QuerySet[CreationRequest]) -> models.QuerySet[CreationRequest]:
    """With everything the page says about the request itself."""
    return requests.select_related(
        "group_type__regulation",
        "version__regulation",
        "company",
        "department",
        "submitter__department",
        "submitter__user",
        "copied_from",
    )


def request_page(
    creation_request: CreationRequest, user: User, *, now: datetime, ticked: Collection[int] = ()
) -> RequestPage:
    """The page for this reader; `ticked` are the consents that were ticked before an error sent the form back."""
    on = working_time(creation_request.organisation_id).local_day(now)
    terms = terms_for(creation_request, on=on)
    group = Group.objects.filter(creation_request=creation_request).select_related(
        "admin__department", "designating_office__company"
    ).first()  # fmt: skip
    designations = list(Designation.objects.filter(group=group).select_related("person__department")) if group else []
    filings = list(Filing.objects.filter(group=group).select_related("office__company")) if group else []
    consents = list(creation_request.consents.select_related("person__department", "office"))
    steps = steps_of(creation_request)
    step = next((one for one in steps if one.position == creation_request.step), None)
    duty = open_duty(creation_request, group, *designations[:1], *filings)
    waiting = waiting_of(duty, now=now)
    talk = talk_of(creation_request, user, now=now)
    means = means_of(creation_request, step, waiting, terms, user, on=on)
    subjects = [creation_request, group, *consents, *designations, *filings, *talk.subjects]
    return RequestPage(
        request=creation_request,
        terms=terms,
        way=way_of(creation_request, group=group, filings=filings, is_filed=bool(terms and terms.type.filing)),
        waiting=waiting,
        steps=steps,
        consents=[consent_line(consent, step, means, user, ticked) for consent in consents],
        members=members_of(creation_request, terms, on=on) if terms else None,
        group=group,
        designation=designations[0] if designations else None,
        filings=filings,
        designating_office=group.designating_office if group else office_for(creation_request, terms, "designation"),
        designation_basis=basis_of(terms.type.designation if terms else None),
        filing_office=office_for(creation_request, terms, "filing"),
        filing_basis=basis_of(terms.type.filing if terms else None),
        attachments=attachments_of(creation_request),
        timeline=[
            *([now_line(waiting, now=now)] if waiting else []),
            *timeline(one for one in subjects if one is not None),
        ],
        means=means,
        talk=talk,
        nudge=nudge_box(creation_request, waiting, terms, user, now=now),
        notices=notices_on(creation_request, terms, waiting, on=on),
        complaints=complaints_on(creation_request, terms, means, on=on),
    )


def terms_for(creation_request: CreationRequest, *, on: date) -> Terms | None:
    """The terms of the version it was last submitted under; of the version in force while it is a draft."""
    if creation_request.version_id is None:
        return terms_in_force(creation_request.group_type, on=on)
    return terms_under(creation_request.version, creation_request.group_type.code)


def office_for(creation_request: CreationRequest, terms: Terms | None, part: str) -> Office | None:
    rule = getattr(terms.type, part) if terms else None
    return terms.office(rule.office, creation_request.company) if rule else None


def members_of(creation_request: CreationRequest, terms: Terms, *, on: date) -> Members:
    """Whom the member rule names today."""
    place = Place(creation_request.company, creation_request.department)
    expected = expected_members(terms.type, place, on=on)
    kinds = dict(expected.order_by().values_list("employment_kind").annotate(Count("pk")))
    platform = platform_of(terms.type.platform)
    return Members(
        expected=listed(expected, kinds),
        rule=basis_of(terms.type.members),
        labels=[said(selector.label) for selector in terms.type.members.mandatory],
        by_function=list(members_by_function(terms.type, place, on=on).for_display()),
        by_function_as=said(terms.type.by_function_as),
        groups=groups_needed(sum(kinds.values()) + creation_request.external_expected, platform),
        limit=platform.members,
    )


def consent_line(
    consent: Consent, step: ApprovalStep | None, means: Means, user: User, ticked: Collection[int]
) -> ConsentLine:
    """Ticked is only what the reader ticked himself; nobody consents on what is about himself."""
    person = person_of(user)
    own = person is not None and consent.person_id == person.pk
    mine = means.decides and step is not None and consent.office_id == step.office_id
    asked = consent.state == Consent.State.ASKED
    return ConsentLine(
        pk=consent.pk,
        person=consent.person,
        reason=consent.reason,
        state=consent.state,
        label=str(consent.get_state_display()),
        open=mine and asked and not own and not means.decide_refusal,
        ticked=consent.pk in ticked and not own,
        why_not=_("Nobody consents on what is about himself.") if mine and asked and own else "",
    )


def notices_on(
    creation_request: CreationRequest, terms: Terms | None, waiting: Waiting | None, *, on: date
) -> list[str]:
    """What a reader should know first: nobody can decide, it changed hands, a newer regulation is in force."""
    found = list(waiting.notices) if waiting else []
    if creation_request.state == State.LAPSED:
        found.append(_("Nobody decided in time, so it came back to the submitter: it can be resubmitted as it stands."))
    if terms is None:
        found.append(_("No regulation in force knows this type of group."))
    newer = newer_version(creation_request, on=on)
    if newer and creation_request.state == State.SUBMITTED:
        found.append(
            _("Handled under version %(version)s, in force when it was submitted; version %(newer)s has come since.")
            % {"version": creation_request.version.version, "newer": newer}
        )
    if newer and creation_request.state in (State.SENT_BACK, State.LAPSED):
        found.append(_("Resubmitted, it will be handled under version %(newer)s.") % {"newer": newer})
    return found


def newer_version(creation_request: CreationRequest, *, on: date) -> str:
    """The version in force today, when it is not the one the request runs under."""
    if creation_request.version_id is None:
        return ""
    versions = RegulationVersion.objects.filter(regulation=creation_request.version.regulation).in_force(on=on)
    found = versions.values_list("pk", "version").first()
    return found[1] if found and found[0] != creation_request.version_id else ""


def complaints_on(creation_request: CreationRequest, terms: Terms | None, means: Means, *, on: date) -> list[str]:
    """What stands in the way of submitting what the reader is still writing."""
    if not means.is_mine or not creation_request.is_with_submitter:
        return []
    current = terms_in_force(creation_request.group_type, on=on) if creation_request.version_id else terms
    if means.submit_refusal or current is None:
        return [means.submit_refusal] if means.submit_refusal else []
    return [sentence for found in preview(current, creation_request, on=on).complaints.values() for sentence in found]
