"""Who may change the directory, who may see personal data; checks return the office acted for or raise NotAllowed."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from governance.accounts.models import User
from governance.calendar.queries import working_time
from governance.workflow import NotAllowed

from .models import Company, Office, Person
from .queries import offices_held, person_of

KEEPERS = ("hr_admin", "portal_keeper")
CONFIDANTS = (*KEEPERS, "presidents_office")


def today_of(user: User) -> date:
    return working_time(user.organisation_id).local_day(timezone.now())


def office_among(user: User, codes: tuple[str, ...]) -> Office | None:
    """The first office with one of these codes that the user holds for the whole organisation or its headquarters."""
    for office in offices_held(user, on=today_of(user)):
        everywhere = office.company is None or office.company.kind == Company.Kind.HEADQUARTERS
        if office.code in codes and everywhere:
            return office
    return None


def check_can_keep_directory(user: User) -> Office:
    """Only HR & Administration and the portal's keeper change people, departments and offices."""
    office = office_among(user, KEEPERS)
    if office is None:
        raise NotAllowed(_("People and offices are kept by HR & Administration."))
    return office


def check_can_import_people(user: User) -> Office:
    """Importing is keeping the directory, many people at a time."""
    return check_can_keep_directory(user)


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


def may_see_contacts(user: User) -> bool:
    """Phone and mail of others are for HR, the President's Office and the portal's keeper."""
    return office_among(user, CONFIDANTS) is not None


def may_see_files(user: User) -> bool:
    """Kinds of employment, staff numbers, dates and who has left are for whoever holds an office."""
    return bool(offices_held(user, on=today_of(user)))
