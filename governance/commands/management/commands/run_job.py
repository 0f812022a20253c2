"""`run_job`: run one scheduled job by hand, in this process."""

from argparse import ArgumentParser
from datetime import date, datetime, time
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from governance.commands.tasks import run
from governance.schedule import BY_NAME, SCHEDULE

NOON = time(12, 0)


def day(text: str) -> date:
    return date.fromisoformat(text)


class Command(BaseCommand):
    help = "Run one scheduled job now. Jobs: " + "; ".join(f"{job.name} ({job.reason})" for job in SCHEDULE)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", metavar="NAME")
        parser.add_argument("--on", type=day, metavar="YYYY-MM-DD", help="as if it were noon of that day")

    def handle(self, *args: Any, name: str, on: date | None, **options: Any) -> None:
        if name not in BY_NAME:
            raise CommandError(f"There is no job “{name}”. Jobs: {', '.join(BY_NAME)}.")
        now = timezone.make_aware(datetime.combine(on, NOON)) if on else timezone.now()
        result = run(name, now=now)
        self.stdout.write(f"{name}: {'done' if result is None else result}")
