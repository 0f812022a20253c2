"""The list of what is open on existing groups, for each reader what is his to settle, with counts."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from governance.accounts.models import User
from governance.directory.models import Office
from governance.directory.queries import offices_held, person_of
from governance.paging import Page, Tab, page_of
from governance.workflow import refusal

from ..models import Designation, ExistingGroup, GroupType, OpenPoints
from ..permissions import check_can_approve_existing, check_can_take_over_groups
from ..visibility import oversees_all
from ..wording import said
from .open_points import APPROVED_BY_SOMEBODY, SETTLED, UNDECIDED, to_designate
from .terms import terms_in_force

TABS: tuple[tuple[str, str | Promise], ...] = (
    ("approve", pgettext_lazy("open point", "never approved")),
    ("designate", pgettext_lazy("open point", "no admin")),
    ("accept", pgettext_lazy("open point", "to be accepted")),
    ("type", pgettext_lazy("open point", "type missing")),
    ("name", pgettext_lazy("open point", "name taken")),
    ("owner", pgettext_lazy("open point", "owner unknown")),
    ("refused", pgettext_lazy("open point", "not approved afterwards")),
    ("undecided", pgettext_lazy("open point", "type not decided")),
)
WITH = (
    "company",
    "group_type__regulation",
    "imported__office",
    "approving_office__company",
    "admin__department",
    "owner__department",
    "decided_by",
    "group__admin__department",
    "group__owner__department",
    "group__designating_office__company",
    "group__company",
)


@dataclass(frozen=True)
class Row:
    """One group on one tab. `refused` says why the reader may not take the step; `designation` waits for its answer."""

    existing: ExistingGroup
    refused: str
    designation: Designation | None = None

    @property
    def name(self) -> str:
        return self.existing.group.name if self.existing.group else self.existing.name

    @property
    def note(self) -> str:
        """What is unusual: whom the list names and nobody knows."""
        one, found = self.existing, []
        if one.after_amnesty:
            found.append(pgettext("open point", "brought in after the amnesty"))
        if one.admin_said and one.admin is None:
            found.append(_("admin in the list: “%(words)s”, who is not known or has left") % {"words": one.admin_said})
        if one.owner_open:
            found.append(_("owner in the list: “%(words)s”, who is not known or has left") % {"words": one.owner_said})
        if one.type_said and one.group_type is None:
            found.append(_("type in the list: “%(words)s”") % {"words": one.type_said})
        return " · ".join(found)


@dataclass(frozen=True)
class TypeChoice:
    """A type as HR may state it, with what follows from it."""

    pk: int
    name: str
    follows: str


@dataclass(frozen=True)
class OpenList:
    """One tab of the list. `acts`: the reader takes the step of this tab for at least one group of the page."""

    tabs: list[Tab]
    kind: str
    page: Page
    total: int
    acts: bool
    types: list[TypeChoice]


def scopes(user: User, *, on: date) -> dict[str, Q]:
    """Which groups stand on each tab for this reader; what HR settles is HR's and the overseers' to see."""
    offices, person = offices_held(user, on=on), person_of(user)
    all_of_it = oversees_all(offices) or not refusal(check_can_take_over_groups, user)
    held = [office.pk for office in offices]
    proposed = Designation.objects.filter(group=OuterRef("group"), state=Designation.State.PROPOSED)
    if not all_of_it:
        proposed = proposed.filter(Q(person=person) | Q(office__in=held))
    every = {
        "approve": APPROVED_BY_SOMEBODY & (Q() if all_of_it else Q(approving_office__in=held)),
        "designate": to_designate(on=on) & (Q() if all_of_it else Q(group__designating_office__in=held)),
        "accept": Q(Exists(proposed)),
    }
    return every | SETTLED | {"undecided": UNDECIDED} if all_of_it else every


def open_list(user: User, asked: Mapping[str, str], *, on: date) -> OpenList:
    """The tab asked for, else the first with something of the reader's own: two statements, whatever the number."""
    conditions = scopes(user, on=on)
    groups = ExistingGroup.objects.filter(organisation_id=user.organisation_id)
    counts = groups.order_by().aggregate(
        **{f"n_{name}": Count("pk", filter=condition) for name, condition in conditions.items()},
        **{f"own_{name}": Count("pk", filter=condition) for name, condition in own(user, on=on).items()},
    )
    there = [name for name, _label in TABS if counts.get(f"n_{name}")]
    mine = [name for name in there if counts.get(f"own_{name}")]
    if asked.get("kind") == OpenPoints.Step.SETTLE:
        mine.sort(key=lambda name: name not in SETTLED)
    kind = asked.get("kind", "") if asked.get("kind") in conditions else next(iter([*mine, *there]), "approve")
    page = page_of(with_facts(groups.filter(conditions[kind])), ("row", "pk"), asked, kept=f"kind={kind}")
    rows = [row_of(one, kind, user, on=on) for one in page.rows]
    return OpenList(
        tabs=[Tab(label, f"?kind={name}", name == kind, counts[f"n_{name}"]) for name, label in TABS if name in there],
        kind=kind,
        page=replace(page, rows=rows),
        total=counts[f"n_{kind}"],
        acts=any(not row.refused for row in rows),
        types=type_choices(user, on=on) if kind in ("type", "refused") and rows else [],
    )


def own(user: User, *, on: date) -> dict[str, Q]:
    """What is the reader's own to settle."""
    held = [office.pk for office in offices_held(user, on=on)]
    proposed = Designation.objects.filter(
        group=OuterRef("group"), state=Designation.State.PROPOSED, person=person_of(user)
    )
    found = {
        "approve": APPROVED_BY_SOMEBODY & Q(approving_office__in=held),
        "designate": to_designate(on=on) & Q(group__designating_office__in=held),
        "accept": Q(Exists(proposed)),
    }
    return found if refusal(check_can_take_over_groups, user) else found | SETTLED


def with_facts(groups: QuerySet[ExistingGroup]) -> QuerySet[ExistingGroup]:
    proposed = Designation.objects.filter(state=Designation.State.PROPOSED).select_related("person", "office")
    return groups.select_related(*WITH).prefetch_related(
        Prefetch("group__designations", queryset=proposed, to_attr="proposed")
    )


def row_of(one: ExistingGroup, kind: str, user: User, *, on: date) -> Row:
    proposed = one.group.proposed[0] if one.group and one.group.proposed else None
    return Row(one, refused_to(user, one, kind, proposed, on=on), proposed)


def refused_to(user: User, one: ExistingGroup, kind: str, proposed: Designation | None, *, on: date) -> str:
    """Why the reader may not take the step of the tab; no statement is asked for it."""
    if kind == "approve":
        return refusal(check_can_approve_existing, user, one)
    if kind == "designate":
        return waits_with(one.group.designating_office, user, on=on)
    if kind == "accept":
        mine = proposed is not None and person_of(user) and proposed.person_id == person_of(user).pk
        return "" if mine else _("Waits for %(who)s.") % {"who": proposed.person.name if proposed else ""}
    return refusal(check_can_take_over_groups, user)


def waits_with(office: Office, user: User, *, on: date) -> str:
    if any(held.pk == office.pk for held in offices_held(user, on=on)):
        return ""
    return _("The admin is designated by %(office)s.") % {"office": office}


def type_choices(user: User, *, on: date) -> list[TypeChoice]:
    """The types there are, each with who approves such groups and who designates their admins."""
    types = GroupType.objects.filter(organisation_id=user.organisation_id, retired=False)
    return [TypeChoice(one.pk, str(one), follows(one, on=on)) for one in types.select_related("regulation")]


def follows(group_type: GroupType, *, on: date) -> str:
    """What stating this type leads to, in a sentence."""
    terms = terms_in_force(group_type, on=on)
    if terms is None or terms.type.state == "undecided":
        return _("Whether such groups are to exist is not decided yet: they wait for the instruction.")
    if terms.type.state == "closed":
        return _("By instruction no groups of this type are set up.")
    steps = [step for step in terms.type.approval if step.when is None]
    names = {entry["code"]: said(entry["name"]) for entry in terms.data["offices"]}
    approval = _("Needs no approval")
    if steps:
        approval = _("Approved afterwards by %(office)s") % {"office": names.get(steps[-1].office, "")}
    if not terms.type.designation:
        return approval
    designation = _("admins designated by %(office)s") % {"office": names.get(terms.type.designation.office, "")}
    return _("%(approval)s; %(designation)s") % {"approval": approval, "designation": designation}
