"""What the printed forms say: 建群申请表 and 备案登记表, each with its members as an annex."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import F
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from governance.accounts.models import Organisation, User
from governance.calendar.queries import working_time
from governance.calendar.templatetags.when import clause_words, organisation_zone
from governance.directory.models import Office, Tenure
from governance.directory.rules import acting_name
from governance.files.queries import attachments_of
from governance.regulations.models import RegulationVersion
from groups.labels import joined
from groups.models import ApprovalStep, Consent, CreationRequest, Designation, Filing, Group
from groups.queries.creation_page import office_for, terms_for
from groups.queries.expected import Place, expected_members, members_by_function
from groups.queries.facts import article_and_text, place_of
from groups.queries.terms import Terms, terms_under
from groups.terms import GroupTypeTerms
from groups.wording import said
from members.queries import roster_rows

MOST_PRINTED = 3000
RECORDED = "recorded_decisions__approver"


@dataclass(frozen=True)
class Entry:
    """One box of the form. A `wide` one takes the whole line, the others stand two on a line."""

    label: str
    value: object
    wide: bool = False


@dataclass(frozen=True)
class Verdict:
    """What one office wrote: its opinion over its name, the day and the place for its seal.

    `mark` says in whose stead it was written (代行职务); `about` which submission it answers, where there were several.
    """

    office: str
    outcome: str = ""
    opinion: str = ""
    name: str = ""
    mark: str = ""
    day: str = ""
    article: str = ""
    about: str = ""


@dataclass(frozen=True)
class Line:
    """One member of the annex."""

    name: str
    place: str
    post: str = ""
    remark: str = ""


@dataclass(frozen=True)
class Paper:
    """A form on paper. `members_on` says of which day its list of members is; `rest` are those it leaves out."""

    organisation: Organisation
    title: str
    number: str
    state: str
    entries: list[Entry]
    consents: list[Verdict] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)
    members_title: str = ""
    members_on: str = ""
    members: list[Line] = field(default_factory=list)
    rest: int = 0
    printed: str = ""

    @property
    def count(self) -> int:
        """How many members there are, printed or not."""
        return len(self.members) + self.rest


def day_of(at: datetime | date | None) -> str:
    """2026年11月24日, in the organisation's time; nothing for nothing."""
    if at is None:
        return ""
    return date_format(at.astimezone(organisation_zone()) if isinstance(at, datetime) else at, "DATE_FORMAT")


def printed_words(user: User, now: datetime) -> str:
    """Who printed it and when, at the foot of the form."""
    return _("Printed by %(name)s, %(at)s") % {
        "name": user,
        "at": f"{day_of(now)} {now.astimezone(organisation_zone()):%H:%M}",
    }


def regulation_words(version: RegulationVersion | None, article: str | None) -> str:
    """《微信群管理办法》（1.0 版）第四条第 3 项."""
    if version is None:
        return clause_words(article) if article else ""
    words = _("“%(regulation)s”, version %(version)s") % {
        "regulation": version.regulation,
        "version": version.version,
    }
    return f"{words} {clause_words(article)}" if article else words


# --- 建群申请表 -----------------------------------------------------------------------------------------------------
def request_paper(creation_request: CreationRequest, user: User, *, now: datetime) -> Paper:
    """The creation request as a form: facts, consents, each office's opinion, and whom the member rule names today."""
    on = working_time(creation_request.organisation_id).local_day(now)
    terms = terms_for(creation_request, on=on)
    members, rest = expected_lines(creation_request, terms.type, on=on) if terms else ([], 0)
    recorded = recorded_times(creation_request)
    return Paper(
        organisation=creation_request.organisation,
        title=_("Application to create a WeChat group"),
        number=creation_request.number,
        state=str(creation_request.get_state_display()),
        entries=request_entries(creation_request, terms, len(members) + rest),
        consents=[consent_verdict(one, recorded.get(one.decided_at)) for one in consents_of(creation_request)],
        verdicts=[*step_verdicts(creation_request), *further_verdicts(creation_request, terms)],
        members_title=_("Expected members"),
        members_on=day_of(on),
        members=members,
        rest=rest,
        printed=printed_words(user, now),
    )


def request_entries(creation_request: CreationRequest, terms: Terms | None, expected: int) -> list[Entry]:
    submitter = creation_request.submitter
    unit = submitter.department or submitter.company
    rules = [said(selector.label) for selector in terms.type.members.mandatory] if terms else []
    count = _("%(count)s people") % {"count": expected}
    attached = [shown.name for shown in attachments_of(creation_request)]
    entries = [
        Entry(_("Group name"), creation_request.name, wide=True),
        Entry(_("Group type"), creation_request.group_type),
        Entry(_("For"), place_of(creation_request)),
        Entry(_("Submitter"), submitter.name),
        Entry(_("Submitter's unit"), unit),
        Entry(_("Submitted on"), day_of(creation_request.submitted_at)),
        Entry(_("Until when"), day_of(creation_request.ends_on) or _("for as long as it is needed")),
        Entry(
            _("On the basis of"),
            regulation_words(creation_request.version, terms.type.article if terms else None),
            wide=True,
        ),
        Entry(_("Purpose"), creation_request.purpose, wide=True),
        Entry(_("Expected members"), f"{joined(rules)} · {count}" if rules else count, wide=True),
    ]
    if creation_request.external_expected:
        about = _("about %(count)s expected") % {"count": creation_request.external_expected}
        entries.append(Entry(_("External members"), about, wide=True))
    entries.append(Entry(_("Attachments"), joined(attached) if attached else _("none"), wide=True))
    return entries


def consents_of(creation_request: CreationRequest) -> Iterable[Consent]:
    people = ("person__department", "person__company", "decided_by", "decided_for")
    return creation_request.consents.select_related("office", *people)


def recorded_times(creation_request: CreationRequest) -> dict[datetime, str]:
    """When a decision was recorded, and for whom: the consents given with it bear the same time."""
    recorded = creation_request.recorded_decisions.select_related("approver")
    return {one.recorded_at: one.approver.name for one in recorded}


def consent_verdict(consent: Consent, approver: str | None = None) -> Verdict:
    """One exceptional member with what was said on him alone; `office` names the member here."""
    person = consent.person
    return Verdict(
        office=person.name,
        about=str(person.post or person.department or person.company),
        opinion=consent.reason,
        outcome=str(consent.get_state_display()),
        name=acting_name(consent.decided_by or "", absent=consent.decided_for),
        mark=_("recorded for %(name)s") % {"name": approver} if approver else "",
        day=day_of(consent.decided_at),
    )


def step_verdicts(creation_request: CreationRequest) -> list[Verdict]:
    """The opinions of every round, in order; steps of a former round that nobody came to are left out."""
    steps = [
        step
        for step in creation_request.steps.select_related(
            "office__company", "decided_by", "decided_for"
        ).prefetch_related(RECORDED)
        if step.round == creation_request.round or step.outcome != ApprovalStep.State.WAITING
    ]
    acting = acting_tenures(steps)
    return [step_verdict(step, creation_request, acting) for step in steps]


def step_verdict(step: ApprovalStep, creation_request: CreationRequest, acting: list[Tenure]) -> Verdict:
    waiting = step.outcome == ApprovalStep.State.WAITING
    about = _("submission %(round)s") % {"round": step.round} if creation_request.round > 1 else ""
    return Verdict(
        office=str(step.office),
        outcome="" if waiting else str(step.get_outcome_display()),
        opinion=step.opinion,
        name=acting_name(step.decided_by or "", absent=step.decided_for),
        mark=acting_mark(step, acting),
        day=day_of(step.decided_at),
        article=clause_words(step.article) if step.article else "",
        about=about,
    )


def acting_tenures(steps: Iterable[ApprovalStep]) -> list[Tenure]:
    """The acting tenures of whoever decided: one statement, none while nobody has."""
    deciders = {step.decided_by_id for step in steps if step.decided_by_id}
    if not deciders:
        return []
    tenures = Tenure.objects.filter(acting=True, person__user__in=deciders, office__in={s.office_id for s in steps})
    return list(tenures.annotate(user_id=F("person__user__pk")))


def acting_mark(step: ApprovalStep, acting: Iterable[Tenure]) -> str:
    """代录 with the approver's name; 代行职务, where who decided only acted for the office on that day."""
    if step.decided_at is None:
        return ""
    if step.recorded:
        return _("recorded for %(name)s") % {"name": step.recorded.approver.name}
    day = step.decided_at.astimezone(organisation_zone()).date()
    for tenure in acting:
        mine = tenure.office_id == step.office_id and tenure.user_id == step.decided_by_id
        if mine and (tenure.starts_on or day) <= day <= (tenure.ends_on or day):
            return pgettext("tenure", "acting")
    return ""


def further_verdicts(creation_request: CreationRequest, terms: Terms | None) -> list[Verdict]:
    """Boxes for the offices that come after an approval: the designating one with whom it named, the filing one."""
    group = Group.objects.filter(creation_request=creation_request).first()
    found = []
    designating = group.designating_office if group else office_for(creation_request, terms, "designation")
    if designating:
        found.append(designation_verdict(group, designating, terms))
    filing = group and group.filings.select_related("office__company", "acknowledged_by", "acknowledged_for").first()
    office = filing.office if filing else office_for(creation_request, terms, "filing")
    if office:
        article = filing.article if filing else terms.type.filing.article
        found.append(filing_verdict(filing, office, article))
    return found


def designation_verdict(group: Group | None, office: Office, terms: Terms | None) -> Verdict:
    standing = group.designations.filter(state__in=Designation.IN_FORCE) if group else Designation.objects.none()
    designation = standing.select_related("person", "designated_by", "designated_for").first()
    rule = terms.type.designation if terms else None
    article = clause_words(rule.article) if rule and rule.article else ""
    if designation is None:
        return Verdict(office=str(office), article=article, about=_("designation of the admin"))
    return Verdict(
        office=str(office),
        outcome=_("Designates %(name)s") % {"name": designation.person.name},
        opinion=designation.reason,
        name=acting_name(designation.designated_by, absent=designation.designated_for),
        day=day_of(designation.designated_at),
        article=article,
        about=_("designation of the admin"),
    )


def filing_verdict(filing: Filing | None, office: Office, article: str | None) -> Verdict:
    done = filing is not None and filing.state == Filing.State.ACKNOWLEDGED
    return Verdict(
        office=str(office),
        outcome=_("Acknowledged as %(number)s.") % {"number": filing.number} if done else "",
        name=acting_name(filing.acknowledged_by or "", absent=filing.acknowledged_for) if filing else "",
        day=day_of(filing.acknowledged_at) if filing else "",
        article=clause_words(article) if article else "",
        about=pgettext("paper", "filing"),
    )


def expected_lines(
    creation_request: CreationRequest, terms: GroupTypeTerms, *, on: date
) -> tuple[list[Line], int]:
    """Whom the member rule names, then who belongs there by function; and how many did not fit."""
    place = Place(creation_request.company, creation_request.department)
    ordered = ("company__kind", "company", "department__path", "sort_key", "pk")
    expected = expected_members(terms, place, on=on)
    people = expected.select_related("department", "company").order_by(*ordered)[:MOST_PRINTED]
    lines = [Line(one.name, str(one.department or one.company), one.post) for one in people]
    rest = expected.count() - len(lines) if len(lines) == MOST_PRINTED else 0
    for one in members_by_function(terms, place, on=on).select_related("department", "company"):
        lines.append(Line(one.name, str(one.department or one.company), one.post, pgettext("member", "by function")))
    return lines, rest


# --- 备案登记表 -----------------------------------------------------------------------------------------------------
def filing_paper(filing: Filing, user: User, *, now: datetime) -> Paper:
    """The filing as a form: what the group is, how it was approved and established, and its declared roster."""
    group = filing.group
    on = working_time(group.organisation_id).local_day(now)
    terms = terms_under(group.version, group.group_type.code)
    members = declared_lines(group, on=on)
    return Paper(
        organisation=filing.organisation,
        title=_("Filing of a WeChat group"),
        number=filing.number,
        state=str(filing.get_state_display()),
        entries=filing_entries(filing, terms),
        verdicts=[
            *step_verdicts(group.creation_request),
            filing_verdict(filing, filing.office, filing.article),
        ],
        members_title=_("Declared members"),
        members_on=day_of(on),
        members=members[:MOST_PRINTED],
        rest=max(0, len(members) - MOST_PRINTED),
        printed=printed_words(user, now),
    )


def filing_entries(filing: Filing, terms: Terms) -> list[Entry]:
    group = filing.group
    request, made = group.creation_request, getattr(group, "establishment", None)
    entries = [
        Entry(_("Group name"), group.name, wide=True),
        Entry(_("Group type"), group.group_type),
        Entry(_("For"), place_of(group)),
        Entry(_("Request"), request.number),
        Entry(_("Submitter"), request.submitter.name),
        Entry(_("Approved on"), day_of(group.approved_at)),
        Entry(_("Established on"), day_of(group.established_on)),
        Entry(_("Group admin"), named(group.admin)),
        Entry(_("Group owner"), named(group.owner)),
        Entry(_("Members"), "" if group.member_count is None else str(group.member_count)),
        Entry(_("Until when"), day_of(group.ends_on) or _("for as long as it is needed")),
        Entry(_("Purpose"), group.purpose, wide=True),
    ]
    if made:
        entries += [
            Entry(_("Invitation confirmation"), switched(made.invitation_confirmation)),
            Entry(_("Group notice"), _("posted") if made.notice_posted else _("not posted")),
        ]
        if made.name_as_created != group.name:
            entries.append(Entry(_("Name as created"), made.name_as_created, wide=True))
    entries += [
        Entry(_("Filed with"), filing.office),
        Entry(_("Filed on"), day_of(filing.filed_at)),
        Entry(_("On the basis of"), filing_basis(filing, terms), wide=True),
    ]
    if filing.remark:
        entries.append(Entry(_("To be completed"), filing.remark, wide=True))
    if filing.supplement:
        entries.append(Entry(_("Completed by the admin"), filing.supplement, wide=True))
    return entries


def filing_basis(filing: Filing, terms: Terms) -> str:
    """The regulation and its article, with what the article says."""
    rule = terms.type.filing
    words = regulation_words(filing.group.version, None)
    return f"{words} {article_and_text(filing.article, said(rule.written) if rule else '')}"


def named(person: object) -> str:
    """陈晓 营销部; a dash for nobody."""
    if person is None:
        return "—"
    return " ".join(str(part) for part in (person.name, person.department) if part)


def switched(on: bool) -> str:
    return _("switched on") if on else _("switched off")


def declared_lines(group: Group, *, on: date) -> list[Line]:
    """The declared roster; the admin and the owner are marked, so are people from outside and who has left since."""
    return [declared_line(row, group, on=on) for row in roster_rows(group)]


def declared_line(row: tuple, group: Group, *, on: date) -> Line:
    marks = []
    if row.person_id is None:
        return Line(row.external_name, row.external_company or "", remark=pgettext("member", "external"))
    if row.person_id == group.admin_id:
        marks.append(pgettext("member", "group admin"))
    if row.person_id == group.owner_id:
        marks.append(pgettext("member", "group owner"))
    if row.left_on is not None and row.left_on < on:
        marks.append(pgettext("member", "has left the company"))
    return Line(row.name, row.department or row.company or "", remark=joined(marks))
