"""`regulation_schema`: write docs/regulation.schema.json from the shapes that read the file."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from governance.regulations.format.schema import schema_text


class Command(BaseCommand):
    help = "Write docs/regulation.schema.json; with --check only say whether it is up to date."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; fail when the file is out of date")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        file = settings.BASE_DIR / "docs" / "regulation.schema.json"
        if not check:
            file.write_text(schema_text(), encoding="utf-8")
        elif not file.exists() or file.read_text(encoding="utf-8") != schema_text():
            raise CommandError("docs/regulation.schema.json is out of date: run `manage.py regulation_schema`.")
