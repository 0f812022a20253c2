"""`judge_nicknames`: judge a list of nicknames by the rules of a file."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _

from governance.regulations.format import RegulationErrors
from members.nicknames.faults import Fault
from members.nicknames.reading import as_rule, member_of_list, read_rules
from members.rules import NOBODY_ELSE, Roster, judge

LANGUAGES = {"zh": "zh-hans", "en": "en"}


class Command(BaseCommand):
    help = (
        "Judge nicknames. FILE holds a JSON object a line: rule_id, nickname, person {name, dept, title}, perhaps "
        "roster (a list of such persons). The same lines come out with verdict, faults and canonical."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--rules", type=Path, required=True, metavar="RULES", help="a file with `nicknames`")

    def handle(self, *args: Any, file: Path, rules: Path, **options: Any) -> None:
        try:
            entries = read_rules(rules)
            for line in judged(file, entries):
                self.stdout.write(json.dumps(line, ensure_ascii=False))
        except OSError as broken:
            raise CommandError(
                _("{file} cannot be read: {reason}").format(file=broken.filename, reason=broken.strerror)
            )
        except RegulationErrors as refused:
            raise CommandError(str(refused))


def judged(file: Path, entries: Mapping[str, Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """The file's lines with what is judged of them; CommandError with the line that cannot be read."""
    rules = {code: as_rule(entry) for code, entry in entries.items()}
    by_name = {rule.name: code for code, rule in rules.items()}
    only = next(iter(rules)) if len(rules) == 1 else ""
    with file.open(encoding="utf-8-sig") as lines:
        for number, text in enumerate(lines, 1):
            if not text.strip():
                continue
            line = read_line(text, number)
            code = line.get("rule_id") or by_name.get(line.get("rule", "")) or only
            if code not in rules:
                raise CommandError(
                    _("Line {number}: there is no rule “{code}” in the file of rules; it has {codes}.").format(
                        number=number, code=code, codes=", ".join(rules)
                    )
                )
            yield line | judged_line(line, entries[code], rules[code])


def read_line(text: str, number: int) -> dict[str, Any]:
    """One line of the file."""
    try:
        line = json.loads(text)
    except ValueError as broken:
        raise CommandError(_("Line {number} is not JSON: {reason}").format(number=number, reason=broken))
    if not isinstance(line, dict) or not isinstance(line.get("person") or {}, dict):
        raise CommandError(
            _("Line {number}: a JSON object with nickname and person is expected.").format(number=number)
        )
    return line


def judged_line(line: Mapping[str, Any], entry: Mapping[str, Any], rule: Any) -> dict[str, Any]:
    """What is added to a line."""
    persons = [person for person in line.get("roster") or [] if isinstance(person, dict)]
    roster = Roster(member_of_list(person, entry) for person in persons) if persons else NOBODY_ELSE
    found = judge(str(line.get("nickname") or ""), member_of_list(line.get("person"), entry), rule, roster)
    return {
        "verdict": found.verdict.value,
        "faults": [in_both_languages(fault) for fault in found.faults],
        "canonical": found.canonical,
    }


def in_both_languages(fault: Fault) -> dict[str, str]:
    """A fault as code and sentences."""
    words = {"code": fault.code}
    for key, language in LANGUAGES.items():
        with translation.override(language):
            words[key] = str(fault)
    return words
