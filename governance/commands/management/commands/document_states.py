"""`document_states`: write docs/states.md, or compare it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from governance.commands import states


class Command(BaseCommand):
    help = "Write docs/states.md from the models' tables of states; --check only compares."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; fail when the page is out of date")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        page = states.document()
        if not check:
            states.FILE.write_text(page, encoding="utf-8")
        elif not states.FILE.exists() or states.FILE.read_text(encoding="utf-8") != page:
            raise CommandError("docs/states.md is out of date: run manage.py document_states")
        self.stdout.write("docs/states.md: up to date.")
