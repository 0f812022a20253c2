"""Keyset pages: every row once, in both directions, whatever the link says."""

import re
from datetime import timedelta
from urllib.parse import parse_qs

import pytest
from django.contrib.contenttypes.models import ContentType

from governance.directory.models import Person
from governance.duties.models import Duty
from governance.paging import count_up_to, page_of
from tests.factories import NOW, make_company, make_person

pytestmark = pytest.mark.django_db
ORDER = ("sort_key", "pk")


@pytest.fixture
def company():
    return make_company()


def asked(link):
    return {name: values[0] for name, values in parse_qs(link.lstrip("?")).items()}


def walk(rows, order, direction, asked_first=None, size=3):
    """Every page from one end, as lists of keys."""
    pages, link = [], asked_first or {}
    while True:
        page = page_of(rows, order, link, size=size)
        pages.append([row.pk for row in page.rows])
        following = page.next if direction == "next" else page.previous
        if not following:
            return pages
        link = asked(following)


def make_duties(company, dues):
    person = make_person(company=company)
    for number, due in enumerate(dues):
        Duty.objects.create(
            organisation=company.organisation,
            subject_type=ContentType.objects.get_for_model(Person),
            subject_id=number,
            verb="accept",
            person=person,
            title=str(number),
            path="/",
            opened_at=NOW,
            due_at=due and NOW + timedelta(days=due),
        )
    return Duty.objects.all()


def test_every_row_comes_once_forward_and_backward(company):
    people = [make_person(company=company, name=name) for name in ("丁一", "丁一", "白二", "王五", "丁一", "艾四", "朱七")]
    wanted = list(Person.objects.order_by("sort_key", "pk").values_list("pk", flat=True))

    forward = walk(Person.objects.all(), ORDER, "next")
    backward = walk(Person.objects.all(), ORDER, "previous", {"before": "end"})

    assert sum(forward, []) == wanted
    assert [len(page) for page in forward] == [3, 3, 1]
    assert sum(reversed(backward), []) == wanted
    assert len(people) == 7


def test_empty_values_come_last_in_both_directions(company):
    duties = make_duties(company, [None, 2, 1, None, 2, None, 3])
    wanted = ["2", "1", "4", "6", "0", "3", "5"]
    titles = dict(duties.values_list("pk", "title"))

    forward = [titles[pk] for pk in sum(walk(duties, ("due_at", "pk"), "next", size=2), [])]
    backward = walk(duties, ("due_at", "pk"), "previous", {"before": "end"}, size=2)

    assert forward == wanted
    assert [titles[pk] for pk in sum(reversed(backward), [])] == wanted


def test_falling_order_reads_the_latest_first(company):
    duties = make_duties(company, [1, 3, 2])
    page = page_of(duties, ("-opened_at", "-pk"), {}, size=2)
    assert [row.title for row in page.rows] == ["2", "1"]
    assert [row.title for row in page_of(duties, ("-opened_at", "-pk"), asked(page.next), size=2).rows] == ["0"]


def test_rows_are_numbered_forward_and_back_again(company):
    for _ in range(7):
        make_person(company=company)
    first = page_of(Person.objects.all(), ORDER, {}, size=3)
    second = page_of(Person.objects.all(), ORDER, asked(first.next), size=3)
    back = page_of(Person.objects.all(), ORDER, asked(second.previous), size=3)
    assert [(page.first, page.last) for page in (first, second, back)] == [(1, 3), (4, 6), (1, 3)]
    assert back.previous == ""


def test_last_page_entered_from_the_end_has_no_next(company):
    for _ in range(4):
        make_person(company=company)
    page = page_of(Person.objects.all(), ORDER, {"before": "end"}, size=3)
    assert (page.first, page.next) == (0, "")
    assert page.previous != ""


def test_filters_are_kept_in_the_links(company):
    for _ in range(2):
        make_person(company=company)
    page = page_of(Person.objects.all(), ORDER, {}, kept="q=chen&odd=1", size=1)
    assert re.fullmatch(r"\?q=chen&odd=1&after=[\w-]+", page.next)


@pytest.mark.parametrize(
    "nonsense",
    ["x", "W10", "WyJhIiwxLDFd" * 9, "bnVsbA", "WzEsMl0", "WyJhIiwieCIsMV0", "WyJcdTAwMDAiLDEsMV0", "WyJcdWQ4MDAiLDEsMV0",
     "WyJhIiwxZTk5OSwxXQ", "WyJhIiwxLC0xXQ", "WyJhIixudWxsLDFd", "WyJhIiw5OTk5OTk5OTk5OTk5OTk5OTk5OTksMV0"],
)  # fmt: skip
@pytest.mark.parametrize("direction", ["after", "before"])
def test_nonsense_in_a_link_leads_to_the_first_page(company, nonsense, direction):
    make_person(company=company)
    page = page_of(Person.objects.all(), ORDER, {direction: nonsense})
    assert (page.first, len(page.rows), page.previous) == (1, 1, "")


def test_counting_stops_at_the_limit(company):
    for _ in range(4):
        make_person(company=company)
    assert count_up_to(Person.objects.all(), 2) == 3
    assert count_up_to(Person.objects.all(), 9) == 4
