"""What `manage.py check` says about this installation, beyond Django's own checks."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register
from django.db import connections

from governance.commands.catalog import po_file

OLDEST_POSTGRES = 15


@register(Tags.translation)
def check_catalogue(app_configs: object, **options: Any) -> list[Warning]:
    """Without the compiled catalogue every page is in English."""
    if po_file().with_suffix(".mo").exists():
        return []
    return [Warning("The Chinese is not compiled.", hint="manage.py translations --compile", id="portal.W001")]


@register(Tags.database)
def check_database(app_configs: object, databases: Sequence[str] | None = None, **options: Any) -> list[Error]:
    """PostgreSQL 15 brought the unique constraints that this code relies on."""
    found = []
    for alias in databases or []:
        connection = connections[alias]
        if connection.vendor == "postgresql" and connection.pg_version // 10000 < OLDEST_POSTGRES:
            found.append(
                Error(f"PostgreSQL {OLDEST_POSTGRES} or newer is needed for “{alias}”.", id="portal.E001")
            )
    return found


@register(Tags.security, deploy=True)
def check_demo(app_configs: object, **options: Any) -> list[Error]:
    """A demo prints its passwords: never on a site that others reach."""
    if settings.PORTAL_DEMO and settings.SECURE_SITE:
        return [Error("PORTAL_DEMO is on and PORTAL_URL is a real address.", hint="PORTAL_DEMO=0", id="portal.E002")]
    return []


@register(Tags.security, deploy=True)
def check_hosts(app_configs: object, **options: Any) -> list[Error]:
    if "*" in settings.ALLOWED_HOSTS:
        return [Error("ALLOWED_HOSTS lets every host name in.", id="portal.E003")]
    return []
