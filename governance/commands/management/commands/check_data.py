"""`check_data`: prove the facts that are kept twice."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from governance.commands.proofs import contradictions


class Command(BaseCommand):
    help = "Prove the open duties against the states, and the states against the operations log."

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        for sentence in contradictions():
            count += 1
            self.stderr.write(sentence)
        if count:
            raise CommandError(f"The data contradict themselves in {count} places.")
        self.stdout.write("The data agree.")
