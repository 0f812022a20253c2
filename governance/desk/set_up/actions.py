"""What the set-up writes: the organisation, its first HR person, further companies."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from governance.accounts.models import Organisation, User
from governance.audit.actions.recording import record
from governance.calendar.actions import seed_calendar
from governance.calendar.models import WorkCalendar
from governance.directory.actions import begin_tenure, ensure_office, give_login, people
from governance.directory.actions.companies import add_company
from governance.directory.models import Company, Office
from governance.directory.names import fold
from governance.directory.permissions import check_can_keep_directory
from governance.regulations.actions import ensure_offices

from ..models import SetUp
from .tokens import THE_ONE, digest_of, is_open

CODE = "main"  # the first organisation of an installation, as commands call it
HEADQUARTERS = "HQ"
HR_OFFICE = "hr_admin"


class SomebodyWasQuicker(Exception):
    """Another tab or another person took this step; `sentence` says what stands now. Nothing was written."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class Names:
    """How the organisation and its headquarters are called, and the language that new logins begin with."""

    name: str
    short_name: str
    headquarters: str
    language: str

    @classmethod
    def of(cls, organisation: Organisation | None) -> "Names | None":
        """As they stand; None before they were entered."""
        if organisation is None:
            return None
        company = headquarters_of(organisation)
        return cls(organisation.name, organisation.short_name, company.name, organisation.language)


@dataclass(frozen=True)
class FirstPerson:
    """The first HR person. By the staff number a later import knows them again."""

    name: str
    number: str
    email: str
    username: str
    password: str


def locked(claim: str) -> SetUp:
    """The set-up's row, locked to the end of the transaction, for the session that holds `claim`."""
    found = SetUp.objects.select_for_update().filter(pk=THE_ONE, claim=digest_of(claim)).first()
    if not is_open():
        raise SomebodyWasQuicker(_("The first HR person has been entered meanwhile: sign in, or ask them."))
    if found is None or not claim:
        raise SomebodyWasQuicker(_("Somebody has used a newer token and carries on with the set-up."))
    return found


@transaction.atomic
def enter_organisation(names: Names, *, seen: str, claim: str, now: datetime) -> Organisation:
    """Enter the organisation with its headquarters and calendar, or correct them while nobody can sign in.

    `seen` is the name that stood on the page; when another stands there now, nothing is written. The same again
    changes nothing.
    """
    set_up = locked(claim)
    standing = Names.of(set_up.organisation)
    if standing == names:
        return set_up.organisation
    if seen != (standing.name if standing else ""):
        raise SomebodyWasQuicker(
            format_lazy(
                _("“{name}” was entered meanwhile in another tab. Look at it, and change it if it is wrong."),
                name=standing.name if standing else "–",
            )
        )
    facts = {"name": names.name, "short_name": names.short_name, "language": names.language}
    organisation, made = Organisation.objects.update_or_create(
        pk=set_up.organisation_id, defaults=facts, create_defaults={"code": CODE, "created_at": now, **facts}
    )
    if made:
        SetUp.objects.filter(pk=set_up.pk).update(organisation=organisation)
        set_up.organisation = organisation
        add_headquarters(organisation, names.headquarters, now=now)
    else:
        Company.objects.filter(organisation=organisation, code=HEADQUARTERS).update(name=names.headquarters)
    record("enter_organisation", headquarters_of(organisation), by=None, at=now, name=names.name)
    return organisation


def headquarters_of(organisation: Organisation) -> Company:
    """The company with which the set-up began; the operations log hangs the set-up on it."""
    return Company.objects.get(organisation=organisation, code=HEADQUARTERS)


def add_headquarters(organisation: Organisation, name: str, *, now: datetime) -> None:
    calendar = seed_calendar(organisation, until_year=now.year + 1)
    add_company(
        organisation,
        code=HEADQUARTERS,
        name=name,
        kind=Company.Kind.HEADQUARTERS,
        calendar=calendar,
        by=None,
        now=now,
    )


@transaction.atomic
def enter_first_person(entered: FirstPerson, *, claim: str, now: datetime) -> User:
    """The first HR person with a login, holder of the HR office from today on. The token's part ends with it."""
    set_up = locked(claim)
    organisation = set_up.organisation
    if organisation is None:
        raise SomebodyWasQuicker(_("The organisation has not been entered yet: begin with it."))
    company = headquarters_of(organisation)
    person = people.add(
        company, number=entered.number, name=entered.name, email=entered.email, by=None, now=now
    )
    user = give_login(person, username=entered.username, password=entered.password, now=now)
    office = ensure_office(
        organisation, HR_OFFICE, name="行政人事部", name_en="HR & Administration", kind=Office.Kind.BODY, now=now
    )
    begin_tenure(office, person, starts_on=timezone.localdate(now), now=now)
    SetUp.objects.filter(pk=set_up.pk).update(entered_at=now, digest="", claim="")
    record("enter_first_person", company, by=user, at=now, name=person.name)
    return user


@transaction.atomic
def add_project_companies(
    organisation: Organisation, names: Iterable[str], *, by: User, now: datetime
) -> list[Company]:
    """Enter the project companies that are not there yet, with the offices that the regulation has in each."""
    check_can_keep_directory(by)
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    there = list(Company.objects.filter(organisation=organisation))
    known = {fold(name) for company in there for name in (company.name, company.short_name, company.code) if name}
    codes = {company.code for company in there}
    free = (code for code in (f"P{number:02}" for number in range(1, 1000)) if code not in codes)
    added = []
    for name in names:
        if fold(name) in known:
            continue
        known.add(fold(name))
        added.append(
            add_company(
                organisation,
                code=next(free),
                name=name,
                kind=Company.Kind.PROJECT,
                calendar=WorkCalendar.objects.filter(organisation=organisation, is_default=True).first(),
                by=by,
                now=now,
            )
        )
    if added:
        ensure_offices(organisation, by=by, now=now)
    return added


@transaction.atomic
def add_office(
    organisation: Organisation, *, name: str, name_en: str, kind: str, by: User, now: datetime
) -> Office:
    """Enter an office that the regulation's answers may then name. Raises ValidationError when it is there already."""
    check_can_keep_directory(by)
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    there = Office.objects.filter(organisation=organisation, company=None)
    if any(fold(office.name) == fold(name) for office in there):
        raise ValidationError(_("There is already an office of this name."))
    codes = set(Office.objects.filter(organisation=organisation).values_list("code", flat=True))
    code = next(code for code in (f"office_{number}" for number in range(1, 10000)) if code not in codes)
    return ensure_office(organisation, code, name=name, name_en=name_en, kind=kind, by=by, now=now)


@transaction.atomic
def put_away(organisation: Organisation, *, by: User, now: datetime) -> None:
    """HR needs the set-up card no more, whatever is left to do. Twice is once."""
    office = check_can_keep_directory(by)
    if SetUp.objects.filter(organisation=organisation, finished_at=None).update(finished_at=now):
        record("finish_set_up", headquarters_of(organisation), by=by, at=now, office=office)
