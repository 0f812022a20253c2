"""Long lists page by page, by the place of the last row read (keyset): the last page costs what the first does."""

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise

PAGE = 50
COUNTED = 1000  # what is more is said as “more than 1000”
END = "end"
UNSTORABLE = re.compile("[\0\ud800-\udfff]")


@dataclass(frozen=True)
class Page:
    """One page of a list. `first` is the number of its first row (0 when the list was entered from its end);
    `previous` and `next` are the query strings of the pages beside it, empty at the ends."""

    rows: list[Any]
    first: int
    previous: str
    next: str

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1


@dataclass(frozen=True)
class Tab:
    """One list of several, as `components/tabs.html` shows it."""

    label: str | Promise
    url: str
    active: bool
    count: int


@dataclass(frozen=True)
class TabbedPage:
    """A page of one of several lists that are in memory already, found by its number.

    `tab` is the code of the list shown; `previous` and `next` are whole addresses, empty at the ends.
    """

    tabs: list[Tab]
    tab: str
    lines: list[Any]
    first: int
    total: int
    previous: str
    next: str

    @property
    def last(self) -> int:
        return self.first + len(self.lines) - 1


@dataclass(frozen=True)
class Cursor:
    """The place of a row: its values in the order of the list, and its number in the list."""

    values: list[Any]
    number: int

    def __str__(self) -> str:
        text = json.dumps([*self.values, self.number], cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":"))
        return urlsafe_b64encode(text.encode()).decode().rstrip("=")


Read = Callable[[models.QuerySet], models.QuerySet]


def as_they_are(rows: models.QuerySet) -> models.QuerySet:
    return rows


def page_of(
    rows: models.QuerySet,
    order: tuple[str, ...],
    asked: Mapping[str, str],
    *,
    kept: str = "",
    size: int = PAGE,
    read: Read = as_they_are,
) -> Page:
    """The page that the query string `asked` names (`after`, `before`; `before=end` is the last page), else the first.

    `order` names the model's own fields, the last one unique, each with “-” when it falls; empty values come last.
    A row is an object with these attributes. `kept` is the rest of the query string, for the links. `read` may join
    more to the rows of the page once they are found. One statement.
    """
    fields = [field_of(rows.model, name) for name in order]
    before = asked.get("before", "")
    cursor = read_cursor(before or asked.get("after", ""), fields)
    backward = before == END or bool(before and cursor)
    if cursor:
        rows = rows.filter(beyond(fields, cursor.values, forward=not backward))
    sorting = ordering(fields, forward=not backward)
    page = rows.order_by(*sorting)[: size + 1]
    found = list(page if read is as_they_are else read(page).order_by(*sorting))
    more, found = len(found) > size, found[:size]
    if backward:
        found.reverse()
    number = first_number(cursor, len(found), backward=backward, before=before)
    has_previous, has_next = (more, before != END) if backward else (cursor is not None, more)
    return Page(
        rows=found,
        first=number,
        previous=link("before", fields, found[0], number, kept) if found and has_previous else "",
        next=link("after", fields, found[-1], number + len(found) - 1, kept) if found and has_next else "",
    )


def first_number(cursor: Cursor | None, length: int, *, backward: bool, before: str) -> int:
    """The number of the page's first row in the list; 0 when nobody counted from the beginning."""
    if before == END or cursor and not cursor.number:
        return 0
    if cursor is None:
        return 1
    return max(1, cursor.number - length) if backward else cursor.number + 1


@dataclass(frozen=True)
class Ordered:
    """A field of the order, and whether it falls."""

    name: str
    field: models.Field
    falls: bool


def field_of(model: type[models.Model], name: str) -> Ordered:
    bare = name.lstrip("-")
    return Ordered(bare, model._meta.pk if bare == "pk" else model._meta.get_field(bare), name.startswith("-"))


def ordering(fields: list[Ordered], *, forward: bool) -> list[Any]:
    """The order for the database; turned round to read backwards, where empty values come first."""
    found = []
    for part in fields:
        falls = part.falls if forward else not part.falls
        if not part.field.null:
            found.append(F(part.name).desc() if falls else F(part.name).asc())
        elif falls:
            found.append(F(part.name).desc(nulls_last=forward or None, nulls_first=not forward or None))
        else:
            found.append(F(part.name).asc(nulls_last=forward or None, nulls_first=not forward or None))
    return found


def beyond(fields: list[Ordered], values: list[Any], *, forward: bool) -> Q:
    """Rows after (or before) the place: by the first field, among its equals by the next, and so on."""
    (part, *rest), (value, *others) = fields, values
    further = strictly_beyond(part, value, forward=forward)
    if not rest:
        return further
    equal = Q((f"{part.name}__isnull", True)) if value is None else Q((part.name, value))
    return within(part, value, forward=forward) & (further | equal & beyond(rest, others, forward=forward))


def within(part: Ordered, value: Any, *, forward: bool) -> Q:
    """The same bound once more as one plain range, which an index can use."""
    if value is None or part.field.null:
        return Q()
    return Q((f"{part.name}__{'lte' if part.falls == forward else 'gte'}", value))


def strictly_beyond(part: Ordered, value: Any, *, forward: bool) -> Q:
    """After (or before) a value; empty ones lie after every other."""
    if value is None:
        return Q(pk__in=[]) if forward else Q((f"{part.name}__isnull", False))
    further = Q((f"{part.name}__{'lt' if part.falls == forward else 'gt'}", value))
    return further | Q((f"{part.name}__isnull", True)) if forward and part.field.null else further


def link(direction: str, fields: list[Ordered], row: Any, number: int, kept: str) -> str:
    """`?…&after=…`: the rest of the query string, and the row's place."""
    cursor = Cursor([getattr(row, part.name) for part in fields], max(0, number))
    return "?" + "&".join(filter(None, [kept, urlencode({direction: str(cursor)})]))


def read_cursor(text: str, fields: list[Ordered]) -> Cursor | None:
    """What a link said; None for nothing and for nonsense."""
    try:
        *values, number = json.loads(urlsafe_b64decode(text.encode() + b"=" * (-len(text) % 4)))
        if len(values) != len(fields) or not isinstance(number, int) or isinstance(number, bool) or number < 0:
            return None
        read = [part.field.to_python(value) for part, value in zip(fields, values, strict=True)]
    except (ValueError, TypeError, ValidationError, OverflowError):
        return None
    known = all(value is not None or part.field.null for part, value in zip(fields, read, strict=True))
    return Cursor(read, number) if known and all(map(holdable, [*read, number])) else None


def holdable(value: Any) -> bool:
    """Whether a database can hold it: no endless number, no time without zone, no broken text."""
    if isinstance(value, int):
        return abs(value) < 2**63
    if isinstance(value, datetime):
        return value.tzinfo is not None
    return not isinstance(value, str) or not UNSTORABLE.search(value)


def count_up_to(rows: models.QuerySet, limit: int = COUNTED) -> int:
    """How many rows there are; `limit + 1` for more. Never counts further."""
    return rows.order_by()[: limit + 1].count()


def tabbed_page(
    lists: Mapping[str, list[Any]],
    tabs: Iterable[tuple[str, str | Promise]],
    asked: Mapping[str, str],
    *,
    url: str,
    counts: Mapping[str, int] | None = None,
    whole: Container[str] = (),
) -> TabbedPage:
    """The tab and page asked for, of the tabs with anything in them; nonsense is the first.

    `counts` says how many there are where `lists` holds only some of them; the lists of `whole` have one page only.
    """
    counts = {code: len(found) for code, found in lists.items()} if counts is None else counts
    there = [(code, label) for code, label in tabs if counts.get(code)]
    wanted = asked.get("tab", "")
    tab = wanted if wanted in dict(there) else (there[0][0] if there else "")
    lines = lists.get(tab, [])
    size = len(lines) if tab in whole else PAGE
    number = page_number(asked.get("page", ""), len(lines), size)
    start = (number - 1) * size
    return TabbedPage(
        tabs=[Tab(label, f"{url}?tab={code}", code == tab, counts[code]) for code, label in there],
        tab=tab,
        lines=lines[start : start + size],
        first=start + 1,
        total=len(lines),
        previous=f"{url}?tab={tab}&page={number - 1}" if number > 1 else "",
        next=f"{url}?tab={tab}&page={number + 1}" if start + size < len(lines) else "",
    )


def page_number(asked: str, length: int, size: int) -> int:
    """A page that exists; nonsense is the first."""
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 1
    return max(1, min(number, -(-length // size) if length else 1))
