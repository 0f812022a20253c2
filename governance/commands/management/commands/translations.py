"""`translations`: bring the catalogue up to date with the code, fill it, compile it, or only check it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from governance.commands import catalog


class Command(BaseCommand):
    help = "Collect the msgids of code and templates into locale/, enter Chinese from a YAML file, compile."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; fail when anything is missing")
        parser.add_argument("--compile", action="store_true", help="only compile what the catalogue says now")
        parser.add_argument("--prune", action="store_true", help="drop entries that no code uses any more")
        parser.add_argument("--fill", metavar="FILE.yaml", action="append", default=[], type=Path)

    def handle(self, *args: Any, check: bool, compile: bool, prune: bool, fill: list[Path], **options: Any) -> None:
        with catalog.locked():
            if compile:
                catalog.compile_catalog()
            elif check:
                self.check_catalog()
            else:
                self.update_catalog(fill, prune)

    def check_catalog(self) -> None:
        fresh, unreadable = catalog.extracted(settings.BASE_DIR)
        found = unreadable + catalog.complaints(fresh, catalog.stored())
        if found:
            raise CommandError("\n".join([*found, f"{len(found)} to mend: see `manage.py translations --help`."]))
        self.stdout.write("Translations: complete.")

    def update_catalog(self, files: list[Path], prune: bool) -> None:
        fresh, unreadable = catalog.extracted(settings.BASE_DIR)
        fresh = catalog.merged(fresh, catalog.stored())
        for sentence in unreadable:
            self.stderr.write(sentence)
        for file in files:
            unused, replaced = catalog.fill(fresh, catalog.read_mapping(file))
            for name in unused:
                self.stdout.write(f"not in the code: {name!r}")
            for sentence in replaced:
                self.stdout.write(f"replaced: {sentence}")
        if prune:
            fresh.obsolete.clear()
        catalog.write(fresh)
        catalog.compile_catalog()
        missing = [message for message in catalog.messages_by_key(fresh).values() if not catalog.text_of(message)]
        self.stdout.write(f"Translations: {len(fresh)} msgids, {len(missing)} without Chinese.")
