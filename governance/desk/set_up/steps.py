"""How far the set-up is: each step with what is done and what is next."""

from dataclasses import dataclass, field, replace
from datetime import date

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from governance.accounts.models import Organisation, User
from governance.directory.models import Company, Office, Person, Tenure
from governance.directory.permissions import KEEPERS, check_can_keep_directory
from governance.regulations.models import OpenQuestion, Regulation, RegulationVersion
from governance.regulations.queries import newest_data
from governance.workflow import refusal
from groups.models import ExistingGroup, Group

from ..models import SetUp


@dataclass(frozen=True)
class Link:
    """Where a step leads besides its own page."""

    label: str
    url: str


@dataclass(frozen=True)
class Step:
    """One step. `state` is done, now (the next one) or empty."""

    title: str
    said: str
    done: bool
    url: str = ""
    action: str = ""
    links: list[Link] = field(default_factory=list)
    state: str = ""


def steps_for(organisation: Organisation, *, on: date) -> list[Step]:
    """All steps in their order; the first that is not done is the next one."""
    steps = [
        Step(_("Organisation"), organisation.name, True),
        first_person(organisation, on=on),
        companies(organisation),
        regulation(organisation),
        people(organisation),
        offices(organisation, on=on),
        existing_groups(organisation),
    ]
    following = next((step for step in steps if not step.done), None)
    states = {True: "done", False: ""}
    return [replace(step, state="now" if step is following else states[step.done]) for step in steps]


def first_person(organisation: Organisation, *, on: date) -> Step:
    held = Tenure.objects.running(on=on).filter(office__organisation=organisation, office__code="hr_admin")
    names = list(held.values_list("person__name", flat=True))
    said = _("HR & Administration is held by {names}.").format(names=pgettext("between names", ", ").join(names) or "–")
    return Step(_("First HR person"), said, True)


def companies(organisation: Organisation) -> Step:
    found = Company.objects.filter(organisation=organisation).order_by("kind", "code")
    names = list(found.values_list("name", flat=True))
    shown = pgettext("between names", ", ").join(names[:5]) + ("…" if len(names) > 5 else "")
    said = ngettext("{n} company: {names}.", "{n} companies: {names}.", len(names)).format(n=len(names), names=shown)
    return Step(_("Companies"), said, True, reverse("set_up_companies"), _("Add project companies"))


def regulation(organisation: Organisation) -> Step:
    loaded = Regulation.objects.filter(organisation=organisation, versions__isnull=False).distinct()
    names = [str(found) for found in loaded]
    if not names:
        said = _("Choose one of the regulations that come with the portal, or upload your own as a file.")
        return Step(_("Regulation"), said, False, reverse("set_up_regulation"), _("Load a regulation"))
    still_open = OpenQuestion.objects.filter(organisation=organisation, state=OpenQuestion.State.OPEN).count()
    said = _("Loaded: {names}.").format(names=pgettext("between names", ", ").join(names))
    links = []
    if still_open:
        said += ngettext(
            " It leaves {n} question open.", " It leaves {n} questions open.", still_open
        ).format(n=still_open)
        links = [Link(_("Open questions"), reverse("questions"))]
    return Step(_("Regulation"), said, True, reverse("set_up_regulation"), _("Load another file"), links)


def people(organisation: Organisation) -> Step:
    count = Person.objects.filter(organisation=organisation).count()
    links = [Link(_("Template workbook"), reverse("people_import_template"))]
    if count < 2:
        said = _("Download the template, fill it in or paste your staff list into it, and import it.")
        return Step(_("People"), said, False, reverse("people_import"), _("Import people"), links)
    said = ngettext("{n} person.", "{n} people.", count).format(n=count)
    return Step(_("People"), said, True, reverse("people_import"), _("Import more people"), links)


def named_offices(organisation: Organisation) -> list[Office]:
    """The offices that the organisation's regulations, with the answers given, name."""
    codes = {entry["code"] for data in newest_data(organisation.pk) for entry in data["offices"]}
    return list(
        Office.objects.filter(organisation=organisation, code__in=codes | own_codes(organisation))
        .select_related("company")
        .order_by("company", "kind", "pk")
    )


def own_codes(organisation: Organisation) -> set[str]:
    """Codes of offices entered by hand: answers to open questions may name them."""
    entered = Office.objects.filter(organisation=organisation, code__startswith="office_")
    return set(entered.values_list("code", flat=True))


def vacant_offices(organisation: Organisation, *, on: date) -> list[Office]:
    named = named_offices(organisation)
    held = set(Tenure.objects.running(on=on).filter(office__in=named).values_list("office_id", flat=True))
    return [office for office in named if office.pk not in held]


def offices(organisation: Organisation, *, on: date) -> Step:
    url, action = reverse("set_up_offices"), _("See the offices")
    if not RegulationVersion.objects.filter(organisation=organisation).exists():
        return Step(_("Offices"), _("Which offices there are, the regulation says: load it first."), False, url, action)
    if not named_offices(organisation):
        said = _("The regulation names no office: enter those that its open questions ask for.")
        return Step(_("Offices"), said, False, url, _("Enter offices"))
    vacant = vacant_offices(organisation, on=on)
    if not vacant:
        return Step(_("Offices"), _("Every office of the regulation has a holder."), True, url, action)
    said = ngettext("{n} office has no holder yet.", "{n} offices have no holder yet.", len(vacant))
    return Step(_("Offices"), said.format(n=len(vacant)), False, url, action)


def existing_groups(organisation: Organisation) -> Step:
    """Groups that the company had before the portal."""
    entered = ExistingGroup.objects.filter(organisation=organisation).count()
    done = entered > 0 or Group.objects.filter(organisation=organisation).exists()
    said = _("Groups are in the register.") if done else _("Enter the groups that the company has already.")
    links = []
    if entered:
        said = ngettext("{n} existing group is entered.", "{n} existing groups are entered.", entered).format(n=entered)
        links = [Link(_("Open points"), reverse("existing_groups_open"))]
    return Step(_("Existing groups"), said, done, reverse("existing_groups"), _("Enter existing groups"), links)


# --- the desk's card --------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class SetUpCard:
    """What the desk says to HR until people and offices are there."""

    left: list[str]
    url: str


def card_for(user: User, *, on: date) -> SetUpCard | None:
    """One statement, and only for who keeps the directory; none for others and once HR has put the card away."""
    if refusal(check_can_keep_directory, user):
        return None
    held = Tenure.objects.running(on=on).filter(office=OuterRef("pk"))
    mine = OuterRef("organisation")
    offices = Office.objects.filter(organisation=mine).exclude(code__in=KEEPERS)
    others = Person.objects.filter(organisation=mine).exclude(user=user)
    found = (
        SetUp.objects.filter(organisation=user.organisation_id, finished_at=None)
        .values_list(
            Exists(RegulationVersion.objects.filter(organisation=mine)),
            Exists(others),
            Exists(offices),
            Exists(offices.filter(~Exists(held))),
        )
        .first()
    )
    if found is None:
        return None
    loaded, has_people, has_offices, has_vacant = found
    left = [
        *([] if loaded else [_("Regulation")]),
        *([] if has_people else [_("People")]),
        *([_("Offices")] if has_vacant or not has_offices else []),
    ]
    return SetUpCard(left, reverse("set_up")) if left else None
