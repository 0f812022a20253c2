"""The inbox: what is unread, page by page, and that only a POST marks it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from governance.notifications.models import Notice
from governance.notifications.queries import inbox_of, unseen_count
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def fill(tell, person, count):
    """Notices, oldest first, three in each minute: several of one moment stand on a page's edge."""
    for n in range(count):
        tell(person, key=f"n{n}", now=NOW + (n // 3) * MINUTE, title=f"{n}")


def asked(link):
    return QueryDict(link.removeprefix("?"))


def titles(page):
    return [int(notice.title.split("“")[1].split("”")[0]) for notice in page.notices]


def test_inbox_without_messages_says_what_will_be_here(client, user):
    client.force_login(user)
    html = client.get("/inbox/").content.decode()
    assert "No messages yet" in html
    assert "/inbox/seen/" not in html


def test_inbox_shows_the_newest_first_and_what_is_unread(client, user, person, tell):
    fill(tell, person, 3)
    client.force_login(user)
    response = client.get("/inbox/")
    assert titles(response.context["inbox"]) == [2, 1, 0]
    assert "Unread: <b>3</b>." in response.content.decode()
    assert "Please decide on “2”" in response.content.decode()


def test_inbox_is_paged_without_gaps_in_both_directions(person, tell):
    fill(tell, person, 120)
    first = inbox_of(person, {})
    second = inbox_of(person, asked(first.older))
    third = inbox_of(person, asked(second.older))
    assert titles(first) + titles(second) + titles(third) == list(range(119, -1, -1))
    assert (first.newer, third.older) == ("", "")
    assert titles(inbox_of(person, asked(third.newer))) == titles(second)
    assert titles(inbox_of(person, asked(second.newer))) == titles(first)


@pytest.mark.parametrize(
    "nonsense", ["x", "_", "2026-01-01_1", "2026-13-45T00:00:00+00:00_1", "1_" + "9" * 40, "a" * 5000]
)
def test_inbox_with_a_nonsense_page_is_the_first(client, user, person, tell, nonsense):
    fill(tell, person, 2)
    client.force_login(user)
    for name in ("before", "after"):
        assert titles(client.get("/inbox/", {name: nonsense}).context["inbox"]) == [1, 0]


def test_inbox_links_lead_through_the_pages(client, user, person, tell):
    fill(tell, person, 60)
    client.force_login(user)
    first = client.get("/inbox/")
    second = client.get(f"/inbox/{first.context['inbox'].older}")
    back = client.get(f"/inbox/{second.context['inbox'].newer}")
    assert (len(titles(first.context["inbox"])), len(titles(second.context["inbox"]))) == (50, 10)
    assert titles(back.context["inbox"]) == titles(first.context["inbox"])


def test_inbox_costs_the_same_for_one_and_for_many(client, user, person, tell):
    client.force_login(user)
    client.get("/inbox/")  # what a process remembers is read once
    counts = []
    for count in (1, 60):
        fill(tell, person, count)
        with CaptureQueriesContext(connection) as queries:
            client.get("/inbox/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_looking_marks_nothing(client, user, person, tell):
    [notice] = tell(person)
    client.force_login(user)
    client.get("/inbox/")
    assert client.get(f"/inbox/{notice.pk}/open/").status_code == 405
    assert client.get("/inbox/seen/").status_code == 405
    assert unseen_count(person) == 1


def test_opening_marks_it_and_leads_there(client, user, person, tell):
    [notice] = tell(person, path="/jobs/")
    client.force_login(user)
    response = client.post(f"/inbox/{notice.pk}/open/")
    assert (response.status_code, response.headers["Location"]) == (302, "/jobs/")
    seen_at = Notice.objects.get().seen_at
    client.post(f"/inbox/{notice.pk}/open/")
    assert (unseen_count(person), Notice.objects.get().seen_at) == (0, seen_at)


@pytest.mark.parametrize("path", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_opening_never_leads_out_of_the_portal(client, user, person, tell, path):
    [notice] = tell(person, path=path)
    client.force_login(user)
    assert client.post(f"/inbox/{notice.pk}/open/").headers["Location"] == "/inbox/"


def test_another_persons_message_is_not_found(client, person, tell):
    [notice] = tell(person)
    client.force_login(factories.make_user(company=person.company))
    assert client.post(f"/inbox/{notice.pk}/open/").status_code == 404
    client.post("/inbox/seen/", {"newest": notice.pk})
    assert unseen_count(person) == 1


def test_marking_all_leaves_what_came_meanwhile(client, user, person, tell):
    fill(tell, person, 3)
    client.force_login(user)
    newest = client.get("/inbox/").context["inbox"].newest
    tell(person, key="meanwhile", now=NOW + 60 * MINUTE)
    response = client.post("/inbox/seen/", {"newest": newest}, follow=True)
    assert "All messages are marked as read." in response.content.decode()
    assert unseen_count(person) == 1


@pytest.mark.parametrize("newest", ["", "x", "-1", "9" * 40])
def test_marking_all_with_nonsense_marks_nothing(client, user, person, tell, newest):
    tell(person)
    client.force_login(user)
    assert client.post("/inbox/seen/", {"newest": newest}).status_code == 302
    assert unseen_count(person) == 1
