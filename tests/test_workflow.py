"""The middle line of every action: one moves, everybody later hears who did, and nothing is half written."""

from datetime import date, timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from governance.audit.models import Event
from governance.audit.queries import history_of
from governance.directory.models import PeopleImport
from governance.workflow import NotAllowed, WrongState, move, move_many, refusal
from tests.factories import NOW, make_organisation, make_user

pytestmark = pytest.mark.django_db
State = PeopleImport.State
LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def organisation():
    return make_organisation()


@pytest.fixture
def user():
    return make_user()


def make_imports(organisation, count=1, *, state=State.UPLOADED):
    """Rows of a model with states that needs nothing around it."""
    return PeopleImport.objects.bulk_create(
        PeopleImport(organisation=organisation, state=state, started_at=NOW, effective_on=date(2026, 3, 2))
        for _ in range(count)
    )


def stored_states():
    return list(PeopleImport.objects.order_by("pk").values_list("state", flat=True))


def events():
    """The events on imports, oldest first; making users writes others."""
    return Event.objects.filter(subject_type=ContentType.objects.get_for_model(PeopleImport)).order_by("pk")


def statements(call):
    with CaptureQueriesContext(connection) as captured:
        call()
    return len(captured)


# --- move -----------------------------------------------------------------------------------------------------------
def test_move_changes_the_state_and_writes_one_event(organisation, user):
    (subject,) = make_imports(organisation)
    move(subject, State.COMPARED, by=user, at=NOW, office="行政人事部", opinion="好", article="4", rows=180)
    (event,) = history_of(subject)
    assert (subject.state, stored_states()) == ("compared", ["compared"])
    assert (event.verb, event.was, event.became) == ("compare-people", "uploaded", "compared")
    assert (event.actor, event.at, event.office, event.note, event.article) == (user, NOW, "行政人事部", "好", "4")
    assert event.facts == {"rows": 180}
    assert event.organisation == organisation


def test_move_sets_further_fields_in_the_same_statement(organisation, user):
    (subject,) = make_imports(organisation)
    move(subject, State.COMPARED, by=user, at=NOW, changes={"digest": "abc"})
    assert subject.digest == "abc"
    assert PeopleImport.objects.get().digest == "abc"


@pytest.mark.parametrize(
    ("state", "target"),
    [
        (State.UPLOADED, State.CONFIRMED),
        (State.UPLOADED, State.UPLOADED),
        (State.CONFIRMED, State.DISCARDED),
        (State.DISCARDED, State.COMPARED),
        (State.COMPARED, "no such state"),
    ],
)
def test_step_that_is_not_in_the_table_writes_nothing(organisation, user, state, target):
    (subject,) = make_imports(organisation, state=state)
    with pytest.raises(WrongState):
        move(subject, target, by=user, at=NOW, changes={"digest": "abc"})
    assert (stored_states(), PeopleImport.objects.get().digest, subject.state) == ([state], "", state)
    assert not events().exists()


def test_late_click_raises_with_who_and_when_and_writes_nothing(organisation, user):
    (quick,) = make_imports(organisation)
    late = PeopleImport.objects.get(pk=quick.pk)
    move(quick, State.COMPARED, by=user, at=NOW)
    colleague = make_user()
    with pytest.raises(WrongState) as raised:
        move(late, State.DISCARDED, by=colleague, at=LATER)
    assert raised.value.subject == late
    assert (raised.value.event.actor, raised.value.event.at, raised.value.event.became) == (user, NOW, "compared")
    assert stored_states() == ["compared"]
    assert [event.actor for event in history_of(quick)] == [user]


def test_late_click_is_explained_by_the_move_and_not_by_what_came_after(organisation, user):
    from governance.audit.actions import record

    (quick,) = make_imports(organisation)
    late = PeopleImport.objects.get(pk=quick.pk)
    move(quick, State.COMPARED, by=user, at=NOW)
    record("look", quick, by=make_user(), at=LATER)
    with pytest.raises(WrongState) as raised:
        move(late, State.DISCARDED, by=user, at=LATER)
    assert raised.value.event.verb == "compare-people"


def test_event_that_cannot_be_written_leaves_the_state_as_it_was(organisation, user):
    (subject,) = make_imports(organisation)
    with pytest.raises(TypeError), transaction.atomic():  # of the action
        move(subject, State.COMPARED, by=user, at=NOW, rows=object())
    assert (subject.state, stored_states()) == ("uploaded", ["uploaded"])


def test_refused_constraint_leaves_no_event(organisation, user):
    first, second = make_imports(organisation, 2)
    with pytest.raises(IntegrityError), transaction.atomic():
        move(second, State.COMPARED, by=user, at=NOW, changes={"uuid": first.uuid})
    assert stored_states() == ["uploaded", "uploaded"]
    assert not events().exists()


def test_clock_may_move_too(organisation):
    (subject,) = make_imports(organisation)
    assert move(subject, State.DISCARDED, by=None, at=NOW).actor is None


# --- move_many ------------------------------------------------------------------------------------------------------
def test_move_many_moves_all_with_an_event_each(organisation, user):
    subjects = make_imports(organisation, 5)
    moved = move_many(subjects, State.COMPARED, by=user, at=NOW, office="总裁办", run=7)
    assert moved == subjects
    assert {subject.state for subject in subjects} == {"compared"}
    assert stored_states() == ["compared"] * 5
    assert [event.subject_id for event in events()] == [subject.pk for subject in subjects]
    assert {(event.verb, event.was, event.became, event.office) for event in events()} == {
        ("compare-people", "uploaded", "compared", "总裁办")
    }
    assert {event.facts["run"] for event in events()} == {7}


def test_move_many_leaves_out_what_a_colleague_moved(organisation, user):
    subjects = make_imports(organisation, 3)
    move(PeopleImport.objects.get(pk=subjects[1].pk), State.COMPARED, by=user, at=NOW)
    moved = move_many(subjects, State.DISCARDED, by=user, at=LATER)
    assert moved == [subjects[0], subjects[2]]
    assert stored_states() == ["discarded", "compared", "discarded"]
    assert events().filter(became="discarded").count() == 2


def test_move_many_takes_each_from_its_own_state(organisation, user):
    uploaded, compared = make_imports(organisation), make_imports(organisation, state=State.COMPARED)
    move_many([*uploaded, *compared], State.DISCARDED, by=user, at=NOW)
    assert sorted(events().values_list("was", flat=True)) == ["compared", "uploaded"]


def test_move_many_with_one_impossible_step_writes_nothing(organisation, user):
    subjects = [*make_imports(organisation, 2), *make_imports(organisation, state=State.CONFIRMED)]
    with pytest.raises(WrongState):
        move_many(subjects, State.DISCARDED, by=user, at=NOW)
    assert [subject.state for subject in subjects] == ["uploaded", "uploaded", "confirmed"]
    assert stored_states() == ["uploaded", "uploaded", "confirmed"]
    assert not events().exists()


def test_move_many_of_none_does_nothing(user, django_assert_num_queries):
    with django_assert_num_queries(2):  # the transaction's beginning and end
        assert move_many([], State.COMPARED, by=user, at=NOW) == []


@pytest.mark.parametrize("count", [1, 3, 60])
def test_move_many_takes_the_same_number_of_statements_for_any_number(organisation, user, count):
    subjects = make_imports(organisation, count)
    history_of(subjects[0])  # the content type is known from here on
    assert statements(lambda: move_many(subjects, State.COMPARED, by=user, at=NOW)) == 5


def test_move_many_works_in_batches(organisation, user):
    subjects = make_imports(organisation, 5)
    assert len(move_many(subjects, State.COMPARED, by=user, at=NOW, batch_size=2)) == 5
    assert events().count() == 5


# --- refusals -------------------------------------------------------------------------------------------------------
def check_can_look(user, word):
    if word != "please":
        raise NotAllowed("请说“请”。")
    return "office"


def test_refusal_is_the_sentence_or_nothing(user):
    assert refusal(check_can_look, user, "now") == "请说“请”。"
    assert refusal(check_can_look, user, "please") == ""


def test_refusal_hides_no_other_error(user):
    with pytest.raises(TypeError):
        refusal(check_can_look, user)
