"""What the page of an uploaded file shows before it is loaded."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from governance.accounts.models import User

from ..differences import Differences, differences
from ..effects import sentences
from ..format import read
from ..format.answers import overlay
from ..format.clauses import question_digests
from ..models import OpenQuestion, Regulation, RegulationUpload, RegulationVersion
from ..words import said
from . import data_with_answers, standing_version

NOTHING: dict[str, Any] = {"articles": [], "offices": [], "open_questions": [], "supervises": [], "regulation": {}}


@dataclass(frozen=True)
class Preview:
    """`against` is the version compared with, None for a regulation that is new here; `seen` ties the confirmation to
    what was loaded when this was shown. `chooses_day`: the file leaves the day in force to its publication; else
    `fixed_on` is the file's own, None where it names none. `refusal` says why it cannot be loaded as it is."""

    title: str
    version: str
    against: RegulationVersion | None
    seen: int
    differences: Differences
    counts: tuple[int, int, int]
    effects: list[str]
    warnings: list[str]
    chooses_day: bool
    fixed_on: date | None
    refusal: str


def uploads_of(user: User) -> models.QuerySet[RegulationUpload]:
    return RegulationUpload.objects.filter(organisation_id=user.organisation_id).select_related(
        "uploaded_by", "loaded__regulation"
    )


def recent_uploads(user: User) -> list[RegulationUpload]:
    """The last ten, without their text."""
    return list(uploads_of(user).defer("source")[:10])


def preview_of(upload: RegulationUpload, *, on: date) -> Preview:
    """The file beside the version in force (before the first one is: beside the newest)."""
    data = read(upload.source, filename=upload.file_name).data
    identity = data["regulation"]
    regulation = Regulation.objects.filter(organisation=upload.organisation_id, code=identity["code"]).first()
    against = standing_version(regulation, on=on) if regulation else None
    newest = RegulationVersion.objects.filter(organisation=upload.organisation_id).order_by("-pk").first()
    before = data_with_answers(against) if against else NOTHING
    after = overlay(data, answers_kept(regulation, data))
    found = differences(before, after)
    effective = identity["effective"] or {}
    first = effective.get("from")
    fixed = date.fromisoformat(first) if first not in (None, "publication") else None
    return Preview(
        title=said(identity["title"]),
        version=identity["version"],
        against=against,
        seen=newest.pk if newest else 0,
        differences=found,
        counts=tuple(sum(clause.kind == kind for clause in found.clauses) for kind in ("changed", "added", "removed")),
        effects=sentences(regulation, after) if regulation else [],
        warnings=list(warnings_on(identity, regulation)),
        chooses_day=first == "publication",
        fixed_on=fixed,
        refusal=refusal_on(fixed, against, on=on),
    )


def answers_kept(regulation: Regulation | None, data: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The answers that count for a file not loaded yet: those to the very questions it asks."""
    if regulation is None:
        return {}
    digests = question_digests(data)
    answered = OpenQuestion.objects.filter(regulation=regulation, answered_at__isnull=False).order_by("answered_at")
    return {one.code: one.answers for one in answered if digests.get(one.code) == one.clause_digest}


def warnings_on(identity: dict[str, Any], regulation: Regulation | None) -> list[str]:
    """What the author of the file may have overlooked."""
    if regulation is None:
        return []
    found = []
    if regulation.versions.filter(version=identity["version"]).exists():
        found.append(
            _("There is a version %(version)s already, with another text. Better give the new one its own number.")
            % {"version": identity["version"]}
        )
    if said(identity["title"]) != str(regulation):
        found.append(_("The title differs: so far it is “%(title)s”.") % {"title": regulation})
    return found


def refusal_on(fixed: date | None, against: RegulationVersion | None, *, on: date) -> str:
    """A day that is past cannot change what was decided since; a first version may begin in the past."""
    if fixed is None or against is None or fixed >= on:
        return ""
    return _(
        "The file says that it is in force from %(day)s, a day that is past. Write today, a later day or “publication” "
        "under regulation.effective.from, and upload it again."
    ) % {"day": fixed.isoformat()}
