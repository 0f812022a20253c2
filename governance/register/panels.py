"""What the register adds to the pages of a person and of an office."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from governance.accounts.models import User
from governance.calendar.templatetags.when import when_words
from governance.directory.models import Office, Person
from governance.directory.panels import Panel
from governance.directory.queries import holds, offices_held, person_of
from governance.duties.kinds import kind_of, title_of
from governance.duties.queries import is_late, open_duties_of_office
from governance.regulations.models import RegulationVersion
from governance.regulations.queries import data_with_answers
from groups.models import CreationRequest, Group
from groups.terms import GroupTypeTerms, OfficeRule, terms_of
from groups.wording import said
from members.models import Membership

LISTED = 30


@dataclass(frozen=True)
class GroupLine:
    """A group of the person: as its admin or as a member."""

    name: str
    url: str
    role: str
    state: str


@dataclass(frozen=True)
class RuleLine:
    """What the office has to do by the regulation in force; `ours` where it is our reading or an instruction."""

    what: str
    of: str
    article: str
    ours: str


@dataclass(frozen=True)
class DutyLine:
    """What waits for the office."""

    title: str
    label: str | Promise
    url: str
    since: str
    due_at: datetime | None
    late: bool
    provisional: bool


def groups_of_person(user: User, person: Person, on: date) -> Panel:
    """The groups the person looks after or is declared to be in, of those the reader may see: one statement."""
    member = Membership.objects.current().filter(person=person).values("group_id")
    groups = Group.objects.visible_to(user, on=on).open().filter(Q(admin=person) | Q(pk__in=member))
    rows = list(groups.order_by("sort_key", "pk").only("name", "state", "admin_id", "sort_key")[: LISTED + 1])
    lines = [group_line(group, person) for group in rows[:LISTED]]
    facts = {"lines": lines, "more": len(rows) > LISTED, "is_me": person_of(user) == person}
    return Panel(gettext_lazy("Groups"), "register/_person_groups.html", facts)


def group_line(group: Group, person: Person) -> GroupLine:
    is_admin = group.admin_id == person.pk
    return GroupLine(
        name=group.name,
        url=group.get_absolute_url(),
        role=pgettext("member", "group admin") if is_admin else pgettext("member", "member"),
        state="" if group.state == Group.State.ESTABLISHED else str(group.get_state_display()),
    )


def requests_of_person(user: User, person: Person, on: date) -> Panel | None:
    """The requests the person submitted, of those the reader may see; nothing for who never asked for a group."""
    visible = CreationRequest.objects.visible_to(user, on=on).submitted_by(person)
    requests = list(visible.order_by("-created_at", "-pk")[: LISTED + 1])
    if not requests:
        return None
    facts = {"requests": requests[:LISTED], "more": len(requests) > LISTED}
    return Panel(gettext_lazy("Requests"), "register/_person_requests.html", facts)


def rules_of_office(_user: User, office: Office, on: date) -> Panel | None:
    """What the regulations in force give the office to do, each with its article."""
    lines = [line for data in data_in_force(office.organisation_id, on=on) for line in rules_in(data, office.code)]
    return Panel(gettext_lazy("By the regulation"), "register/_office_rules.html", {"lines": lines}) if lines else None


def data_in_force(organisation_id: int, *, on: date) -> Iterator[dict]:
    """The data of the version in force of each regulation, with the answers to its questions."""
    seen: set[int] = set()
    versions = RegulationVersion.objects.filter(organisation_id=organisation_id).in_force(on=on)
    for version in versions.select_related("regulation"):
        if version.regulation_id not in seen:
            seen.add(version.regulation_id)
            yield data_with_answers(version)


def rules_in(data: dict, code: str) -> Iterator[RuleLine]:
    """What it has to do for which types (types under the same article and reading together), then for the whole."""
    for what, rules in parts_of(terms_of(data).values()):
        types: dict[tuple[str, str], list[str]] = {}
        for terms, rule in rules:
            if rule.office == code:
                types.setdefault((rule.article or "", said(rule.interpreted_as)), []).append(said(terms.name))
        for (article, ours), names in types.items():
            yield RuleLine(what, pgettext("between names in a row", ", ").join(names), article, ours)
    for entry in data.get("supervises") or []:
        if entry.get("office") == code:
            yield RuleLine(_("supervises daily"), "", entry.get("article") or "", said(entry.get("interpreted_as")))
    interprets = data.get("interprets") or {}
    if interprets.get("office") == code:
        article = interprets.get("article") or ""
        yield RuleLine(_("interprets the regulation"), "", article, said(interprets.get("interpreted_as")))


def parts_of(types: object) -> Iterator[tuple[str, list[tuple[GroupTypeTerms, OfficeRule]]]]:
    """Each thing an office can have to do, with the rules that give it."""
    types = list(types)
    yield pgettext("office", "submits"), [(terms, rule) for terms in types for rule in terms.submitters]
    yield pgettext("office", "approves"), [(terms, rule) for terms in types for rule in terms.approval]
    yield pgettext("office", "consents singly"), [(terms, terms.consent) for terms in types if terms.consent]
    yield pgettext("office", "designates"), [(terms, terms.designation) for terms in types if terms.designation]
    yield pgettext("office", "is filed with"), [(terms, terms.filing) for terms in types if terms.filing]


def duties_of_office(user: User, office: Office, on: date) -> Panel | None:
    """What waits for the office now: for its holders, and for who oversees everything."""
    overseer = any(held.oversees and held.company_id is None for held in offices_held(user, on=on))
    if not overseer and not holds(user, office, on=on):
        return None
    now = timezone.now()
    duties = list(open_duties_of_office(office)[: LISTED + 1])
    lines = [
        DutyLine(
            title=title_of(duty.verb, duty.title, duty.facts),
            label=kind_of(duty.verb).label,
            url=duty.path,
            since=when_words(duty.opened_at, now),
            due_at=duty.due_at,
            late=is_late(duty, now) and not office.executive,
            provisional=duty.provisional,
        )
        for duty in duties[:LISTED]
    ]
    facts = {"lines": lines, "more": len(duties) > LISTED}
    return Panel(gettext_lazy("What waits for it"), "register/_office_duties.html", facts)
