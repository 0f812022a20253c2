"""抄送: showing an item to somebody who need not do anything about it."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction

from governance.accounts.models import User
from governance.audit.actions import record
from governance.calendar.queries import working_time
from governance.directory.models import Office, Person
from governance.directory.queries import holders_of

from ..models import Circulation
from .notifying import notify


@transaction.atomic
def circulate(
    subject: models.Model,
    people: Iterable[Person],
    *,
    by: User,
    now: datetime,
    note: str = "",
    offices: Iterable[Office] = (),
) -> list[Circulation]:
    """Show the subject to people of its organisation who were not shown it before, and to today's holders of the
    offices; from then on they may see it, and so may whoever holds the office later.

    Whoever calls this has checked that `by` may see the subject himself. Returns the new circulations.
    """
    of_subject = {"subject_type": ContentType.objects.get_for_model(subject), "subject_id": subject.pk}
    held = holding(offices, subject.organisation_id, now=now)
    for person_pk, (_person, office) in held.items():
        Circulation.objects.filter(**of_subject, person=person_pk, office=None).update(office=office)
    already = set(Circulation.objects.filter(**of_subject).values_list("person_id", flat=True))
    chosen = {person.pk: person for person in people if person.organisation_id == subject.organisation_id}
    chosen |= {person_pk: person for person_pk, (person, _office) in held.items()}
    through = {person_pk: office for person_pk, (_person, office) in held.items()}
    fresh = [person for pk, person in chosen.items() if pk not in already]
    if not fresh:
        return []
    title, path = str(subject)[:150], subject.get_absolute_url()
    shown = {"circulated_by": by, "circulated_at": now}
    copy = {"organisation_id": subject.organisation_id, "title": title, "path": path, "note": note[:300]}
    Circulation.objects.bulk_create(
        [
            Circulation(person=person, office=through.get(person.pk), **of_subject, **copy, **shown) for person in fresh
        ],
        ignore_conflicts=True,
    )
    names = "、".join(person.name for person in fresh)
    record("circulate", subject, by=by, at=now, note=note, people=names, person_ids=[person.pk for person in fresh])
    notify(
        fresh,
        "circulated",
        subject,
        now=now,
        key=f"circulated:{of_subject['subject_type'].pk}:{subject.pk}",
        path=path,
        title=title,
        by=by.name,
        note=note,
    )
    return list(Circulation.objects.filter(person__in=fresh, **of_subject, **shown))


def holding(offices: Iterable[Office], organisation_id: int, *, now: datetime) -> dict[int, tuple[Person, Office]]:
    """Today's holders of the organisation's offices among these, each with the first office by which he is meant."""
    on, found = working_time(organisation_id).local_day(now), {}
    for office in offices:
        if office.organisation_id == organisation_id:
            for person in holders_of(office, on=on):
                found.setdefault(person.pk, (person, office))
    return found


def open_circulation(circulation: Circulation, *, now: datetime) -> None:
    """The person opened it; the first time counts."""
    Circulation.objects.filter(pk=circulation.pk, seen_at=None).update(seen_at=now)
