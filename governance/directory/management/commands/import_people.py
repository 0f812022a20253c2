"""Bring people in from a workbook: `import_people FILE [--check] [--complete COMPANY] [--organisation CODE]`."""

from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from governance.accounts.models import Organisation
from governance.files.kinds import FileRefused
from governance.files.rules import SIZE_LIMIT

from ...actions.importing import import_plan
from ...importing.cells import CellFault
from ...importing.headings import label_of
from ...importing.places import Places
from ...importing.plan import Difference, Plan, make_plan
from ...importing.tables import check_table
from ...models import Company

MOST_SHOWN = 20  # people of one kind, unless --verbosity 2


class Command(BaseCommand):
    help = "Import people from an .xlsx or .csv file: everything or nothing; the same file twice changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--check", action="store_true", help="only say what would change")
        parser.add_argument(
            "--complete", metavar="COMPANY", help="the file is the complete list of this company: who is absent leaves"
        )
        parser.add_argument("--organisation", metavar="CODE", help="needed only where there are several")
        parser.add_argument(
            "--leaving", type=int, metavar="N", help="confirms that N people leave, when that is more than 5 %%"
        )
        parser.add_argument("--language", default="zh-hans", help="language of the output: zh-hans or en")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(options["language"]):
            self.run_import(**options)

    def run_import(self, **options: Any) -> None:
        now = timezone.now()
        organisation = the_organisation(options["organisation"])
        complete = the_company(organisation, options["complete"]) if options["complete"] else None
        plan = plan_from(options["file"], organisation, complete)
        self.say(plan, everything=options["verbosity"] > 1)
        if not plan.is_faultless:
            raise CommandError(_("Nothing was imported: mend the rows above."))
        if options["check"]:
            self.stdout.write(_("Checked only: nothing was written."))
            return
        if plan.needs_count and options["leaving"] != plan.leaving:
            sentence = _("%(count)s people would leave, more than 5 %%. Repeat with --leaving %(count)s to confirm.")
            raise CommandError(sentence % {"count": plan.leaving})
        import_plan(plan, organisation, now=now)
        self.stdout.write(_("Nothing to change.") if plan.writes_nothing else _("Imported."))

    def say(self, plan: Plan, *, everything: bool) -> None:
        """What the file is, what is wrong with it, and what it changes."""
        say = self.stdout.write
        if plan.reading.columns.ignored:
            say(_("Columns not read: %(names)s") % {"names": ", ".join(plan.reading.columns.ignored)})
        for error in plan.reading.errors:
            row = _("Row %(row)s, %(column)s “%(value)s”:") % vars(error)
            self.stderr.write(f"{row} {error.sentence}")
        if plan.reading.error_count > len(plan.reading.errors):
            more = plan.reading.error_count - len(plan.reading.errors)
            self.stderr.write(_("… and %(count)s further faults.") % {"count": more})
        say(counts_sentence(plan))
        for department in plan.needed_departments():
            say(_("+ department %(path)s") % {"path": plan.places.path_of(department)})
        for sign, kind in (("+", "added"), ("~", "changed"), ("-", "left"), ("↩", "returned")):
            found = plan.differences[kind]
            for difference in found if everything else found[:MOST_SHOWN]:
                say(f"{sign} {line_for(difference, plan)}")
            if not everything and len(found) > MOST_SHOWN:
                say(f"{sign} … {len(found) - MOST_SHOWN}")


def counts_sentence(plan: Plan) -> str:
    sentence = _(
        "%(rows)s rows: %(added)s new, %(changed)s changed, %(left)s leaving, %(returned)s returning, "
        "%(unchanged)s unchanged, %(errors)s faults."
    )
    return sentence % plan.counts


def line_for(difference: Difference, plan: Plan) -> str:
    """Number, name, and field by field what was and what will be."""
    head = f"{difference.number} {difference.after['name']}"
    if difference.before is None:
        return head

    def shown(field: str, value: Any) -> str:
        if field == "department_id":
            return plan.places.path_of(value)
        if field == "company_id":
            return next((company.name for company in plan.places.companies if company.pk == value), "")
        return str(value if value is not None else "")

    changes = (
        f"{label_of(field)}: {shown(field, difference.before[field])} → {shown(field, difference.after[field])}"
        for field in difference.changed_fields()
    )
    return f"{head}  {'; '.join(changes)}"


def the_organisation(code: str | None) -> Organisation:
    """The one with that code, or the only one there is."""
    found = list(Organisation.objects.filter(code=code) if code else Organisation.objects.all()[:2])
    if len(found) != 1:
        known = ", ".join(Organisation.objects.values_list("code", flat=True)) or _("none")
        raise CommandError(_("Say which organisation with --organisation CODE; known: %(codes)s") % {"codes": known})
    return found[0]


def the_company(organisation: Organisation, name: str) -> Company:
    try:
        return Places(organisation).company(name)
    except CellFault as fault:
        raise CommandError(f"{name}: {fault.sentence}")


def plan_from(file: Path, organisation: Organisation, complete: Company | None) -> Plan:
    try:
        with file.open("rb") as handle:
            table = check_table(File(handle, name=file.name), at_most=10 * SIZE_LIMIT)
            return make_plan(table, organisation, on=timezone.localdate(), complete=complete)
    except OSError as error:
        raise CommandError(f"{file}: {error.strerror}")
    except FileRefused as refused:
        raise CommandError(f"{file}: {refused.sentence}")
