"""`load_regulation`: check a regulation file, and load it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.accounts.models import Organisation
from governance.regulations.actions import load
from governance.regulations.format import Document, RegulationErrors, read
from governance.regulations.format.answers import unanswered
from governance.regulations.format.clauses import clauses_of
from governance.regulations.models import OpenQuestion, RegulationVersion


class Command(BaseCommand):
    help = "Check a regulation file (docs/regulation-format.md) and load it as a version of its regulation."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--check", action="store_true", help="only check the file; write nothing")
        parser.add_argument("--organisation", metavar="CODE", help="needed where there is more than one organisation")

    def handle(self, *args: Any, file: Path, check: bool, organisation: str | None, **options: Any) -> None:
        try:
            source = file.read_bytes()
        except OSError as broken:
            raise CommandError(_("{file} cannot be read: {reason}").format(file=file, reason=broken.strerror))
        try:
            if check:
                self.stdout.write(in_words(read(source, filename=str(file))))
                return
            version = load(
                source,
                filename=str(file),
                organisation=the_organisation(organisation),
                by=None,
                now=timezone.now(),
            )
        except RegulationErrors as refused:
            raise CommandError(
                _("{problems}\n{n} to mend; nothing was loaded.").format(problems=refused, n=len(refused.problems))
            )
        self.stdout.write(self.style.SUCCESS(loaded_in_words(version)))


def the_organisation(code: str | None) -> Organisation:
    """The one with that code; without a code, the only one there is."""
    found = list(Organisation.objects.filter(code=code) if code else Organisation.objects.order_by("pk")[:2])
    if len(found) == 1:
        return found[0]
    codes = ", ".join(Organisation.objects.order_by("pk").values_list("code", flat=True)) or "–"
    raise CommandError(_("Say which organisation with --organisation CODE; there are: {codes}").format(codes=codes))


def in_words(document: Document) -> str:
    """What a checked file holds."""
    data = document.data
    words = _("{file}: in order. Articles and items: {clauses}; group types: {types}; open questions: {questions}.")
    return words.format(
        file=document.filename,
        clauses=len(list(clauses_of(data))),
        types=len(data["group_types"]),
        questions=len(unanswered(data)),
    )


def loaded_in_words(version: RegulationVersion) -> str:
    """What is loaded now, and what waits for an answer."""
    waiting = OpenQuestion.objects.filter(regulation=version.regulation, state=OpenQuestion.State.OPEN).count()
    return _("{regulation}, version {version}, in force from {day}. Open questions: {questions}.").format(
        regulation=version.regulation,
        version=version.version,
        day=version.effective_from or _("a day nobody has named yet"),
        questions=waiting,
    )
