"""The desk's four tabs."""

import re
from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from governance.audit.models import Event
from governance.duties.models import Duty
from governance.notifications.actions import circulate
from governance.notifications.models import Circulation, Notice
from groups.actions import creation
from groups.models import CreationRequest, Designation, Group
from tests.factories import (
    make_creation_request,
    make_designation,
    make_filing,
    make_group_company,
    make_person,
    make_user,
)

pytestmark = pytest.mark.django_db
State = CreationRequest.State


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def world(now):
    world = make_group_company()
    Duty.objects.filter(verb="instruct").delete()  # the regulation's open questions, asked long ago
    return world


def desk(client, user, tab="todo", **asked):
    client.force_login(user)
    return client.get("/", {"tab": tab, **asked})


def titles(response):
    return [row.title for row in response.context["page"].rows]


def words(response):
    text = re.sub(r"<(script|style|svg).*?</\1>", "", response.content.decode(), flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


# --- to do ------------------------------------------------------------------------------------------------------------
def test_president_finds_what_waits_for_his_decision(client, world, now):
    make_creation_request(world=world, at=State.SUBMITTED, now=now)
    make_creation_request(world=world, at=State.SUBMITTED, group_type="planning_group", now=now - timedelta(days=9))

    response = desk(client, world.president)

    assert titles(response) == ["计划运营推动群", "集团高管工作群"]
    assert "2 件待您决定" in words(response)


def test_sentence_of_others_counts_what_is_late(client, world, now):
    make_creation_request(
        world=world, at=State.APPROVED, group_type="headquarters_group", now=now - timedelta(days=20)
    )
    response = desk(client, world.hr_admin)
    assert "1 件待办 ，其中 1 件已逾期" in words(response)


def test_empty_desk_says_what_will_be_there(client, world):
    response = desk(client, make_user(company=world.project))
    assert titles(response) == []
    assert "暂无待办" in words(response)


def test_login_without_a_person_has_an_empty_desk(client, world):
    from governance.accounts.models import User

    nobody = User.objects.create_user("nobody", organisation=world.organisation)
    assert [titles(desk(client, nobody, tab)) for tab in ("todo", "done", "mine", "copied")] == [[], [], [], []]


def test_unknown_tab_is_the_first_one(client, world):
    assert desk(client, world.president, "nonsense").templates[0].name == "desk/desk_todo.html"


def test_looking_changes_nothing(client, world, now):
    make_creation_request(world=world, at=State.SUBMITTED, now=now)
    before = (Event.objects.count(), Duty.objects.open().count(), Notice.objects.filter(seen_at=None).count())
    for tab in ("todo", "done", "mine", "copied"):
        desk(client, world.president, tab)
    after = (Event.objects.count(), Duty.objects.open().count(), Notice.objects.filter(seen_at=None).count())
    assert after == before


def test_request_is_approved_from_its_card(client, world, now):
    request = make_creation_request(world=world, at=State.SUBMITTED, now=now)
    html = desk(client, world.president).content.decode()
    url = re.search(r'<form method="post" action="(/requests/\d+/approve/)">', html).group(1)

    client.post(url)

    request.refresh_from_db()
    assert request.state == State.APPROVED
    assert titles(desk(client, world.president)) == []


def test_just_finished_bears_the_seal_and_says_who_has_it_now(client, world, now):
    request = make_creation_request(world=world, at=State.SUBMITTED, now=now)
    creation.approve(request, by=world.president, now=now)
    response = desk(client, world.president)
    [row] = response.context["finished"]
    assert (row.title, row.seal, str(row.outcome)) == ("集团高管工作群", "同意", "已同意")
    assert row.passed_on == "已转总裁办指定管理员"


def test_sending_back_leaves_no_seal(client, world, now):
    make_creation_request(world=world, at=State.SENT_BACK, now=now)
    [row] = desk(client, world.president).context["finished"]
    assert (row.seal, row.passed_on) == ("", "由周敏修改")


def test_yesterdays_work_is_no_longer_just_finished(client, world, now):
    make_creation_request(world=world, at=State.APPROVED, now=now - timedelta(hours=25))
    assert desk(client, world.president).context["finished"] == []


def test_todo_pages_hold_fifty_and_lead_on(client, world, now):
    bulk_duties(world, 60, now)
    first = desk(client, world.president)
    following = client.get("/" + first.context["page"].next)
    assert (len(titles(first)), len(titles(following))) == (50, 10)
    assert set(titles(first)).isdisjoint(titles(following))
    assert client.get("/" + following.context["page"].previous).context["page"].rows == first.context["page"].rows


# --- done, mine, copied -----------------------------------------------------------------------------------------------
def test_done_lists_what_one_dealt_with(client, world, now):
    make_creation_request(world=world, at=State.REFUSED, now=now)
    make_creation_request(world=world, at=State.APPROVED, group_type="planning_group", now=now)
    response = desk(client, world.president, "done")
    assert [(row.title, str(row.outcome)) for row in response.context["page"].rows] == [
        ("计划运营推动群", "已同意"),
        ("集团高管工作群", "不同意"),
    ]


def test_done_leads_to_the_matter_and_not_to_the_step(client, world, now):
    designation = make_designation(world=world, now=now)
    by = designation.designated_by
    [row] = [row for row in desk(client, by, "done").context["page"].rows if str(row.outcome) == "已指定管理员"]
    assert row.url == f"/groups/{designation.group_id}/"


def test_mine_says_the_state_and_who_has_it(client, world, now):
    draft = make_creation_request(world=world, name_suffix="（草稿）", now=now - timedelta(minutes=5))
    make_creation_request(world=world, at=State.SUBMITTED, now=now - timedelta(minutes=4))
    make_designation(world=world, group_type="planning_group", now=now - timedelta(minutes=3))
    make_filing(world=world, now=now - timedelta(minutes=2))
    rows = desk(client, world.hr_admin, "mine").context["page"].rows
    assert [(str(row.state), row.holder) for row in rows] == [
        ("已同意", "由行政人事部备案，今天起"),
        ("已同意", "由钱立群接受指定，今天起"),
        ("待审批", "由总裁建群审批，今天起"),
        ("草稿", ""),
    ]
    assert rows[-1].url == f"/requests/{draft.pk}/"


def test_mine_says_what_was_sent_back_to_oneself(client, world, now):
    make_creation_request(world=world, at=State.SENT_BACK, now=now)
    [row] = desk(client, world.hr_admin, "mine").context["page"].rows
    assert (str(row.state), row.holder) == ("已退回", "由周敏修改，今天起")


def test_mine_of_somebody_who_never_asked_is_empty(client, world):
    assert titles(desk(client, world.president, "mine")) == []


def test_copied_lists_what_was_circulated_and_opening_marks_it_seen(client, world, now):
    request = make_creation_request(world=world, at=State.SUBMITTED, now=now)
    reader = make_user(company=world.project)
    circulate(request, [reader.person], by=world.hr_admin, now=now, note="请知悉")

    response = desk(client, reader, "copied")
    assert titles(response) == ["集团高管工作群"]
    assert "未读" in words(response)

    [circulation] = Circulation.objects.all()
    client.post(f"/inbox/circulated/{circulation.pk}/open/")
    assert "未读" not in words(desk(client, reader, "copied"))


# --- statements ---------------------------------------------------------------------------------------------------------
VERBS = ("approve", "designate", "accept", "establish", "acknowledge", "complete", "amend", "instruct")


def bulk_duties(world, count, now):
    """Open duties of every kind, of the president's office and of himself, some late, some without a date, of which
    every fourth was dealt with an hour ago."""
    office = world.president.person.tenures.get().office
    vacant = None
    kinds = [ContentType.objects.get_for_model(model) for model in (CreationRequest, Group, Designation)]
    Duty.objects.bulk_create(
        Duty(
            organisation=world.organisation,
            subject_type=kinds[number % 3],
            subject_id=900_000 + number,
            verb=VERBS[number % len(VERBS)],
            office=office if number % 2 else vacant,
            person=None if number % 2 else world.president.person,
            title=f"第 {number} 件",
            path="/",
            facts={"number": f"JQ-{number}", "submitter": "周敏", "expected": 3, "request": 900_000 + number},
            article="4.1",
            opened_at=now - timedelta(days=number % 7),
            due_at=None if number % 5 == 0 else now + timedelta(hours=number - 20),
        )
        for number in range(count)
    )


def bulk_done(world, count, now):
    bulk_duties(world, count, now)
    Duty.objects.filter(title__startswith="第").update(
        closed_at=now - timedelta(hours=1), closed_by=world.president, outcome="approve"
    )
    bulk_duties(world, count, now)


def statements(client, path):
    client.get(path)  # calendars and content types are remembered
    with CaptureQueriesContext(connection, ) as captured:
        response = client.get(path)
    assert response.status_code == 200
    return len(captured)


@pytest.mark.parametrize("tab", ["todo", "done", "mine", "copied"])
def test_statements_are_the_same_for_one_three_and_three_hundred(client, world, now, tab):
    counts = []
    made = 0
    for count in (1, 3, 300):
        Duty.objects.filter(title__startswith="第").delete()
        bulk_done(world, count, now)
        for number in range(made, min(count, 12)):
            bulk_request(world, number, now)
        made = min(count, 12)
        client.force_login(world.president)
        counts.append(statements(client, f"/?tab={tab}"))
    assert counts == [STATEMENTS[tab]] * 3


# session, user, offices, badge, rows; to do also what was just finished, its groups and who has them now
STATEMENTS = {"todo": 8, "done": 5, "mine": 6, "copied": 5}


def bulk_request(world, number, now):
    """A request of the president himself, and one that is circulated to him."""
    own = make_creation_request(world=world, name_suffix=f"（{number}）", now=now)
    CreationRequest.objects.filter(pk=own.pk).update(submitter=world.president.person)
    circulate(own, [world.president.person], by=world.hr_admin, now=now)


def test_first_decision_of_an_executive_is_the_first_card(client, world, now):
    make_creation_request(world=world, at=State.SUBMITTED, now=now - timedelta(days=9))
    make_person(company=world.headquarters)
    html = desk(client, world.president).content.decode()
    assert html.index("同意</button>") < html.index("</article>")
