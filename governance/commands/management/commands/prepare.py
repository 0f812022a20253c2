"""`prepare`: everything between a fresh clone (or a new release) and `serve`. A second run takes a second."""

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand
from django.urls import reverse
from django.utils import timezone

from governance.accounts.models import Organisation
from governance.commands import catalog
from governance.desk.set_up import tokens


def newest(folder: Path) -> int:
    """When anything under the folder last changed (nanoseconds); 0 when it is empty."""
    return max((file.stat().st_mtime_ns for file in folder.rglob("*")), default=0)


class Command(BaseCommand):
    help = "Compile the translations, migrate, collect the static files; fill an empty database or invite to set it up."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        with catalog.locked():
            catalog.compile_catalog()
        call_command("migrate", verbosity=0)
        self.collect_static_files()
        if settings.PORTAL_DEMO and not Organisation.objects.exists() and "seed_demo" in get_commands():
            self.stdout.write("Inventing a group company to look at …")
            call_command("seed_demo")
        if tokens.is_open():
            self.invite()

    def invite(self) -> None:
        """Print where the set-up of an empty portal begins: a new one-time token with each start."""
        port = os.environ.get("PORT")
        address = os.environ.get("PORTAL_URL") or (f"http://127.0.0.1:{port}" if port else settings.PORTAL_URL)
        path = reverse("set_up_enter", args=[tokens.make(now=timezone.now())])
        self.stdout.write(
            "\n  This portal is empty. Set it up at this address, once, within 24 hours:\n"
            "  门户尚未设置。请在 24 小时内打开以下地址进行设置（仅限使用一次）：\n\n"
            f"  {address.rstrip('/')}{path}\n"
        )

    def collect_static_files(self) -> None:
        """Collect when a file of ours or an installed package is newer than the last collection."""
        manifest = settings.STATIC_ROOT / "staticfiles.json"
        collected = manifest.stat().st_mtime_ns if manifest.exists() else 0
        installed = settings.BASE_DIR / ".venv" / "installed"
        sources = [newest(settings.BASE_DIR / "static"), installed.stat().st_mtime_ns if installed.exists() else 0]
        if collected <= max(sources):
            call_command("collectstatic", verbosity=0, interactive=False)
