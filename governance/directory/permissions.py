"""Who may change the directory, who may see personal data; checks return the office acted for or raise NotAllowed."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from governance.accounts.models import User
from governance.calendar.queries import working_time
from governance.workflow import NotAllowed

from .models import Company, Invitation, Office, Person, Tenure
from .queries import offices_held, person_of

KEEPERS = ("hr_admin", "portal_keeper")
CONFIDANTS = (*KEEPERS, "presidents_office")


def today_of(user: User) -> date:
    return working_time(user.organisation_id).local_day(timezone.now())


def office_among(user: User, codes: tuple[str, ...]) -> Office | None:
    """The first office with one of these codes that the user holds for the whole organisation or its headquarters."""
    return next(iter(everywhere(offices_held(user, on=today_of(user)), codes)), None)


def everywhere(offices: Iterable[Office], codes: tuple[str, ...]) -> list[Office]:
    """Those with one of these codes that hold for the whole organisation or its headquarters."""
    return [
        office
        for office in offices
        if office.code in codes and (office.company is None or office.company.kind == Company.Kind.HEADQUARTERS)
    ]


def check_can_keep_directory(user: User) -> Office:
    """Only HR & Administration and the portal's keeper change people, departments and offices."""
    office = office_among(user, KEEPERS)
    if office is None:
        raise NotAllowed(_("People and offices are kept by HR & Administration."))
    return office


def check_can_import_people(user: User) -> Office:
    """Importing is keeping the directory, many people at a time."""
    return check_can_keep_directory(user)


def check_can_merge(user: User, one: Person, other: Person) -> Office:
    """The directory's keepers, two entries of their organisation; never one's own."""
    office = check_can_keep_directory(user)
    if {one.organisation_id, other.organisation_id} != {user.organisation_id}:
        raise NotAllowed(_("This person belongs to another organisation."))
    if one.pk == other.pk:
        raise NotAllowed(_("This is one and the same entry."))
    mine = person_of(user)
    if mine is not None and mine.pk in (one.pk, other.pk):
        raise NotAllowed(_("Nobody merges his own entry: ask a colleague who keeps the directory."))
    return office


def check_can_keep_calendars(user: User) -> Office:
    """Working days and hours are kept by whoever keeps the directory."""
    office = office_among(user, KEEPERS)
    if office is None:
        raise NotAllowed(_("Working days and hours are kept by HR & Administration."))
    return office


def check_can_begin_tenure(user: User, office: Office, person: Person | None = None) -> Office:
    """The directory's keepers; nobody gives an office to himself."""
    if office.organisation_id != user.organisation_id:
        raise NotAllowed(_("This office belongs to another organisation."))
    acting_for = check_can_keep_directory(user)
    if person is not None and person == person_of(user):
        raise NotAllowed(_("Nobody gives an office to himself: ask another holder to record it."))
    return acting_for


def check_can_end_tenure(user: User, office: Office) -> Office:
    return check_can_begin_tenure(user, office)


def check_can_name_delegate(user: User, person: Person) -> Office | None:
    """The absent holder himself (returns None), or the directory's keepers for him; only whoever holds an office."""
    if person.organisation_id != user.organisation_id:
        raise NotAllowed(_("This person belongs to another organisation."))
    own = person == person_of(user)
    office = None if own else office_among(user, KEEPERS)
    if not own and office is None:
        raise NotAllowed(_("A delegate is named by whoever is absent himself, or by HR & Administration for him."))
    if not Tenure.objects.own().meeting(today_of(user), None).filter(person=person).exists():
        raise NotAllowed(
            _("%(name)s holds no office: there is nothing a delegate could decide.") % {"name": person.name}
        )
    return office


def check_can_end_delegation(user: User, delegation: Tenure) -> Office | None:
    """The holder who is stood for himself (returns None), or the directory's keepers for him."""
    holder = delegation.stands_for.person
    if holder == person_of(user):
        return None
    office = office_among(user, KEEPERS)
    if office is None or delegation.organisation_id != user.organisation_id:
        raise NotAllowed(_("It is ended by %(name)s, or by HR & Administration for him.") % {"name": holder.name})
    return office


def check_can_invite(user: User, person: Person) -> Office:
    """The directory's keepers, for somebody who has no login and has not left."""
    office = check_can_keep_directory(user)
    if person.user_id is not None:
        raise NotAllowed(_("%(name)s already has a login.") % {"name": person.name})
    check_has_not_left(person, on=today_of(user))
    return office


def check_can_revoke(user: User, invitation: Invitation) -> Office:
    """The directory's keepers, whoever made the link."""
    if invitation.organisation_id != user.organisation_id:
        raise NotAllowed(_("This link belongs to another organisation."))
    return check_can_keep_directory(user)


def check_can_reset_password(user: User, person: Person) -> Office:
    """The directory's keepers, for a colleague's login that is in use; one's own password is changed on one's page."""
    office = check_can_keep_directory(user)
    if person.user_id is None:
        raise NotAllowed(_("%(name)s has no login yet: send an invitation.") % {"name": person.name})
    if person.user_id == user.pk:
        raise NotAllowed(_("Nobody resets his own password: change it on your page, or ask a colleague."))
    if not person.user.is_active:
        raise NotAllowed(_("This login is closed."))
    check_has_not_left(person, on=today_of(user))
    return office


def check_has_not_left(person: Person, *, on: date) -> None:
    if person.left_on is not None and person.left_on < on:
        raise NotAllowed(_("%(name)s no longer works here.") % {"name": person.name})


def check_can_accept(invitation: Invitation | None, *, now: datetime) -> None:
    """Whoever has the link, while it is the newest, unused, not too old, and its person works here.

    The refusal says which of these fails, and what to do then.
    """
    if invitation is None:
        raise NotAllowed(_("This link is not complete. Copy it once more, or ask HR & Administration for a new one."))
    person, on = invitation.person, working_time(invitation.organisation_id).local_day(now)
    was_first = invitation.purpose == Invitation.Purpose.FIRST
    if invitation.state == Invitation.State.ACCEPTED or (was_first and person.user_id is not None):
        raise NotAllowed(_("This link was used already. Sign in with the password that was set then."))
    if invitation.state == Invitation.State.AWAITING:
        raise NotAllowed(_("A second person has to consent to this link first. Please try again later."))
    if invitation.state == Invitation.State.REFUSED:
        raise NotAllowed(_("The consent to this link was refused. Ask HR & Administration."))
    if invitation.state == Invitation.State.REVOKED:
        raise NotAllowed(_("This link was taken back. Ask HR & Administration for a new one."))
    if invitation.state == Invitation.State.REPLACED:
        raise NotAllowed(_("A newer link was made for you. Please use the newest."))
    if person.left_on is not None and person.left_on < on:
        raise NotAllowed(_("Your last working day has passed. The portal is closed to you."))
    if invitation.expires_at <= now:
        raise NotAllowed(_("This link is too old. Ask HR & Administration for a new one."))
    if person.user_id is not None and not person.user.is_active:
        raise NotAllowed(_("This login is closed."))


def may_see_contacts(user: User) -> bool:
    """Phone and mail of others are for HR, the President's Office and the portal's keeper."""
    return office_among(user, CONFIDANTS) is not None


def may_see_files(user: User) -> bool:
    """Kinds of employment, staff numbers, dates and who has left are for whoever holds an office."""
    return bool(offices_held(user, on=today_of(user)))
