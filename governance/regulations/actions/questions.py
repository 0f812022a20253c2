"""Open questions of a loaded version: kept, superseded, asked."""

from datetime import datetime
from typing import Any

from governance.accounts.models import User
from governance.audit.actions.recording import record
from governance.directory.models import Office
from governance.directory.queries import find_office
from governance.duties.actions.handing_over import Clock, close, hand_over
from governance.duties.ladders import NUDGING
from governance.workflow import move

from ..format.clocks import clocks_of
from ..models import OpenQuestion, RegulationVersion
from ..queries import questions_standing
from ..rules import interpreting_office
from .offices import ensure_keeper


def supersede_stale(version: RegulationVersion, digests: dict[str, str], *, by: User | None, now: datetime) -> None:
    """What the file no longer asks, or asks about a clause that changed, no longer stands: its answer stays readable
    and no longer counts."""
    for question in questions_standing(version.regulation):
        if digests.get(question.code) != question.clause_digest:
            move(question, OpenQuestion.State.SUPERSEDED, by=by, at=now, article=question.article)
            close(question, by=by, now=now, outcome="superseded")


def ask_new(version: RegulationVersion, digests: dict[str, str], *, by: User | None, now: datetime) -> None:
    """Ask what stands nowhere yet; what stands keeps its answer and takes the file's labels and interpretation. A
    question that an earlier version asked in the same words, and that was answered, has its answer again."""
    standing = {question.code: question for question in questions_standing(version.regulation)}
    if any(entry["asked_of"] is None for entry in version.data["open_questions"]):
        ensure_keeper(version.organisation, by=by, now=now)
    for entry in version.data["open_questions"]:
        question = standing.get(entry["code"])
        if question is None and (before := answered_before(version, entry["code"], digests[entry["code"]])):
            move(before, OpenQuestion.State.ANSWERED, by=by, at=now, article=before.article, changes={"data": entry})
        elif question is None:
            ask(entry, digests[entry["code"]], version, by=by, now=now)
        elif question.data != entry:
            question.data = entry
            question.save(update_fields=["data"])


def answered_before(version: RegulationVersion, code: str, digest: str) -> OpenQuestion | None:
    """The same question of an earlier version with its instruction."""
    asked = OpenQuestion.objects.filter(regulation=version.regulation, code=code, clause_digest=digest)
    return asked.filter(answered_at__isnull=False).order_by("-answered_at").first()


def ask(entry: dict[str, Any], digest: str, version: RegulationVersion, *, by: User | None, now: datetime) -> None:
    """A new question: on the desk of the office it is asked of, or on the set-up page where there is none."""
    question = OpenQuestion.objects.create(
        organisation_id=version.organisation_id,
        regulation=version.regulation,
        code=entry["code"],
        article=entry["article"],
        clause_digest=digest,
        data=entry,
        asked_of=office_of(version, entry["asked_of"]),
        asked_at=now,
    )
    record("ask", question, by=by, at=now, article=question.article)
    if question.asked_of is not None:
        asking = office_of(version, interpreting_office(version.data))
        hand_over(
            question,
            "instruct",
            to=question.asked_of,
            now=now,
            by=by,
            fallback=asking,
            clock=instruction_clock(version),
            article=question.article,
            facts={"asked_by": asking.official_name} if asking else {},
        )


def instruction_clock(version: RegulationVersion) -> Clock:
    """How long an instruction may take; an executive is reminded through the office that does so for executives."""
    clock = clocks_of(version.data)["instruction"]
    nudging = office_of(version, (version.data.get("nudges") or {}).get("office"))
    return Clock(days=clock.days, article=clock.article or "", ladder=clock.ladder, tells={NUDGING: nudging})


def office_of(version: RegulationVersion, code: str | None) -> Office | None:
    return find_office(version.organisation_id, code) if code else None
