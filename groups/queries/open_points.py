"""What is open on existing groups, and with whom: as conditions and counts for the database."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, When

from governance.accounts.models import Organisation
from governance.directory.queries import find_office
from governance.duties.models import Duty

from ..models import Amnesty, Designation, ExistingGroup, Group, OpenPoints

State = ExistingGroup.State
Step = OpenPoints.Step
ORDER = (Step.SETTLE, Step.APPROVE, Step.DESIGNATE, Step.ACCEPT)
IN_USE = [State.REGISTERED, State.APPROVED, State.EXEMPTED]
STANDING = Designation.objects.filter(group=OuterRef("group")).filter(state__in=Designation.IN_FORCE)

# What HR settles, by the name under which it is listed and counted.
SETTLED: dict[str, Q] = {
    "type": Q(state=State.LISTED, group_type=None),
    "name": Q(state=State.LISTED, name_open=True),
    "owner": Q(state__in=[State.LISTED, *IN_USE], owner_open=True),
    "refused": Q(state=State.REFUSED),
}
APPROVED_BY_SOMEBODY = Q(state=State.REGISTERED, approving_office__isnull=False)
UNDECIDED = Q(state=State.REGISTERED, approving_office=None)


def to_designate(*, on: date) -> Q:
    """In use, and nobody looks after it: no admin, or one who has left; nobody is designated either."""
    nobody = Q(group__admin=None) | Q(group__admin__left_on__lt=on)
    return Q(state__in=IN_USE) & nobody & ~Exists(STANDING)


def of_organisation(organisation: Organisation) -> QuerySet[ExistingGroup]:
    return ExistingGroup.objects.filter(organisation=organisation).order_by()


@dataclass(frozen=True)
class Gathered:
    """The open points of one step that lie with one office or person. `facts` are what the desk's card says."""

    step: str
    office_id: int | None
    person_id: int | None
    facts: dict[str, int | str] = field(default_factory=dict)

    @property
    def place(self) -> tuple[str, int | None, int | None]:
        return self.step, self.office_id, self.person_id


def gathered(organisation: Organisation, *, on: date) -> Iterator[Gathered]:
    """All that is open, by step and by whom it waits for: four statements, whatever the number of groups."""
    groups = of_organisation(organisation)
    counts = {name: Count("pk", filter=condition) for name, condition in SETTLED.items()}
    for row in groups.values("imported__office").annotate(**counts):
        office = row.pop("imported__office")
        if any(row.values()):
            yield Gathered(Step.SETTLE, office, None, row)
    for step, condition, office in (
        (Step.APPROVE, APPROVED_BY_SOMEBODY, "approving_office"),
        (Step.DESIGNATE, to_designate(on=on), "group__designating_office"),
    ):
        for row in groups.filter(condition).values(office).annotate(count=Count("pk")):
            yield Gathered(step, row[office], None, {"count": row["count"]})
    yield from to_enter(organisation, on=on)
    proposed = Designation.objects.filter(
        organisation=organisation, state=Designation.State.PROPOSED, group__existing__isnull=False
    )
    for row in proposed.order_by().values("person").annotate(count=Count("pk")):
        yield Gathered(Step.ACCEPT, None, row["person"], {"count": row["count"]})


def to_enter(organisation: Organisation, *, on: date) -> Iterator[Gathered]:
    """HR enters the groups of the companies whose amnesty ends next, as long as it has not said that they are all
    there."""
    running = Amnesty.objects.filter(organisation=organisation, until__gte=on, complete_at=None).order_by("until")
    ends = list(running.values_list("until", flat=True))
    office = find_office(organisation.pk, "hr_admin") if ends else None
    if office is not None:
        yield Gathered(Step.ENTER, office.pk, None, {"until": ends[0].isoformat(), "count": ends.count(ends[0])})


def duty_about(group: Group) -> Duty | None:
    """The duty with which one existing group waits, its approval before its admin; None when nothing is open on it or
    it is none."""
    existing = getattr(group, "existing", None)
    if existing is None:
        return None
    proposed = Designation.objects.filter(group=group, state=Designation.State.PROPOSED)
    wanted = Q(step=Step.ACCEPT, person__in=proposed.values("person"))
    if existing.state == State.REGISTERED:
        wanted |= Q(step=Step.APPROVE, office=existing.approving_office_id)
    elif existing.state == State.REFUSED:
        wanted |= Q(step=Step.SETTLE, office=existing.imported.office_id)
    nobody = group.admin_id is None or group.admin.left_on is not None
    if nobody and existing.state in IN_USE:
        wanted |= Q(step=Step.DESIGNATE, office=group.designating_office_id) & ~Exists(
            Designation.objects.filter(group=group).filter(state__in=Designation.IN_FORCE)
        )
    points = OpenPoints.objects.filter(wanted, organisation=group.organisation_id)
    kind = ContentType.objects.get_for_model(OpenPoints)
    order = Case(*(When(verb=f"existing-{step}", then=place) for place, step in enumerate(ORDER)), default=9)
    duties = Duty.objects.open().filter(subject_type=kind, subject_id__in=points.order_by().values("pk"))
    return (
        duties.select_related("office__company", "person__department", "person__user", "fallback_office__company")
        .annotate(place=order)
        .order_by("place")
        .first()
    )
