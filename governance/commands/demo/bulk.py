"""Filling a database to a size (S, M, L of the design) for measuring: set-based, straight into the tables.

The only writing that goes round the actions: a measurement needs two million rows, not two million decisions.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import models

from governance.accounts.models import Organisation, User
from governance.directory.models import Company, Department, Office, Person
from governance.directory.names import fold, search_keys, sort_key
from governance.directory.queries import find_office
from governance.duties.models import Duty
from governance.regulations.models import RegulationVersion
from groups.models import ApprovalStep, CreationRequest, Group, GroupType
from members.models import Membership

SURNAMES = (
    "王李张刘陈杨黄赵周吴徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏"
    "苏吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷"
)
GIVEN = (
    "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂华建国志远思宇文博雅晨曦梓涵欣怡浩然子轩一诺雨桐俊凯佳琪晓东海燕"
)
CHUNK = 2000


@dataclass(frozen=True)
class Size:
    """How many of each; the rest follows."""

    people: int
    groups: int
    memberships: int


def chunks(rows: Iterator[models.Model]) -> Iterator[list[models.Model]]:
    chunk: list[models.Model] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def write(rows: Iterator[models.Model]) -> None:
    """A generator of rows into their table, a bounded number at a time."""
    for chunk in chunks(rows):
        type(chunk[0]).objects.bulk_create(chunk, batch_size=CHUNK)


def fill(organisation: Organisation, version: RegulationVersion, size: Size, *, seed: int, now: datetime) -> None:
    """Fill an organisation that has companies, departments, offices and a regulation to the given size."""
    chance = random.Random(seed)
    people = fill_people(organisation, size.people, chance)
    groups = fill_groups(organisation, version, size.groups, people, chance, now=now)
    fill_memberships(organisation, groups, people, size.memberships, chance, now=now)


def fill_people(organisation: Organisation, count: int, chance: random.Random) -> list[int]:
    """People spread over the departments; returns all primary keys of the organisation's people."""
    places = list(Department.objects.filter(organisation=organisation).select_related("company"))

    def rows() -> Iterator[Person]:
        for number in range(Person.objects.filter(organisation=organisation).count(), count):
            name = chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=chance.choice((1, 2, 2, 2))))
            place = chance.choice(places)
            yield Person(
                organisation=organisation,
                company=place.company,
                department=place,
                number=f"B{number:07}",
                name=name,
                joined_on=date(2020, 1, 1) + timedelta(days=chance.randrange(2000)),
                sort_key=sort_key(name, personal=True),
                search=search_keys(name, personal=True),
            )

    write(rows())
    return list(Person.objects.filter(organisation=organisation).order_by("pk").values_list("pk", flat=True))


def fill_groups(
    organisation: Organisation,
    version: RegulationVersion,
    count: int,
    people: list[int],
    chance: random.Random,
    *,
    now: datetime,
) -> list[int]:
    """Established groups with their approved requests, and 1 % open requests with their duties."""
    companies = list(Company.objects.filter(organisation=organisation))
    types = list(GroupType.objects.filter(regulation=version.regulation))
    office = find_office(organisation.pk, "presidents_office")
    before = Group.objects.filter(organisation=organisation).count()
    names = [f"{chance.choice(companies)}{word(chance)}第{n}工作群" for n in range(before, count)]
    opened = names[: max(1, len(names) // 100)] if names else []
    write(request_rows(organisation, version, names, "approved", companies, types, people, chance, now=now))
    requests = CreationRequest.objects.filter(organisation=organisation, group=None, state="approved")
    write(
        Group(
            organisation=organisation,
            company_id=request.company_id,
            group_type_id=request.group_type_id,
            version=version,
            creation_request=request,
            name=request.name,
            name_folded=request.name_folded,
            sort_key=sort_key(request.name),
            search=search_keys(request.name),
            purpose="工作交流",
            state=Group.State.ESTABLISHED,
            approved_at=now,
            established_on=now.date(),
            designating_office=office,
            admin_id=chance.choice(people),
        )
        for request in requests.iterator(chunk_size=CHUNK)
    )
    waiting = [f"{name}（新）" for name in opened]
    write(request_rows(organisation, version, waiting, "submitted", companies, types, people, chance, now=now))
    open_duties(organisation, now=now)
    return list(Group.objects.filter(organisation=organisation).order_by("pk").values_list("pk", flat=True))


def word(chance: random.Random) -> str:
    return "".join(chance.choices("江山云海星月春秋安宁华盛泰丰", k=2))


def request_rows(
    organisation: Organisation,
    version: RegulationVersion,
    names: list[str],
    state: str,
    companies: list[Company],
    types: list[GroupType],
    people: list[int],
    chance: random.Random,
    *,
    now: datetime,
) -> Iterator[CreationRequest]:
    for name in names:
        yield CreationRequest(
            organisation=organisation,
            number=f"JQ-S-{fold(name)[-12:]}"[:20],
            group_type=chance.choice(types),
            version=version,
            company=chance.choice(companies),
            name=name,
            name_folded=fold(name),
            purpose="工作交流",
            submitter_id=chance.choice(people),
            state=state,
            round=1,
            created_at=now,
            submitted_at=now,
            decided_at=now if state == "approved" else None,
        )


def open_duties(organisation: Organisation, *, now: datetime) -> None:
    """The step and the duty of every open request that has none."""
    office = Office.objects.get(organisation=organisation, code="president", company=None)
    kind = ContentType.objects.get_for_model(CreationRequest)
    known = Duty.objects.filter(subject_type=kind).values("subject_id")
    waiting = list(CreationRequest.objects.filter(organisation=organisation, state="submitted").exclude(pk__in=known))
    write(ApprovalStep(creation_request=row, round=1, position=0, office=office, article="4") for row in waiting)
    write(
        Duty(
            organisation=organisation,
            subject_type=kind,
            subject_id=row.pk,
            verb="approve",
            office=office,
            title=row.name,
            path=row.get_absolute_url(),
            facts={"number": row.number, "expected": 20, "request": row.pk},
            opened_at=now,
            due_at=now + timedelta(days=2),
        )
        for row in waiting
    )


def fill_memberships(
    organisation: Organisation,
    groups: list[int],
    people: list[int],
    count: int,
    chance: random.Random,
    *,
    now: datetime,
) -> None:
    """Log-normal group sizes that sum up to about `count`; one group of exactly 500, one person in 30 groups."""
    by = User.objects.filter(organisation=organisation).order_by("pk").first()
    mean = max(2, count / max(1, len(groups)))
    sizes = [min(500, max(2, int(chance.lognormvariate(0, 0.8) * mean * 0.72))) for _ in groups]
    if len(people) > 500:
        sizes[0] = 500

    def rows() -> Iterator[Membership]:
        for place, (group, size) in enumerate(zip(groups, sizes, strict=True)):
            chosen = set(chance.sample(people, min(size, len(people))))
            if place < 30:
                chosen.add(people[0])
            for person in chosen:
                yield Membership(
                    organisation=organisation,
                    group_id=group,
                    person_id=person,
                    evidence=Membership.Evidence.TICKED,
                    declared_by=by,
                    declared_at=now,
                )

    write(rows())
