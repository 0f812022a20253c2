"""Whether the portal can answer pages, and what around it is not well (`/readyz`).

Ready means: the database answers and its tables are those of this code. A page needs no broker, so a broker or a
worker that is silent is told but takes no web server out of service (docs/decisions/0008-broker-in-a-folder.md).
"""

import os
from datetime import datetime, timedelta
from typing import Any

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from governance.commands.backlog import UNDELIVERED_AFTER, numbers
from governance.commands.models import SCHEDULER, LastRun

SILENT_AFTER = timedelta(minutes=5)
BROKER_TIMEOUT = 1  # seconds
# From which number on something is not well; a count has none: any that is stuck or failed should be looked at.
THRESHOLDS = {
    "scheduler_seconds_ago": int(SILENT_AFTER.total_seconds()),
    "worker_seconds_ago": int(SILENT_AFTER.total_seconds()),
    "messages_overdue_seconds": int(UNDELIVERED_AFTER.total_seconds()),
    "scheduled_jobs_failed": 1,
    "messages_failed": 1,
    "work_stuck": 1,
    "work_failed": 1,
}

_migrated: set[str] = set()  # databases this process has seen fully migrated; only a new release changes that


def readiness(*, now: datetime) -> dict[str, Any]:
    """What a probe wants to know, as plain JSON. No names, no addresses: anybody may ask."""
    database = database_state()
    migrations = migrations_state() if database == "ok" else "unknown"
    return {
        "ready": database == migrations == "ok",
        "database": database,
        "migrations": migrations,
        "broker": broker_state(),
        "scheduler": scheduler_state(now) if migrations == "ok" else "unknown",
        "jobs": jobs_state(now) if migrations == "ok" else "unknown",
        "numbers": numbers(now=now) if migrations == "ok" else None,
        "thresholds": THRESHOLDS,
    }


def database_state() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "unreachable"
    return "ok"


def migrations_state() -> str:
    name = str(connection.settings_dict["NAME"])
    if name not in _migrated:
        try:
            executor = MigrationExecutor(connection)
            if executor.migration_plan(executor.loader.graph.leaf_nodes()):
                return "missing"
        except DatabaseError:
            return "unknown"
        _migrated.add(name)
    return "ok"


def broker_state() -> str:
    """`degraded` when messages cannot be passed on: jobs wait, pages do not."""
    if not settings.REDIS_URL:
        folder = settings.CELERY_BROKER_TRANSPORT_OPTIONS["data_folder_in"]
        return "ok" if os.access(folder, os.W_OK) else "degraded"
    client = redis.Redis.from_url(
        settings.REDIS_URL, socket_connect_timeout=BROKER_TIMEOUT, socket_timeout=BROKER_TIMEOUT
    )
    try:
        client.ping()
    except redis.RedisError:
        return "degraded"
    finally:
        client.close()
    return "ok"


def jobs_state(now: datetime) -> str:
    """`silent` when the scheduler's heartbeat has not come through the worker for five minutes."""
    return heard("heartbeat", now)


def scheduler_state(now: datetime) -> str:
    """`silent` when the scheduler has sent no heartbeat for five minutes: then jobs are silent too, and it is why."""
    return heard(SCHEDULER, now)


def heard(name: str, now: datetime) -> str:
    """Whether a run of that name began within the last five minutes."""
    last = LastRun.objects.filter(name=name).first()
    return "ok" if last is not None and now - last.started_at < SILENT_AFTER else "silent"
