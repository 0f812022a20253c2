"""What a notice says, whatever its parameters are."""

from datetime import UTC, datetime

import pytest
from django.utils import translation

from governance.notifications.ready_text import ready_text
from governance.notifications.wordings import Wording, in_full, worded, wordings


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"title": "运营群", "due": "2026-03-04T10:00:00+00:00"}, ("Please decide on “运营群”", "Due 4 Mar 18:00.")),
        ({"title": "运营群", "due": ""}, ("Please decide on “运营群”", "")),
        ({"title": "运营群"}, ("Please decide on “运营群”", "")),
        ({"title": "运营群", "due": None}, ("Please decide on “运营群”", "")),
        ({"title": "运营群", "due": "soon"}, ("Please decide on “运营群”", "Due soon.")),
        ({"title": "100%s %(due)s", "due": "soon"}, ("Please decide on “100%s %(due)s”", "Due soon.")),
        ({"due": "soon"}, ("Please decide on “”", "Due soon.")),
    ],
)
def test_notice_is_worded_from_its_parameters(parameters, said):
    assert worded("task", parameters) == said


def test_notice_of_a_forgotten_kind_says_its_title():
    assert worded("forgotten", {"title": "运营群"}) == ("运营群", "")


def test_stray_percent_sign_stays_itself(monkeypatch):
    monkeypatch.setitem(wordings, "odd", Wording("5 % of %(title)s, 100%%"))
    assert worded("odd", {"title": "运营群"}) == ("5 % of 运营群, 100%", "")


def test_time_is_the_offices():
    assert in_full(datetime(2026, 3, 4, 16, 30, tzinfo=UTC)) == "5 Mar 00:30"


def test_ready_text_greets_asks_and_links():
    due = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)
    assert ready_text("Please decide on “%(title)s”", title="5 % 群", path="/requests/7/", due=due, name="周敏") == (
        "Hello 周敏,\nPlease decide on “5 % 群”\nPlease see to it by 4 Mar 18:00.\nhttp://127.0.0.1:8000/requests/7/"
    )


def test_ready_text_without_name_and_due_time():
    assert ready_text("Look at this", path="/") == "Hello,\nLook at this\nhttp://127.0.0.1:8000/"


def test_ready_text_is_in_the_readers_language():
    with translation.override("zh-hans"):
        assert ready_text("Look at this", path="/", language="en").startswith("Hello,")
        assert translation.get_language() == "zh-hans"
