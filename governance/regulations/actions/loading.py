"""Loading a regulation file: everything of it, or nothing."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from governance.accounts.models import Organisation, User
from governance.audit.actions.recording import record
from governance.calendar.queries import working_time
from governance.directory.models import Office
from governance.directory.queries import person_of, users_holding
from governance.notifications.actions import notify

from .. import sections
from ..effects import concerned
from ..format import Document, read
from ..models import Regulation, RegulationVersion
from ..permissions import check_can_load
from ..queries import data_with_answers, newest_version, standing_version
from .offices import ensure_offices
from .questions import ask_new, supersede_stale


@transaction.atomic
def load(
    source: str | bytes,
    *,
    filename: str,
    organisation: Organisation,
    by: User | None,
    now: datetime,
    published_on: date | None = None,
) -> RegulationVersion:
    """Check the file and store it as a version of its regulation; `by` is None on the command line.

    Raises RegulationErrors with every problem, and nothing is written. The same file again changes nothing. Answers to
    open questions live on until the clause's own text changes; then the question is asked anew. `published_on` is the
    day that a file means by `publication`: the day of loading, or a later one.
    """
    office = check_can_load(by) if by is not None else ""
    document = read(source, filename=filename)
    already = RegulationVersion.objects.filter(
        organisation=organisation, regulation__code=document.data["regulation"]["code"], digest=document.digest
    ).first()
    if already is not None:
        settle(already.regulation, by=by, now=now)
        return already
    version = store(
        document, source, regulation_of(document, organisation), by=by, now=now, published_on=published_on
    )
    record("load", version, by=by, at=now, office=office, file=filename, version=version.version)
    digests = document.digests["open_questions"]
    supersede_stale(version, digests, by=by, now=now)
    settle(version.regulation, by=by, now=now)
    ask_new(version, digests, by=by, now=now)
    version.refresh_from_db()
    tell_concerned(version, by=by, now=now)
    return version


def regulation_of(document: Document, organisation: Organisation) -> Regulation:
    """The regulation with the file's code, called as the file calls it."""
    identity = document.data["regulation"]
    names = {"name": identity["title"]["zh"], "name_en": identity["title"]["en"]}
    regulation, _made = Regulation.objects.update_or_create(
        organisation=organisation, code=identity["code"], defaults=names
    )
    return regulation


def store(
    document: Document,
    source: str | bytes,
    regulation: Regulation,
    *,
    by: User | None,
    now: datetime,
    published_on: date | None,
) -> RegulationVersion:
    """The new version's row."""
    today = working_time(regulation.organisation_id).local_day(now)
    first, last = effective_range(document.data, published_on=published_on or today)
    return RegulationVersion.objects.create(
        organisation_id=regulation.organisation_id,
        regulation=regulation,
        version=document.data["regulation"]["version"],
        effective_from=first,
        effective_to=last,
        data=document.data,
        source=source.decode() if isinstance(source, bytes) else source,
        digest=document.digest,
        loaded_at=now,
        loaded_by=by,
    )


def effective_range(data: dict[str, Any], *, published_on: date | None) -> tuple[date | None, date | None]:
    """First and last day in force; a date nobody gave is None."""
    effective = data["regulation"]["effective"] or {}
    first, last = effective.get("from"), effective.get("to")
    return (
        published_on if first == "publication" else first and date.fromisoformat(first),
        last and date.fromisoformat(last),
    )


@transaction.atomic
def settle(regulation: Regulation, *, by: User | None, now: datetime) -> None:
    """Bring what is kept beside the versions up to date with their data and all answers: their dates, the offices, and
    of the version in force each section's own rows. Running twice changes nothing."""
    on = working_time(regulation.organisation_id).local_day(now)
    for version in {newest_version(regulation), standing_version(regulation, on=on)}:
        set_dates(version)
    ensure_offices(regulation.organisation, by=by, now=now)
    standing = standing_version(regulation, on=on)
    data = data_with_answers(standing)
    for section in sections.registered().values():
        section.store(standing, data)


def set_dates(version: RegulationVersion) -> None:
    """The days in force as the file and the answers say them."""
    first, last = effective_range(data_with_answers(version), published_on=version.effective_from)
    if (first, last) != (version.effective_from, version.effective_to):
        version.effective_from, version.effective_to = first, last
        version.save(update_fields=["effective_from", "effective_to"])


def turn(*, now: datetime) -> int:
    """A version whose day has come takes over: what is kept beside the regulations follows. Returns how many
    regulations there are; running it again the same day changes nothing."""
    found = list(Regulation.objects.filter(versions__isnull=False).distinct().select_related("organisation"))
    for regulation in found:
        settle(regulation, by=None, now=now)
    return len(found)


def tell_concerned(version: RegulationVersion, *, by: User | None, now: datetime) -> None:
    """Who acts under the regulation learns of a new version: the holders of the offices it names, and whom the apps
    above name (group admins, submitters). Nobody is told of a first version: nothing changes by it."""
    regulation = version.regulation
    if regulation.versions.count() < 2:
        return
    on = working_time(version.organisation_id).local_day(now)
    codes = [entry["code"] for entry in version.data["offices"]]
    offices = Office.objects.filter(organisation_id=version.organisation_id, code__in=codes)
    author = person_of(by) if by is not None else None
    people = {person.pk: person for person in (*users_holding(offices, on=on), *concerned(regulation, on=on))}
    notify(
        [person for person in people.values() if person != author],
        "regulation-loaded",
        version,
        now=now,
        key=f"regulation-loaded:{version.pk}",
        regulation=regulation.name,
        regulation_en=regulation.name_en,
        version=version.version,
        day=(version.effective_from or on).isoformat(),
    )
