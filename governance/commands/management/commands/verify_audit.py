"""`verify_audit`: prove that nobody changed the operations log."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from governance.audit.queries import flaws, head, unsealed


class Command(BaseCommand):
    help = "Read the whole operations log and its seals; fail when a row was edited, removed, inserted or reordered."

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        for flaw in flaws(now=timezone.now()):
            count += 1
            self.stderr.write(f"event {flaw.event_id}: {flaw.what}")
        if count:
            raise CommandError(f"The operations log was changed in {count} places.")
        newest = head()
        sealed = f"{newest.sequence} events sealed, head {newest.digest}" if newest else "nothing sealed yet"
        self.stdout.write(f"The operations log is whole: {sealed}; {unsealed().count()} not sealed yet.")
