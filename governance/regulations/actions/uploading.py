"""A regulation file from the portal's pages: checked, shown beside the version in force, loaded by one confirmation."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from governance.accounts.models import Organisation, User
from governance.calendar.queries import working_time
from governance.workflow import move, raise_wrong_state

from ..format import read
from ..models import RegulationUpload, RegulationVersion
from ..permissions import check_can_load
from .loading import load

State = RegulationUpload.State


class AlreadyLoaded(Exception):
    """This very file is loaded; `version` is the version it became."""

    def __init__(self, version: RegulationVersion) -> None:
        super().__init__(version)
        self.version = version


@transaction.atomic
def start(source: bytes, *, filename: str, by: User, now: datetime) -> RegulationUpload:
    """Check the file and keep its text for the comparison; nothing is loaded. A second click finds what the first kept.

    Raises RegulationErrors with every problem, AlreadyLoaded for a file that is a version already.
    """
    check_can_load(by)
    document = read(source, filename=filename)
    known = RegulationVersion.objects.filter(organisation=by.organisation, digest=document.digest)
    if (already := known.select_related("regulation").first()) is not None:
        raise AlreadyLoaded(already)
    waiting = RegulationUpload.objects.filter(organisation=by.organisation, uploaded_by=by, state=State.CHECKED)
    text = source.decode("utf-8")
    twice = waiting.filter(version=document.data["regulation"]["version"], source=text).first()
    return twice or RegulationUpload.objects.create(
        organisation=by.organisation,
        file_name=filename[:200],
        version=document.data["regulation"]["version"],
        source=text,
        uploaded_by=by,
        uploaded_at=now,
    )


@transaction.atomic
def confirm(
    upload: RegulationUpload, *, seen: int, by: User, now: datetime, published_on: date | None = None
) -> RegulationVersion:
    """Load what was shown. `seen` is the version loaded last when the comparison was shown (0 for none): when a
    colleague has loaded another one since, WrongState. `published_on` is the day that a file means by `publication`.
    """
    office = check_can_load(by)
    Organisation.objects.select_for_update().get(pk=upload.organisation_id)
    upload.refresh_from_db(fields=["state", "source"])
    if upload.state != State.CHECKED:
        raise_wrong_state(upload)
    newest = RegulationVersion.objects.filter(organisation=upload.organisation).order_by("-pk").first()
    if newest is not None and newest.pk != seen:
        raise_wrong_state(newest)
    today = working_time(upload.organisation_id).local_day(now)
    if published_on is not None and published_on < today:
        raise ValidationError({"published_on": _("Choose today or a later day.")})
    version = load(
        upload.source,
        filename=upload.file_name,
        organisation=upload.organisation,
        by=by,
        now=now,
        published_on=published_on,
    )
    changes = {"loaded": version, "source": ""}
    move(upload, State.LOADED, by=by, at=now, office=office, changes=changes, version=version.version)
    return version


@transaction.atomic
def discard(upload: RegulationUpload, *, by: User, now: datetime) -> None:
    """Load nothing; the text is removed."""
    office = check_can_load(by)
    move(upload, State.DISCARDED, by=by, at=now, office=office, changes={"source": ""})
