"""`backup`: database and files in one archive."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from governance.commands.backups import Unusable, back_up


class Command(BaseCommand):
    help = "Write the database and the uploaded files into FILE (.tar.gz). The portal may go on running."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        if file.exists():
            raise CommandError(f"{file} exists already: choose another name.")
        if not file.absolute().parent.is_dir():
            raise CommandError(f"There is no folder {file.absolute().parent}.")
        try:
            back_up(file.absolute(), now=timezone.now())
        except Unusable as reason:
            raise CommandError(str(reason))
        self.stdout.write(f"{file}: {file.stat().st_size:,} bytes. It holds personal data: keep it where you may.")
