"""Entries that may be one person, with why; and what merging two of them would do. Nothing here merges anybody."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..importing.headings import label_of
from ..merging import bars_for, references
from ..models import EmploymentKind, Person, TwoPeople
from ..names import fold

MOST_PAIRS = 100
MOST_GROUPS = 500  # of namesakes who share one thing
MOST_OF_ONE = 8  # of one name: who has more namesakes is looked for by staff number
# What namesakes may share, the surest first.
SHARED: dict[str, str | Promise] = {
    "phone": _("the same phone number"),
    "email": _("the same e-mail"),
    "wecom_id": _("the same WeCom id"),
    "company_id": _("the same company"),
}
# What HR chooses as one, and the fields behind it.
CHOICES: dict[str, tuple[str, ...]] = {
    "name": ("name",),
    "number": ("number",),
    "place": ("company", "department"),
    "post": ("post",),
    "function": ("function",),
    "employment_kind": ("employment_kind",),
    "email": ("email",),
    "phone": ("phone",),
    "wecom_id": ("wecom_id",),
    "dates": ("joined_on", "left_on"),
}
COMPARED = {name: tuple(Person._meta.get_field(field).attname for field in fields) for name, fields in CHOICES.items()}
LABELS = {"place": _("Company and department"), "dates": _("First and last working day")}


@dataclass(frozen=True)
class Pair:
    """Two entries of one name, and what else they share. Proposed to stay is the one with a login, else the older."""

    kept: Person
    merged: Person
    reasons: list[str | Promise]


@dataclass(frozen=True)
class Difference:
    """What the two entries say differently: HR keeps one of the two. `chosen` is the proposal."""

    name: str
    label: str | Promise
    kept: str
    merged: str
    chosen: str


@dataclass(frozen=True)
class Preview:
    """Everything HR sees before merging. `login` is a word: kept, moved, closed, none."""

    differences: list[Difference]
    moves: list[tuple[str | Promise, int]]
    login: str
    barred: list[str]


def likely_duplicates(organisation_id: int) -> tuple[list[Pair], bool]:
    """Pairs of namesakes who share phone, mail, WeCom id or company and were not said to be two people, the surest
    first, at most a hundred; and whether there are more. Six statements at most."""
    people = Person.objects.of_organisation(organisation_id).unmerged()
    shared = {name: sharing(people, name) for name in SHARED}
    wanted = Q(pk__in=[])
    for name, groups in shared.items():
        wanted |= Q(sort_key__in={key for key, _value in groups}, **{f"{name}__in": {value for _key, value in groups}})
    found = list(people.filter(wanted).for_display().order_by("pk")) if any(shared.values()) else []
    said = set(TwoPeople.objects.filter(organisation=organisation_id).values_list("first", "second"))
    reasons = reasons_by_pair(found, said)
    order = list(SHARED)
    keys = sorted(reasons, key=lambda pair: (order.index(reasons[pair][0]), pair))
    by_key = {person.pk: person for person in found}
    pairs = [pair_of(by_key[a], by_key[b], reasons[a, b]) for a, b in keys[:MOST_PAIRS]]
    return pairs, len(keys) > MOST_PAIRS or any(len(groups) == MOST_GROUPS for groups in shared.values())


def sharing(people: Any, name: str) -> list[tuple[str, Any]]:
    """Sort keys (the 拼音 of a name) that stand more than once with one value."""
    rows = people if name == "company_id" else people.exclude(**{name: ""})
    found = rows.order_by().values_list("sort_key", name).annotate(count=Count("pk")).filter(count__gt=1)
    return [(key, value) for key, value, _count in found.order_by("sort_key", name)[:MOST_GROUPS]]


def reasons_by_pair(people: Iterable[Person], said: set[tuple[int, int]]) -> dict[tuple[int, int], list[str]]:
    """What each pair of namesakes shares, by their keys, the smaller first."""
    reasons: dict[tuple[int, int], list[str]] = defaultdict(list)
    for name in SHARED:
        together: dict[tuple[str, Any], list[int]] = defaultdict(list)
        for person in people:
            value = getattr(person, name)
            if value:
                together[fold(person.name), value].append(person.pk)
        for keys in together.values():
            if len(keys) > MOST_OF_ONE and name == "company_id":
                continue
            for pair in combinations(keys[:MOST_OF_ONE], 2):
                if pair not in said:
                    reasons[pair].append(name)
    return reasons


def pair_of(one: Person, other: Person, reasons: list[str]) -> Pair:
    kept, merged = (other, one) if other.user_id and not one.user_id else (one, other)
    return Pair(kept, merged, [SHARED[name] for name in reasons])


def preview_of_merge(kept: Person, merged: Person) -> Preview:
    """What differs, what moves (a count for each place that names people), what becomes of the logins, what bars it.

    Reads company and department of both: fetch them with the people.
    """
    counted = [(one.words, one.rows(merged).count()) for one in references.values() if one.words]
    return Preview(
        differences=[found for found in (difference(name, kept, merged) for name in COMPARED) if found],
        moves=[(words, count) for words, count in counted if count],
        login=login_of(kept, merged),
        barred=bars_for(kept, merged),
    )


def login_of(kept: Person, merged: Person) -> str:
    if merged.user_id is None:
        return "kept" if kept.user_id else "none"
    return "closed" if kept.user_id else "moved"


def difference(name: str, kept: Person, merged: Person) -> Difference | None:
    """What stays is proposed, but where it is empty."""
    mine, theirs = ([getattr(person, field) for field in COMPARED[name]] for person in (kept, merged))
    if mine == theirs:
        return None
    chosen = "kept" if any(mine) or not any(theirs) else "merged"
    label = LABELS.get(name) or label_of(name)
    return Difference(name, label, said(name, kept), said(name, merged), chosen)


def said(name: str, person: Person) -> str:
    """The fact in the reader's words; days as 2026-03-02."""
    if name == "place":
        return " · ".join(str(part) for part in (person.company, person.department) if part)
    if name == "employment_kind":
        return str(EmploymentKind(person.employment_kind).label)
    if name == "dates":
        return f"{person.joined_on or '…'} – {person.left_on or '…'}"
    return str(getattr(person, name))
