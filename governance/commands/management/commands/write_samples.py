"""Write the sample workbooks: `write_samples [FOLDER]`, after the demo's people were changed."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from governance.commands.demo.workbook import write_samples


class Command(BaseCommand):
    help = "Write samples/people.xlsx (the demo's people) and the templates of people and of existing groups."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=settings.BASE_DIR / "samples")

    def handle(self, *args: Any, **options: Any) -> None:
        for path in write_samples(options["folder"]):
            self.stdout.write(str(path))
