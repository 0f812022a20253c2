"""The terms of a group type: from the version in force, or from the version a request runs under."""

from dataclasses import dataclass
from datetime import date

from governance.calendar.queries import working_time
from governance.directory.models import Company, Office
from governance.directory.queries import find_office
from governance.duties.actions.handing_over import Clock
from governance.duties.ladders import ABOVE, DESIGNATING, NUDGING
from governance.regulations.format.clocks import clocks_of
from governance.regulations.models import RegulationVersion
from governance.regulations.queries import answers_of, version_in_force

from ..models import GroupType
from ..terms import GroupTypeTerms, overlay, terms_of


@dataclass(frozen=True)
class Terms:
    """One type's terms under one version, with the version's clocks and interpreting office."""

    version: RegulationVersion
    type: GroupTypeTerms
    data: dict

    def clock(self, step: str, *, designated_by: Office | None = None) -> Clock:
        """How long a step may take, under which article, and whom the ladder tells when it takes longer.

        `designated_by` is the office that designates the admin: it hears of the admin's lateness, the office above it
        of its own. Only an approval lapses, and never for a type that may not.
        """
        clock = clocks_of(self.data)[step]
        lapses = step == "approval" and self.type.may_lapse
        return Clock(
            days=clock.days,
            article=clock.article or "",
            ladder=clock.ladder,
            lapse_days=clock.lapse_days if lapses else None,
            tells=self.told_late(step, designated_by),
        )

    def told_late(self, step: str, designated_by: Office | None) -> dict[str, Office | None]:
        """Whom a step's ladder tells besides whoever has it, by what they are to the matter."""
        if step == "approval":
            return {NUDGING: self.organisation_office("nudges")}
        if step == "designation":
            return {ABOVE: self.office_above(designated_by)}
        return {DESIGNATING: designated_by} if designated_by is not None else {}

    def office_above(self, office: Office | None) -> Office | None:
        """The office that oversees all groups; above that office, and where there is none, the interpreting one."""
        everywhere = [rule for rule in self.data.get("supervises", []) if rule.get("scope") == "all"]
        codes = [rule["office"] for rule in everywhere if rule.get("office")]
        found = (find_office(self.version.organisation_id, code) for code in codes)
        return next((above for above in found if above and above != office), self.interpreting_office)

    def office(self, code: str, company: Company | None) -> Office | None:
        """The office the regulation names, of the requested company where it is a company's office."""
        return find_office(self.version.organisation_id, code, company.pk if company else None)

    @property
    def interpreting_office(self) -> Office | None:
        """Who has what nobody else can take up (Art. 13)."""
        return self.organisation_office("interprets")

    def organisation_office(self, part: str) -> Office | None:
        """The office that a part of the regulation file names for the whole organisation."""
        code = (self.data.get(part) or {}).get("office")
        return find_office(self.version.organisation_id, code) if code else None


def terms_under(version: RegulationVersion, code: str) -> Terms | None:
    """The type's terms under a given version, with the answers to its open questions; None when it has no such type."""
    data = overlay(version.data, answers_of(version))
    found = terms_of(data).get(code)
    return Terms(version, found, data) if found else None


def terms_in_force(group_type: GroupType, *, on: date) -> Terms | None:
    """The type's terms under the version in force on that day."""
    version = version_in_force(group_type.regulation, on=on)
    if version is None:
        return None
    version.regulation = group_type.regulation  # read already
    return terms_under(version, group_type.code)


def today(organisation_id: int, now: object) -> date:
    """The organisation's calendar day at `now`."""
    return working_time(organisation_id).local_day(now)
