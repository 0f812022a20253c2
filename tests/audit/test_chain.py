"""The chain of seals betrays every change behind the portal's back. The changes are made by raw SQL, as a thief would."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from governance.audit.actions import record, seal_events
from governance.audit.models import AppendOnlyError, Event, Seal
from governance.audit.queries import Flaw, flaws, head, unsealed
from governance.audit.tasks import seal, verify
from tests.factories import NOW, make_company

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=3)


@pytest.fixture
def company():
    return make_company()


@pytest.fixture
def events(company):
    """Six events, sealed in two runs; those of making the company are sealed before."""
    seal_events(now=NOW)
    made = [record("look", company, by=None, at=NOW, note=f"第{n}次", seen=n) for n in range(6)]
    seal_events(now=NOW, at_most=3)
    seal_events(now=NOW + timedelta(minutes=5))
    return made


def sql(statement, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def found(now=LATER):
    return sorted((flaw.event_id, flaw.what) for flaw in flaws(now=now))


def copy_of(event, pk):
    """A row that nobody sealed, put in by raw SQL under an id of its own."""
    names = [field.column for field in Event._meta.concrete_fields if not field.primary_key]
    columns = ", ".join(f'"{name}"' for name in names)
    sql(f"INSERT INTO audit_event (id, {columns}) SELECT %s, {columns} FROM audit_event WHERE id = %s", pk, event.pk)


def test_untouched_log_is_whole(events):
    assert found() == []
    assert unsealed().count() == 0


def test_empty_log_is_whole():
    assert list(flaws(now=NOW)) == []
    assert head() is None


@pytest.mark.parametrize(
    "change",
    [
        "note = '同意'",
        "verb = 'approve'",
        "office = '总裁'",
        "became = 'approved'",
        "was = 'draft'",
        "article = '9'",
        "facts = '{}'",
        "salt = 'other'",
        "subject_id = subject_id + 1",
        "at = '2026-01-01 00:00:00+00:00'",
        "note = '', facts = '{}'",
    ],
)
def test_edited_event_is_seen(events, change):
    sql(f"UPDATE audit_event SET {change} WHERE id = %s", events[2].pk)
    assert found() == [(events[2].pk, "edited")]


def test_removed_event_is_seen(events):
    sql("DELETE FROM audit_event WHERE id = %s", events[4].pk)
    assert found() == [(events[4].pk, "removed")]


def test_event_put_into_a_gap_a_day_later_is_seen_before_and_after_it_is_sealed(company):
    first = record("look", company, by=None, at=NOW)
    sql("UPDATE audit_event SET id = id + 1000 WHERE id = %s", first.pk)
    seal_events(now=NOW)
    gap = first.pk + 500
    copy_of(Event.objects.get(pk=first.pk + 1000), gap)
    assert found() == [(gap, "inserted")]
    seal_events(now=LATER)
    assert found() == [(gap, "inserted")]


def test_event_of_a_long_transaction_is_no_flaw(company):
    first = record("look", company, by=None, at=NOW)
    sql("UPDATE audit_event SET id = id + 1000 WHERE id = %s", first.pk)
    seal_events(now=NOW)
    copy_of(Event.objects.get(pk=first.pk + 1000), first.pk + 500)
    seal_events(now=NOW + timedelta(hours=2))
    assert found() == []


def test_inserted_event_with_a_forged_seal_is_seen(events):
    sql("UPDATE audit_seal SET sequence = sequence + 1000 WHERE sequence >= %s", head().sequence)
    sql(
        "INSERT INTO audit_seal (sequence, event_id, personal_digest, content_digest, digest, sealed_at)"
        " SELECT sequence - 1000, 999999, personal_digest, content_digest, digest, sealed_at"
        " FROM audit_seal ORDER BY sequence DESC LIMIT 1"
    )
    assert (999999, "removed") in found()
    assert (999999, "reordered") in found()


def test_exchanged_seals_are_seen(events):
    first, second = Seal.objects.get(event_id=events[1].pk), Seal.objects.get(event_id=events[2].pk)
    sql("UPDATE audit_seal SET sequence = 900001 WHERE sequence = %s", first.sequence)
    sql("UPDATE audit_seal SET sequence = %s WHERE sequence = %s", first.sequence, second.sequence)
    sql("UPDATE audit_seal SET sequence = %s WHERE sequence = 900001", second.sequence)
    assert {what for _event, what in found()} == {"reordered"}
    assert {events[1].pk, events[2].pk} <= {event for event, _what in found()}


def test_exchanged_events_are_seen(events):
    sql("UPDATE audit_event SET id = 900001 WHERE id = %s", events[1].pk)
    sql("UPDATE audit_event SET id = %s WHERE id = %s", events[1].pk, events[2].pk)
    sql("UPDATE audit_event SET id = %s WHERE id = 900001", events[2].pk)
    assert found() == [(events[1].pk, "edited"), (events[2].pk, "edited")]


def test_removed_seal_is_seen(events):
    sql("DELETE FROM audit_seal WHERE event_id = %s", events[2].pk)
    assert (events[3].pk, "reordered") in found()


def test_cut_off_end_shows_only_against_a_head_written_down(events):
    written_down = head().digest
    sql("DELETE FROM audit_seal WHERE event_id = %s", events[5].pk)
    sql("DELETE FROM audit_event WHERE id = %s", events[5].pk)
    assert found() == []
    assert not Seal.objects.filter(digest=written_down).exists()


def test_anonymised_event_is_no_flaw_and_its_other_facts_stay_proved(events):
    sql("UPDATE audit_event SET note = '', facts = '{}', salt = '' WHERE id = %s", events[2].pk)
    assert found() == []
    sql("UPDATE audit_event SET verb = 'approve' WHERE id = %s", events[2].pk)
    assert found() == [(events[2].pk, "edited")]


def test_sealing_takes_the_oldest_first_and_says_how_many(company):
    seal_events(now=NOW)
    made = [record("look", company, by=None, at=NOW) for _ in range(3)]
    assert seal_events(now=NOW, at_most=2) == 2
    assert list(unsealed()) == [made[2]]
    assert seal(now=NOW) == 1
    assert seal(now=NOW) == 0


def test_verifying_task_counts_and_complains(events, caplog):
    assert verify(now=LATER) == 0
    sql("DELETE FROM audit_event WHERE id = %s", events[0].pk)
    assert verify(now=LATER) == 1
    assert caplog.messages == [f"The operations log was changed: event {events[0].pk} was removed."]


def test_command_says_whole_or_fails(events):
    said, complained = StringIO(), StringIO()
    call_command("verify_audit", stdout=said)
    newest = head()
    assert said.getvalue() == (
        f"The operations log is whole: {newest.sequence} events sealed, head {newest.digest}; 0 not sealed yet.\n"
    )
    sql("UPDATE audit_event SET verb = 'x' WHERE id = %s", events[0].pk)
    with pytest.raises(CommandError, match=r"changed in 1 places"):
        call_command("verify_audit", stdout=said, stderr=complained)
    assert complained.getvalue() == f"event {events[0].pk}: edited\n"


def test_verifying_takes_a_bounded_number_of_statements(events, django_assert_num_queries):
    with django_assert_num_queries(3):
        assert list(flaws(now=LATER)) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda event: event.save(),
        lambda event: event.delete(),
        lambda event: Event.objects.filter(pk=event.pk).update(note=""),
        lambda event: Event.objects.filter(pk=event.pk).delete(),
        lambda event: Event.objects.bulk_update([event], ["note"]),
        lambda event: Seal.objects.update(digest=""),
        lambda event: Seal.objects.all().delete(),
    ],
)
def test_code_cannot_change_the_log(events, change):
    with pytest.raises(AppendOnlyError), transaction.atomic():
        change(events[0])
    assert found() == []


def test_flaw_is_plain(events):
    sql("DELETE FROM audit_event WHERE id = %s", events[0].pk)
    assert list(flaws(now=LATER)) == [Flaw(events[0].pk, "removed")]
