"""The beat schedule: one table, with a reason beside each time.

A scheduled task is a function that takes the keyword `now` (where time matters to it), does nothing on a second run of
the same moment and makes up for a run that was missed. `manage.py run_job NAME` runs it by hand.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from celery.schedules import crontab

RUNNER = "governance.commands.tasks.run_scheduled"


@dataclass(frozen=True)
class ScheduledJob:
    """`expires`: seconds after which a message that nobody took is worthless, since the next one is on its way."""

    name: str
    task: str
    when: timedelta | crontab
    expires: int
    reason: str


def every(seconds: int) -> timedelta:
    return timedelta(seconds=seconds)


SCHEDULE = (
    ScheduledJob(
        "heartbeat",
        "governance.commands.tasks.heartbeat",
        every(60),
        expires=55,
        reason="shows on /readyz that scheduler, broker and worker pass messages on",
    ),
    ScheduledJob(
        "deliver-notices",
        "governance.notifications.tasks.deliver",
        every(60),
        expires=55,
        reason="an executive should have the mail before he leaves the meeting: a minute is soon enough",
    ),
    ScheduledJob(
        "sweep",
        "governance.duties.tasks.sweep",
        crontab(minute=5, hour="8-19"),
        expires=3000,
        reason="soon after a company opens, whichever hours it keeps; what an hour missed, the next makes up for",
    ),
    ScheduledJob(
        "turn-regulations",
        "governance.regulations.tasks.turn",
        crontab(minute=2),
        expires=3000,
        reason="a version whose day has come holds from midnight wherever the server stands: every hour, soon after it",
    ),
    ScheduledJob(
        "renew-open-points",
        "groups.tasks.renew_open_points",
        crontab(hour=7, minute=30),
        expires=3600,
        reason="what an answer or a leaver changed about existing groups stands on the desks before work begins",
    ),
    ScheduledJob(
        "reconcile-rosters",
        "members.tasks.reconcile_rosters",
        every(60),
        expires=55,
        reason="who leaves today is out of the groups today: the admins hear of an import within a minute",
    ),
    ScheduledJob(
        "tell-beginners",
        "governance.duties.tasks.tell_beginners",
        crontab(hour=8, minute=10),
        expires=3600,
        reason="who holds an office from today on should know in the morning what he takes over",
    ),
    ScheduledJob(
        "find-lost-jobs",
        "governance.jobs.tasks.tick",
        every(30),
        expires=25,
        reason="somebody watches the progress bar of an import: half a minute is as long as one believes in it",
    ),
    ScheduledJob(
        "purge-jobs",
        "governance.jobs.tasks.purge",
        crontab(hour=3, minute=40),
        expires=3600,
        reason="what was imported and exported is personal data and goes after 30 days",
    ),
    ScheduledJob(
        "purge-sign-ins",
        "governance.accounts.tasks.purge",
        crontab(hour=3, minute=45),
        expires=3600,
        reason="where somebody signed in half a year ago helps nobody any more",
    ),
    ScheduledJob(
        "purge-files",
        "governance.files.tasks.purge",
        crontab(hour=3, minute=50),
        expires=3600,
        reason="a file that hung on nothing for a day was given up; after the jobs have let go of theirs",
    ),
    ScheduledJob(
        "follow-merged",
        "governance.directory.tasks.follow_merged",
        crontab(minute=35),
        expires=3000,
        reason="what was being written while two entries became one named the one that went; an hour is soon enough",
    ),
    ScheduledJob(
        "seal-events",
        "governance.audit.tasks.seal",
        every(300),
        expires=280,
        reason="what is not sealed yet can be changed unseen: five minutes is a short time for that",
    ),
    ScheduledJob(
        "verify-audit",
        "governance.audit.tasks.verify",
        crontab(hour=3, minute=20),
        expires=3600,
        reason="reads the whole log, so at night, when nobody waits for a page",
    ),
)

BY_NAME = {job.name: job for job in SCHEDULE}


def beat_entries() -> dict[str, dict[str, Any]]:
    """The table as Celery's beat reads it: every entry runs the one runner with the job's name."""
    return {
        job.name: {
            "task": RUNNER,
            "schedule": job.when,
            "args": (job.name,),
            "options": {"expires": job.expires},
        }
        for job in SCHEDULE
    }
