"""`seed_demo`: an invented group company with items in every state; with sizes, filled up for measuring."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from governance.accounts.models import Organisation
from governance.commands.demo import company, items
from governance.commands.demo.bulk import Size, fill
from governance.commands.demo.people import ORGANISATION_CODE
from governance.regulations.models import RegulationVersion


class Command(BaseCommand):
    help = "Invent a group company with items in every state; with sizes, fill it up for measuring."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--people", type=int, default=0, help="fill up to this many people")
        parser.add_argument("--groups", type=int, default=0, help="fill up to this many groups")
        parser.add_argument("--memberships", type=int, default=0, help="about this many memberships in them")
        parser.add_argument("--seed", type=int, default=1, help="where chance begins (the same number, the same data)")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        size = Size(options["people"], options["groups"], options["memberships"])
        organisation = Organisation.objects.filter(code=ORGANISATION_CODE).first()
        if organisation is not None and not (size.people or size.groups):
            raise CommandError("The invented company is there already; nothing was changed.")
        with transaction.atomic():
            if organisation is None:
                organisation = company.invent(now=now)
                items.tell(organisation, now=now)
            if size.people or size.groups:
                version = RegulationVersion.objects.filter(organisation=organisation).first()
                fill(organisation, version, size, seed=options["seed"], now=now)
        self.stdout.write(f"{organisation.name} is there.")
