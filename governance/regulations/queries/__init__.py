"""Reading regulations: which version is in force, with the answers to its open questions laid over it."""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.db.models.functions import Cast, JSONObject

from ..format.answers import overlay
from ..format.clauses import question_digests
from ..models import OpenQuestion, Regulation, RegulationVersion


def regulations_of(organisation_id: int) -> models.QuerySet[Regulation]:
    return Regulation.objects.filter(organisation_id=organisation_id)


def version_in_force(regulation: Regulation, *, on: date) -> RegulationVersion | None:
    """The version in force on that day; None before the first one is."""
    return RegulationVersion.objects.filter(regulation=regulation).in_force(on=on).first()


def questions_under(version: RegulationVersion) -> models.QuerySet[OpenQuestion]:
    """The questions as this version asks them: its own text, whatever came after."""
    digests = question_digests(version.data)
    if not digests:
        return OpenQuestion.objects.none()
    asked = models.Q(*(models.Q(code=code, clause_digest=known) for code, known in digests.items()), _connector="OR")
    return OpenQuestion.objects.filter(asked, regulation=version.regulation_id)


def answers_of(version: RegulationVersion) -> dict[str, dict[str, Any]]:
    """The answers given to the questions of this version, by the code of the question."""
    answered = questions_under(version).filter(answered_at__isnull=False).order_by("answered_at", "pk")
    return dict(answered.values_list("code", "answers"))


class ObjectOf(models.Aggregate):
    """One JSON object of the keys and the JSON values of many rows."""

    function = "JSONB_OBJECT_AGG"
    arity = 2
    output_field = models.JSONField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        return super().as_sql(compiler, connection, function="JSON_GROUP_OBJECT", **context)


def in_force_with_answers(regulation: Regulation, *, on: date) -> tuple[RegulationVersion, dict[str, Any]] | None:
    """The version in force on that day with its data as answered so far: one statement; None before the first one."""
    answered = OpenQuestion.objects.filter(regulation=models.OuterRef("regulation"), answered_at__isnull=False)
    given = JSONObject(code="code", digest="clause_digest", answers="answers", at="answered_at")
    by_key = ObjectOf(Cast("pk", models.CharField()), given)
    answers = answered.order_by().values("regulation").annotate(found=by_key).values("found")
    versions = RegulationVersion.objects.filter(regulation=regulation).in_force(on=on)
    found = versions.annotate(answers_given=models.Subquery(answers)).first()
    if found is None:
        return None
    digests, answers_given = question_digests(found.data), found.answers_given or {}
    in_order = sorted(answers_given.items(), key=lambda item: (item[1]["at"], int(item[0])))
    own = {one["code"]: one["answers"] for _pk, one in in_order if digests.get(one["code"]) == one["digest"]}
    return found, overlay(found.data, {code: as_data(answers) for code, answers in own.items()})


def as_data(answers: str | dict[str, Any]) -> dict[str, Any]:
    """SQLite puts JSON into JSON as a text."""
    return json.loads(answers) if isinstance(answers, str) else answers


def newest_version(regulation: Regulation) -> RegulationVersion | None:
    """The version loaded last, in force or not yet."""
    return RegulationVersion.objects.filter(regulation=regulation).order_by("-pk").first()


def standing_version(regulation: Regulation, *, on: date) -> RegulationVersion | None:
    """The version in force on that day; before the first one is, the one loaded last."""
    return version_in_force(regulation, on=on) or newest_version(regulation)


def data_with_answers(version: RegulationVersion) -> dict[str, Any]:
    """The version's data with the answers to its own open questions in their places."""
    return overlay(version.data, answers_of(version))


def versions_counting(organisation_id: int, *, on: date) -> list[RegulationVersion]:
    """Of each regulation the version in force on that day; after it those that wait for theirs, the next one first."""
    found: list[RegulationVersion] = []
    for regulation in regulations_of(organisation_id):
        standing = version_in_force(regulation, on=on)
        later = RegulationVersion.objects.filter(regulation=regulation).dated().filter(begins_on__gt=on)
        found += [standing] if standing is not None else []
        found += later.order_by("begins_on", "-pk")
    return found


def newest_data(organisation_id: int) -> list[dict[str, Any]]:
    """The newest version's data of each regulation, with answers."""
    newest = [newest_version(regulation) for regulation in regulations_of(organisation_id)]
    return [data_with_answers(version) for version in newest if version is not None]


def questions_standing(regulation: Regulation) -> models.QuerySet[OpenQuestion]:
    """The regulation's questions that are asked or answered."""
    return OpenQuestion.objects.filter(regulation=regulation).exclude(state=OpenQuestion.State.SUPERSEDED)


@dataclass(frozen=True)
class Period:
    """A version and its days in force: `ends_on` is None without an end, `never` where another replaced it at once.
    `standing` is in_force, coming or past."""

    version: RegulationVersion
    begins_on: date
    ends_on: date | None
    standing: str

    @property
    def never(self) -> bool:
        return self.ends_on is not None and self.ends_on < self.begins_on


def periods_of(regulation: Regulation, *, on: date) -> list[Period]:
    """Every version with its days, the latest first. A version holds until the day before the next one begins."""
    versions = regulation.versions.dated().defer("data", "source").select_related("loaded_by")
    found: list[Period] = []
    following: date | None = None
    for version in versions.order_by("-begins_on", "-pk"):
        ends = version.effective_to
        if following is not None:
            ends = min(filter(None, (ends, following - timedelta(days=1))))
        standing = "coming" if version.begins_on > on else "in_force" if ends is None or ends >= on else "past"
        found.append(Period(version, version.begins_on, ends, standing))
        following = min(filter(None, (following, version.begins_on)))
    return found
