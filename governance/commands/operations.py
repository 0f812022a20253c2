"""How the portal runs, in plain words: what is not well, and what to do about it (运行状况)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from celery.schedules import crontab
from django.db import models
from django.db.models import Count, Min, Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from governance.accounts.models import User
from governance.audit.models import Event
from governance.audit.queries import head
from governance.jobs.models import Job
from governance.jobs.registry import kind_of
from governance.notifications.models import Delivery
from governance.paging import COUNTED, Page, count_up_to, page_of
from governance.readiness import SILENT_AFTER, broker_state
from governance.schedule import SCHEDULE, ScheduledJob

from .backlog import UNDELIVERED_AFTER, has_failed, is_stuck, work_counts
from .models import SCHEDULER, LastRun

UNSEALED_AFTER = timedelta(minutes=15)
GRACE = timedelta(minutes=10)  # how long after its time a job of the schedule may begin or still run
LISTED = 20

NAMES: dict[str, str | Promise] = {
    "heartbeat": gettext_lazy("Sign of life"),
    "deliver-notices": gettext_lazy("Sending messages"),
    "sweep": gettext_lazy("Reminders and deadlines"),
    "find-lost-jobs": gettext_lazy("Finding interrupted work again"),
    "purge-jobs": gettext_lazy("Clearing away old imports and exports"),
    "turn-regulations": gettext_lazy("Turning to the regulation's version of the day"),
    "purge-files": gettext_lazy("Clearing away files nobody uses"),
    "follow-merged": gettext_lazy("Following merged entries of people"),
    "seal-events": gettext_lazy("Sealing the operations log"),
    "verify-audit": gettext_lazy("Verifying the operations log"),
}

LIMITS: dict[str, str | Promise] = {
    "web": gettext_lazy("A probe that asks /readyz gets 503 while the database does not answer or is not up to date."),
    "scheduler": gettext_lazy("Silent: five minutes without a word. It leaves word each minute."),
    "worker": gettext_lazy("Silent: five minutes without an answer. It answers each minute."),
    "schedule": gettext_lazy("Missed: ten minutes after its time."),
    "outbox": gettext_lazy("Not well: a message due for 15 minutes, or one that failed."),
    "seals": gettext_lazy("Late: an entry without seal for 15 minutes."),
}


@dataclass(frozen=True)
class Part:
    """One part of the portal: its state in a word, and, when it is not well, what is wrong and what to do."""

    code: str
    label: str
    well: bool
    word: str
    says: str
    advice: str = ""
    since: datetime | None = None
    limit: str = ""  # from when on it is not well

    @property
    def tone(self) -> str:
        return "ok" if self.well else "late"


@dataclass(frozen=True)
class Line:
    """One job of the schedule, with its last run."""

    name: str | Promise
    reason: str
    well: bool
    word: str
    started_at: datetime | None
    says: str

    @property
    def tone(self) -> str:
        return "ok" if self.well else "late"


@dataclass(frozen=True)
class Work:
    """A piece of long work that is stuck or has failed; only who started it may open it."""

    title: str | Promise
    who: str
    at: datetime
    word: str
    url: str


@dataclass(frozen=True)
class Unsent:
    """A message that could not be delivered, and why, in a sentence."""

    pk: int
    person: str
    person_pk: int
    created_at: datetime
    why: str


@dataclass(frozen=True)
class Operations:
    """All that the page shows."""

    parts: list[Part]
    schedule: list[Line]
    works: list[Work]
    unsent: list[Unsent]
    page: Page
    failed: int

    @property
    def ill(self) -> int:
        return sum(not part.well for part in self.parts)


def operations(user: User, asked: Mapping[str, str], *, now: datetime) -> Operations:
    """The state of every part, for the user's organisation where there is one: ten statements."""
    runs = {run.name: run for run in LastRun.objects.all()}
    schedule = [line_of(job, runs.get(job.name), now) for job in SCHEDULE]
    broker = broker_state() == "ok"
    outbox = outbox_counts(user)
    works = works_of(user, now)
    page = failed_page(user, asked)
    parts = [
        web(),
        scheduler(runs.get(SCHEDULER), now),
        worker(runs.get(SCHEDULER), runs.get("heartbeat"), broker=broker, now=now),
        scheduled(schedule),
        outbox_part(outbox, now),
        long_work(works, work_counts(now, organisation=user.organisation_id)),
        seals(runs.get("verify-audit"), now),
    ]
    parts = [replace(part, limit=part.limit or str(LIMITS.get(part.code, ""))) for part in parts]
    return Operations(parts, schedule, works, [unsent(one) for one in page.rows], page, outbox["failed"])


def web() -> Part:
    return Part("web", _("Web pages"), True, well_word(True), _("You are reading this page, so the web pages answer."))


def well_word(well: bool) -> str:
    return pgettext("part of the portal", "well") if well else pgettext("part of the portal", "not well")


def is_silent(run: LastRun | None, now: datetime) -> bool:
    return run is None or now - run.started_at >= SILENT_AFTER


def scheduler(run: LastRun | None, now: datetime) -> Part:
    """The scheduler (beat) leaves word each minute that it sends the jobs of the schedule."""
    label, since = _("Scheduler"), run.started_at if run else None
    if not is_silent(run, now):
        return Part("scheduler", label, True, well_word(True), _("It sends the jobs of the schedule."), since=since)
    return Part(
        "scheduler",
        label,
        False,
        pgettext("part of the portal", "silent"),
        _("It has sent no job for five minutes: no reminders, no messages, no deadlines until it is back."),
        _("Ask whoever runs the server to start it again. Nothing is lost; what was missed is made up for."),
        since,
    )


def worker(sent: LastRun | None, ran: LastRun | None, *, broker: bool, now: datetime) -> Part:
    """The worker answers each heartbeat; while the scheduler sends none, nobody can tell."""
    label, since = _("Background worker"), ran.started_at if ran else None
    if not broker:
        says = _("The queue between the web pages and the worker cannot be reached, so no work is handed over.")
        advice = _("Ask whoever runs the server to look at the queue (Redis, or the folder var/). Pages go on working.")
    elif not is_silent(ran, now):
        return Part("worker", label, True, well_word(True), _("It takes up what is sent to it."), since=since)
    elif is_silent(sent, now):
        says = _("It gets nothing to do while the scheduler is silent, so nobody can tell how it is.")
        advice = _("Start the scheduler first, then look here again.")
    else:
        says = _("It has taken up nothing for five minutes: messages, imports and exports wait.")
        advice = _("Ask whoever runs the server to start it again. Nothing is lost; what was missed is made up for.")
    return Part("worker", label, False, pgettext("part of the portal", "silent"), says, advice, since)


# --- the schedule ---------------------------------------------------------------------------------------------------
def due_after(when: timedelta | crontab, at: datetime) -> datetime:
    """When a job is due again that ran at `at`."""
    if isinstance(when, timedelta):
        return at + when
    start, step, _now = when.remaining_delta(at)
    return start + step


def line_of(job: ScheduledJob, run: LastRun | None, now: datetime) -> Line:
    """The job's last run: failed, broken off, too long ago, or in order."""
    well, says, word = True, "", pgettext("job of the schedule", "in order")
    if run is None:
        word = pgettext("job of the schedule", "not yet run")
    elif run.complaint:
        well, word = False, pgettext("job of the schedule", "failed")
        says = _("It stopped with an error and is tried again at its next time: {complaint}").format(
            complaint=run.complaint
        )
    elif now > due_after(job.when, run.started_at) + GRACE:
        well, word = False, pgettext("job of the schedule", "missed")
        says = _("Its time has passed and it has not run. It makes up for it when it runs again.")
    elif run.ended_at is None and now - run.started_at > GRACE:
        well, word = False, pgettext("job of the schedule", "broken off")
        says = _("It began and has not ended: it takes very long, or its worker was stopped. The next run goes on.")
    return Line(NAMES.get(job.name, job.name), job.reason, well, word, run.started_at if run else None, says)


def scheduled(lines: list[Line]) -> Part:
    bad = [str(line.name) for line in lines if not line.well]
    label = _("Jobs of the schedule")
    if not bad:
        return Part("schedule", label, True, well_word(True), _("Each ran when it should."))
    names = pgettext("between names", ", ").join(bad)
    return Part(
        "schedule",
        label,
        False,
        well_word(False),
        _("Not in order: {names}.").format(names=names),
        _("See below. What failed twice in a row should be shown to whoever runs the server."),
    )


# --- messages -------------------------------------------------------------------------------------------------------
def deliveries_of(user: User) -> models.QuerySet[Delivery]:
    return Delivery.objects.filter(notice__organisation=user.organisation_id)


def outbox_counts(user: User) -> dict:
    """How many wait and how many failed, and when the oldest was due. Only the two states are read."""
    queued, failed = Q(state=Delivery.State.QUEUED), Q(state=Delivery.State.FAILED)
    return (
        deliveries_of(user)
        .filter(queued | failed)
        .aggregate(
            waiting=Count("pk", filter=queued),
            failed=Count("pk", filter=failed),
            oldest=Min("notice__created_at", filter=queued),
            due=Min("next_try_at", filter=queued),
        )
    )


def outbox_part(found: dict, now: datetime) -> Part:
    label, waiting, failed = _("Messages going out"), found["waiting"], found["failed"]
    is_stuck = found["due"] is not None and now - found["due"] > UNDELIVERED_AFTER
    said = [
        ngettext("%(count)s message waits.", "%(count)s messages wait.", waiting) % {"count": waiting}
        if waiting
        else _("No message waits.")
    ]
    advice = []
    if is_stuck:
        said.append(_("The first should have gone out over a quarter of an hour ago."))
        advice.append(_("See how scheduler and worker are: nothing takes the messages."))
    if failed:
        said.append(
            ngettext("%(count)s could not be delivered.", "%(count)s could not be delivered.", failed)
            % {"count": failed}
        )
        advice.append(_("See below why; mend the cause, then have them sent again."))
    well = not advice
    return Part("outbox", label, well, well_word(well), " ".join(said), " ".join(advice), found["oldest"])


def failed_page(user: User, asked: Mapping[str, str]) -> Page:
    failed = deliveries_of(user).filter(state=Delivery.State.FAILED)
    return page_of(failed.select_related("notice__person"), ("-pk",), asked, size=LISTED)


def unsent(delivery: Delivery) -> Unsent:
    notice = delivery.notice
    return Unsent(delivery.pk, notice.person.name, notice.person_id, notice.created_at, why(delivery.complaint))


def why(complaint: str) -> str:
    """The mail programme's complaint as a sentence for an office."""
    kind = complaint.partition(" ")[0]
    if kind == "SMTPRecipientsRefused":
        return _("The mail server does not know the address: correct it on the person's page.")
    if kind in ("SMTPAuthenticationError", "SMTPSenderRefused"):
        return _("The mail server refuses the portal itself: its name or password there is wrong.")
    if kind.startswith("SMTP") and kind not in ("SMTPServerDisconnected", "SMTPConnectError"):
        return _("The mail server did not take the message ({complaint}).").format(complaint=complaint)
    if kind in ("UnicodeError", "ValueError", "HeaderParseError"):
        return _("The address cannot be written to ({complaint}).").format(complaint=complaint)
    return _("The mail server could not be reached ({complaint}).").format(complaint=complaint)


# --- long work ------------------------------------------------------------------------------------------------------
def works_of(user: User, now: datetime) -> list[Work]:
    """What is stuck or failed within a week, newest first, twenty at most: one statement."""
    wanted = is_stuck(now) | has_failed(now)
    found = Job.objects.filter(wanted, organisation=user.organisation_id).select_related("started_by")
    return [work(job, user) for job in found[:LISTED]]


def work(job: Job, user: User) -> Work:
    is_failed = job.state == Job.State.FAILED
    return Work(
        title=kind_of(job).title,
        who=job.started_by.name,
        at=job.created_at,
        word=job.get_state_display() if is_failed else pgettext("job", "stuck"),
        url=job.get_absolute_url() if job.started_by_id == user.pk else "",
    )


def long_work(works: list[Work], counts: dict[str, int]) -> Part:
    label = _("Imports and exports")
    said = _("{running} running, {waiting} waiting, {stuck} stuck, {failed} failed within a week.").format(**counts)
    limit = _("Stuck: nobody has taken it for six minutes, or no sign of life for five.")
    if not works:
        return Part("jobs", label, True, well_word(True), said, limit=limit)
    advice = _("Who started one finds the reason on its page and can start it anew. Stuck ones go on with the worker.")
    return Part("jobs", label, False, well_word(False), said, advice, limit=limit)


# --- the operations log ---------------------------------------------------------------------------------------------
def seals(verified: LastRun | None, now: datetime) -> Part:
    """Events wait for their seal at most minutes; the nightly reading of the chain finds no flaw."""
    label, last = _("Seals of the operations log"), head()
    since = last.sealed_at if last else None
    if verified and verified.ended_at and verified.result not in ("", "0"):
        return Part(
            "seals",
            label,
            False,
            pgettext("part of the portal", "broken"),
            _("The operations log was changed behind the portal's back: {count} places.").format(count=verified.result),
            _("Change nothing. Call the auditors; whoever runs the server finds the places with verify_audit."),
            since,
        )
    waiting = Event.objects.filter(pk__gt=last.event_id) if last else Event.objects.all()
    oldest = waiting.order_by("pk").values_list("at", flat=True).first()
    if oldest is None or now - oldest <= UNSEALED_AFTER:
        return Part("seals", label, True, well_word(True), _("Every entry is sealed within minutes."), since=since)
    count = count_up_to(waiting)
    shown = _("more than {count}").format(count=COUNTED) if count > COUNTED else str(count)
    return Part(
        "seals",
        label,
        False,
        pgettext("part of the portal", "late"),
        _("Not sealed yet: {count} entries, the first for over a quarter of an hour.").format(count=shown),
        _("See how scheduler and worker are; the next run seals them."),
        since,
    )
