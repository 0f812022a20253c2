"""`restore`: put a backup back."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from governance.accounts.models import Organisation
from governance.commands.backups import Unusable, restore


def holds_data() -> bool:
    try:
        return Organisation.objects.exists()
    except DatabaseError:  # not migrated yet
        return False


class Command(BaseCommand):
    help = "Replace the database and the uploaded files by those of a backup. Stop the portal first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--replace", action="store_true", help="what is there now may be lost")

    def handle(self, *args: Any, file: Path, replace: bool, **options: Any) -> None:
        if holds_data() and not replace:
            raise CommandError("This installation holds data. With --replace they are lost; make a backup first.")
        try:
            found = restore(file.absolute())
        except Unusable as reason:
            raise CommandError(str(reason))
        call_command("migrate", verbosity=0)
        self.stdout.write(f"Restored as of {found['made_at']}.")
