"""Who may take which step. Each check returns the office acted for, or raises NotAllowed with the reason."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.accounts.models import User
from governance.calendar.queries import working_time
from governance.calendar.templatetags.when import day_words
from governance.directory.models import Company, Office
from governance.directory.permissions import office_among
from governance.directory.queries import held, holders_of, holds, holds_code, offices_held, person_of
from governance.duties.models import Duty
from governance.duties.queries import has_duty, open_of
from governance.workflow import NotAllowed, raise_wrong_state

from .models import (
    ApprovalStep,
    Comment,
    Consent,
    CreatedName,
    CreationRequest,
    Designation,
    ExistingGroup,
    Filing,
    Group,
    Inquiry,
    RecordedDecision,
)
from .queries.creation import about_prefix
from .queries.terms import Terms, terms_in_force, terms_under

WITH_SUBMITTER = ("amend", "resubmit")  # steps of a request that has come back
REMOVABLE_FOR = timedelta(minutes=10)


def today_of(user: User) -> date:
    return working_time(user.organisation_id).local_day(timezone.now())


def submitting_office(user: User, terms: Terms, company: Company | None = None) -> Office | None:
    """The first of the type's submitting offices that the user holds: the organisation's, or the company's own."""
    codes = {rule.office for rule in terms.type.submitters}
    for office in offices_held(user, on=today_of(user)):
        if office.code in codes and (company is None or office.company_id in (None, company.pk)):
            return office
    return None


def check_can_request(user: User, terms: Terms | None, company: Company | None = None) -> Office:
    """May the user ask for a group of this type? Only the type's submitting offices, only while the type is open."""
    if terms is None:
        raise NotAllowed(_("No regulation in force knows this type of group."))
    if terms.type.state == "undecided":
        raise NotAllowed(
            _("Whether such groups are to be set up is not decided yet: the question waits for an instruction.")
        )
    if terms.type.state == "closed":
        raise NotAllowed(_("By instruction no groups of this type are set up."))
    office = submitting_office(user, terms, company)
    if office is None:
        raise NotAllowed(_("Requests for this type are submitted by other offices."))
    return office


def check_can_edit(user: User, creation_request: CreationRequest) -> None:
    """Only the submitter changes a request, and only while it is with him."""
    check_is_submitter(user, creation_request)
    if not creation_request.is_with_submitter:
        raise_wrong_state(creation_request)


def check_is_submitter(user: User, creation_request: CreationRequest) -> None:
    """The submitter, or to whom what came back was handed over; once the submitter has left the company, whoever holds
    a submitting office of the type."""
    person = person_of(user)
    if person is not None and creation_request.submitter_id == person.pk:
        return
    on = today_of(user)
    if person is not None and not creation_request.submitter.is_present(on=on):
        terms = terms_in_force(creation_request.group_type, on=on)
        if terms and submitting_office(user, terms, creation_request.company):
            return
    if creation_request.is_with_submitter and has_duty(user, creation_request, *WITH_SUBMITTER):
        return
    raise NotAllowed(_("Only the submitter can do this."))


def check_can_submit(user: User, creation_request: CreationRequest) -> tuple[Office, Terms]:
    """The submitter (or his successor), still holding a submitting office of the type as it stands today."""
    check_is_submitter(user, creation_request)
    terms = terms_in_force(creation_request.group_type, on=today_of(user))
    return check_can_request(user, terms, creation_request.company), terms


def check_can_withdraw(user: User, creation_request: CreationRequest) -> None:
    """The submitter may withdraw until it is decided."""
    check_is_submitter(user, creation_request)


def waiting_step(creation_request: CreationRequest) -> ApprovalStep:
    """The approval step that waits; WrongState when none does."""
    if creation_request.state != CreationRequest.State.SUBMITTED:
        raise_wrong_state(creation_request)
    return round_steps(creation_request)[creation_request.step]


def round_steps(creation_request: CreationRequest) -> list[ApprovalStep]:
    """The steps of the present round, in order. Which they are is settled at the submission, so they are remembered on
    the request, with whether there are consents to give (`asks_consents`). How they ended is not to be read from them.
    """
    remembered = creation_request.__dict__.get("_round_steps")
    if remembered is None or remembered[0] != creation_request.round:
        consents = Consent.objects.filter(creation_request=models.OuterRef("creation_request"))
        steps = creation_request.steps.filter(round=creation_request.round).select_related("office__company")
        steps = steps.annotate(asks_consents=models.Exists(consents))
        remembered = remember_steps(creation_request, steps)
    return remembered[1]


def remember_steps(creation_request: CreationRequest, steps: Iterable[ApprovalStep]) -> tuple[int, list[ApprovalStep]]:
    creation_request.__dict__["_round_steps"] = (creation_request.round, list(steps))
    return creation_request.__dict__["_round_steps"]


def check_can_decide(user: User, creation_request: CreationRequest) -> Office:
    """The office whose turn it is, held today; never the submitter himself (DESIGN.md, Approval)."""
    step = waiting_step(creation_request)
    office = held(user, step.office, on=today_of(user))
    if office is None:
        raise NotAllowed(_("This is for %(office)s to decide.") % {"office": step.office})
    if person_of(user).pk == creation_request.submitter_id:
        raise NotAllowed(
            _("Nobody decides on his own submission: another holder, a delegate or another submitter is needed.")
        )
    return office


def check_can_approve(user: User, creation_request: CreationRequest) -> Office:
    """As for any decision; and a type that was closed meanwhile can no longer be approved, nor a name whose beginning
    is reserved for another type by now."""
    office = check_can_decide(user, creation_request)
    check_type_is_open(user, creation_request)
    return office


def check_type_is_open(user: User, creation_request: CreationRequest) -> Terms:
    """The terms in force today, if they still know the type and let such groups be, and the end asked for is still to
    come."""
    terms = terms_in_force(creation_request.group_type, on=today_of(user))
    if terms is None or terms.type.state != "open":
        raise NotAllowed(_("This type of group was closed after the request was submitted: send it back or refuse it."))
    ends_on, on = creation_request.ends_on, today_of(user)
    if ends_on is not None and ends_on < on:
        until = {"day": day_words(ends_on, on)}
        sentence = _("The group was asked for until %(day)s, which has passed: send it back or refuse it.")
        raise NotAllowed(sentence % until)
    if sentences := about_prefix(terms, creation_request.name):
        raise NotAllowed(_("%(why)s Send it back, so that it is named otherwise.") % {"why": sentences[0]})
    return terms


def check_can_record(user: User, creation_request: CreationRequest) -> Office:
    """The office that the regulation names records what an approver decided by word or in writing (代录); never on what
    the recorder submitted, and never for himself."""
    step, on = waiting_step(creation_request), today_of(user)
    terms = terms_under(creation_request.version, creation_request.group_type.code)
    office = terms.organisation_office("records")
    if office is None:
        raise NotAllowed(_("The regulation names nobody who records decisions given by word or in writing."))
    if not holds(user, office, on=on):
        raise NotAllowed(_("Decisions given by word or in writing are recorded by %(office)s.") % {"office": office})
    if person_of(user).pk == creation_request.submitter_id:
        raise NotAllowed(_("Nobody records a decision on his own submission."))
    if holds(user, step.office, on=on):
        raise NotAllowed(_("You hold the office whose turn it is: please decide yourself."))
    return office


def check_can_contest(user: User, recorded: RecordedDecision, *, now: datetime) -> None:
    """The approver for whom it was recorded, within the working days that the regulation gives him."""
    person = person_of(user)
    if person is None or person.pk != recorded.approver_id:
        raise NotAllowed(_("Only the approver for whom it was recorded contests it."))
    if now > recorded.contestable_until:
        raise NotAllowed(_("The time for contesting it is over."))


def check_can_settle(user: User, recorded: RecordedDecision) -> Office:
    """The office that recorded it puts it right."""
    if not holds(user, recorded.office, on=today_of(user)):
        raise NotAllowed(_("A contested record is settled by %(office)s.") % {"office": recorded.office})
    return recorded.office


def approving_office(group: Group) -> Office | None:
    """The office that had the last word on the group's request; None where no approval was needed."""
    request = group.creation_request
    steps = request.steps.filter(round=request.round, outcome=ApprovalStep.State.APPROVED) if request else ()
    last = steps.select_related("office__company").last() if request else None
    return last.office if last else None


def revoking_offices(group: Group) -> list[Office]:
    """Who may revoke the approval: the office that gave it, and those the regulation names besides."""
    terms = terms_under(group.version, group.group_type.code)
    named = [terms.office(rule.office, group.company) for rule in terms.type.revokers] if terms else []
    return [office for office in (approving_office(group), *named) if office is not None]


def check_can_revoke(user: User, group: Group) -> Office:
    """The approving office, or one the regulation names, until the group is established; nobody his own submission."""
    on, offices = today_of(user), revoking_offices(group)
    office = next((office for office in offices if holds(user, office, on=on)), None)
    if office is None:
        names = "、".join(dict.fromkeys(map(str, offices))) or "–"
        raise NotAllowed(_("The approval can be revoked by %(offices)s.") % {"offices": names})
    if group.state == Group.State.ESTABLISHED:
        raise NotAllowed(
            _(
                "The group is established, so its approval can no longer be revoked. If it is not to go on, ask its "
                "admin to announce the end in the group and to dissolve it."
            )
        )
    if group.creation_request is not None and group.creation_request.submitter_id == person_of(user).pk:
        raise NotAllowed(_("Nobody decides on his own submission: another holder or office revokes it."))
    return office


def check_can_abandon(user: User, group: Group) -> Office:
    """HR states that a group was never established, once a step of it is overdue."""
    office = office_among(user, ("hr_admin",))
    if office is None:
        raise NotAllowed(_("That a group was never established is stated by HR & Administration."))
    designations = group.designations.order_by().values("pk")
    late = open_of(Group, [group.pk]) | open_of(Designation, designations)
    if group.state == Group.State.APPROVED and not Duty.objects.filter(late, due_at__lt=timezone.now()).exists():
        raise NotAllowed(_("Its steps are not overdue yet: whoever has the group still has time."))
    return office


def check_can_copy(user: User, creation_request: CreationRequest) -> Office:
    """Whoever could submit such a request today may begin one from what an older one said."""
    if not creation_request.number:
        raise NotAllowed(_("A draft is not copied: change it, or submit it."))
    terms = terms_in_force(creation_request.group_type, on=today_of(user))
    return check_can_request(user, terms, creation_request.company)


def check_can_circulate(user: User, creation_request: CreationRequest) -> None:
    """Whoever sees a request may show it to others, once it was submitted: a draft is the submitter's alone."""
    if not creation_request.number:
        raise NotAllowed(_("A draft is not circulated: submit it first."))


def check_can_comment(user: User, creation_request: CreationRequest) -> None:
    """Whoever sees a request, from its submission to its decision; auditors read and change nothing."""
    if not creation_request.number:
        raise NotAllowed(_("A draft is not commented on: submit it first."))
    if not creation_request.is_open:
        raise_wrong_state(creation_request)
    if holds_code(user, "auditor", on=today_of(user)):
        raise NotAllowed(_("Auditors read everything and change nothing."))


def check_can_remove_comment(user: User, comment: Comment, *, now: datetime) -> None:
    """Its author alone, within ten minutes: what others have read for longer stands."""
    if comment.author_id != user.pk:
        raise NotAllowed(_("Only its author can remove a comment."))
    if now - comment.written_at > REMOVABLE_FOR:
        raise NotAllowed(_("A comment can be removed for ten minutes. This one stands: please write another one."))


def check_can_ask(user: User, creation_request: CreationRequest) -> Office:
    """Whoever could decide now asks for opinions; the decision stays with him."""
    return check_can_decide(user, creation_request)


def check_can_nudge(user: User, creation_request: CreationRequest) -> None:
    """The submitter (or his successor), and HR, who are asked about it."""
    if not holds_code(user, "hr_admin", on=today_of(user)):
        check_is_submitter(user, creation_request)


def check_can_give_opinion(user: User, inquiry: Inquiry) -> None:
    """Only the person who was asked."""
    person = person_of(user)
    if person is None or inquiry.person_id != person.pk:
        raise NotAllowed(_("Somebody else was asked for this opinion."))


def check_can_take_over_groups(user: User) -> Office:
    """The groups that were there before the portal are entered by HR of the whole organisation."""
    office = office_among(user, ("hr_admin",))
    if office is None:
        raise NotAllowed(_("Existing groups are entered by HR & Administration."))
    return office


def check_can_set_amnesty(user: User) -> Office:
    """Until when existing groups may be brought in is set by HR or by the President's Office."""
    office = office_among(user, ("hr_admin", "presidents_office"))
    if office is None:
        raise NotAllowed(_("Until when groups may be brought in is set by HR or the President's Office."))
    return office


def check_can_approve_existing(user: User, existing: ExistingGroup) -> Office:
    """Supplementary approval: the office that approves its type, held today; never whoever brought the group in."""
    if existing.state != ExistingGroup.State.REGISTERED:
        raise_wrong_state(existing)
    if existing.approving_office is None:
        raise NotAllowed(_("Who approves such groups is not decided yet: the question waits for an instruction."))
    if not holds(user, existing.approving_office, on=today_of(user)):
        raise NotAllowed(_("This is for %(office)s to decide.") % {"office": existing.approving_office})
    if user.pk in existing.importer_ids:
        raise NotAllowed(_("Nobody decides on groups that he entered himself: another holder or a delegate is needed."))
    return existing.approving_office


def check_can_designate(user: User, group: Group) -> Office:
    """The type's designating office names the admin (Art. 5), or a colleague to whom it passed the step on."""
    on = today_of(user)
    office = held(user, group.designating_office, on=on)
    if office is None and has_duty(user, group, "designate"):
        return group.designating_office
    if office is None:
        said = _("The admin is designated by %(office)s.") % {"office": group.designating_office}
        raise NotAllowed(said + vacancy(group.designating_office, on=on))
    return office


def vacancy(office: Office, *, on: date) -> str:
    """What to do first where nobody holds the office: said to the interpreting office, with which the step lies."""
    if holders_of(office, on=on).exists():
        return ""
    return _(" Nobody holds it at present: a holder or an acting holder is named first.")


def check_can_answer_designation(user: User, designation: Designation) -> None:
    """Only the designated person accepts or declines."""
    person = person_of(user)
    if person is None or designation.person_id != person.pk:
        raise NotAllowed(_("Only the designated person can accept or decline."))


def check_can_establish(user: User, group: Group) -> None:
    """Only the accepted admin confirms that the group exists in WeChat."""
    person = person_of(user)
    if person is None or group.admin_id != person.pk:
        raise NotAllowed(_("The group's admin confirms its establishment."))


def check_can_judge_name(user: User, created: CreatedName) -> Office:
    """Whether a group may keep another name than the approved one is for its designating office to say."""
    office, on = created.group.designating_office, today_of(user)
    if not holds(user, office, on=on):
        raise NotAllowed(_("The name is decided on by %(office)s.") % {"office": office} + vacancy(office, on=on))
    return office


def check_can_rename(user: User, created: CreatedName) -> None:
    """Only the admin says that the group was renamed in WeChat."""
    person = person_of(user)
    if person is None or created.group.admin_id != person.pk:
        raise NotAllowed(_("The group's admin renames it in WeChat and says so here."))


def check_can_acknowledge(user: User, filing: Filing) -> Office:
    """The office filed with, or a colleague to whom it passed the step on, acknowledges or asks to complete; it never
    refuses (Art. 4.5)."""
    on = today_of(user)
    office = held(user, filing.office, on=on)
    if office is None and has_duty(user, filing, "acknowledge"):
        return filing.office
    if office is None:
        raise NotAllowed(
            _("The filing is acknowledged by %(office)s.") % {"office": filing.office} + vacancy(filing.office, on=on)
        )
    return office


def check_can_complete(user: User, filing: Filing) -> None:
    """The group's admin, whoever submitted its request, or to whom it was passed on, completes a filing."""
    person = person_of(user)
    own = filing.group.admin_id, filing.group.creation_request.submitter_id
    if person is None or person.pk not in own and not has_duty(user, filing, "complete"):
        raise NotAllowed(_("The group's admin or the submitter completes the filing."))
