"""Big files are compared and imported in the background: the two steps as one kind of job."""

from django.urls import reverse
from django.utils.translation import gettext as _

from governance.files.kinds import FileRefused
from governance.jobs.models import Job
from governance.jobs.progress import Progress
from governance.jobs.registry import JobRefused

from ..actions import importing, reversing
from ..models import PeopleImport


def run(job: Job, progress: Progress) -> dict[str, int]:
    """Do the step the job was started for. A refusal also stands on the import's page."""
    people_import = PeopleImport.objects.select_related("organisation", "file", "complete").get(
        pk=job.arguments["import"], organisation_id=job.organisation_id
    )
    try:
        if job.arguments["step"] == "compare":
            importing.compare(people_import, by=job.started_by, now=progress.clock(), hold=progress.hold)
        elif job.arguments["step"] == "reverse":
            return reverse_import(people_import, job, progress)
        elif people_import.state != PeopleImport.State.CONFIRMED:
            digest = job.arguments["digest"]
            importing.apply(people_import, digest=digest, by=job.started_by, now=progress.clock(), hold=progress.hold)
    except FileRefused as refused:
        raise refuse(people_import, str(refused.sentence))
    except importing.PlanChanged:
        importing.compare(people_import, by=job.started_by, now=progress.clock())
        raise refuse(people_import, _("The directory changed meanwhile. Look at the new comparison and confirm it."))
    return people_import.counts


def reverse_import(people_import: PeopleImport, job: Job, progress: Progress) -> dict[str, int]:
    """A second run after a crash finds it reversed, and is done. Progress shows before and after: what lies between is
    one transaction, of which nobody sees a part."""
    if people_import.state == PeopleImport.State.REVERSED:
        return people_import.reversal
    total = people_import.changes.values("person").distinct().count()
    progress(0, total)
    digest, now = job.arguments["digest"], progress.clock()
    try:
        counts = reversing.apply(people_import, digest=digest, by=job.started_by, now=now, hold=progress.hold)
    except importing.PlanChanged:
        raise refuse(people_import, _("Something changed meanwhile. Look at the reversal once more and confirm it."))
    progress(total, total)
    return counts


def refuse(people_import: PeopleImport, sentence: str) -> JobRefused:
    PeopleImport.objects.filter(pk=people_import.pk).update(complaint=sentence)
    return JobRefused(sentence)


def link(job: Job) -> tuple[str, str]:
    uuid = PeopleImport.objects.filter(pk=job.arguments["import"]).values_list("uuid", flat=True).first()
    return (reverse("people_import_preview", args=[uuid]), _("To the import")) if uuid else ("", "")
