"""Loading a regulation file: everything of it, or nothing."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from governance.accounts.models import Organisation, User
from governance.audit.actions.recording import record
from governance.calendar.queries import working_time

from .. import sections
from ..format import Document, read
from ..models import Regulation, RegulationVersion
from ..permissions import check_can_load
from ..queries import data_with_answers, newest_version
from .offices import ensure_offices
from .questions import ask_new, supersede_stale


@transaction.atomic
def load(
    source: str | bytes, *, filename: str, organisation: Organisation, by: User | None, now: datetime
) -> RegulationVersion:
    """Check the file and store it as a version of its regulation; `by` is None on the command line.

    Raises RegulationErrors with every problem, and nothing is written. The same file again changes nothing. Answers to
    open questions live on until the clause's own text changes; then the question is asked anew.
    """
    office = check_can_load(by) if by is not None else ""
    document = read(source, filename=filename)
    already = RegulationVersion.objects.filter(
        organisation=organisation, regulation__code=document.data["regulation"]["code"], digest=document.digest
    ).first()
    if already is not None:
        settle(already.regulation, by=by, now=now)
        return already
    version = store(document, source, regulation_of(document, organisation), by=by, now=now)
    record("load", version, by=by, at=now, office=office, file=filename, version=version.version)
    digests = document.digests["open_questions"]
    supersede_stale(version, digests, by=by, now=now)
    settle(version.regulation, by=by, now=now)
    ask_new(version, digests, by=by, now=now)
    version.refresh_from_db()
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
    document: Document, source: str | bytes, regulation: Regulation, *, by: User | None, now: datetime
) -> RegulationVersion:
    """The new version's row."""
    today = working_time(regulation.organisation_id).local_day(now)
    first, last = effective_range(document.data, published_on=today)
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


def settle(regulation: Regulation, *, by: User | None, now: datetime) -> None:
    """Bring what is kept beside the newest version up to date with its data and all answers: its dates, the offices,
    each section's own rows. Running twice changes nothing."""
    version = newest_version(regulation)
    data = data_with_answers(version)
    first, last = effective_range(data, published_on=version.effective_from)
    if (first, last) != (version.effective_from, version.effective_to):
        version.effective_from, version.effective_to = first, last
        version.save(update_fields=["effective_from", "effective_to"])
    ensure_offices(regulation.organisation, by=by, now=now)
    for section in sections.registered().values():
        section.store(version, data)
