"""The terms of a group type: from the version in force, or from the version a request runs under."""

from dataclasses import dataclass, field
from datetime import date

from django.db import models

from governance.calendar.queries import working_time
from governance.directory.models import Company, Office
from governance.duties.actions.handing_over import Clock
from governance.duties.ladders import ABOVE, DESIGNATING, NUDGING
from governance.regulations.format.clocks import clocks_of
from governance.regulations.models import RegulationVersion
from governance.regulations.queries import data_with_answers, in_force_with_answers

from ..models import GroupType
from ..terms import GroupTypeTerms, terms_of


@dataclass(frozen=True)
class Terms:
    """One type's terms under one version, with the version's clocks and offices.

    The offices are read once, all of a company's at a time, and remembered: terms live as long as one request.
    """

    version: RegulationVersion
    type: GroupTypeTerms
    data: dict
    _offices: dict[int | None, dict[str, Office]] = field(default_factory=dict, compare=False, repr=False)

    def clock(self, step: str, *, designated_by: Office | None = None) -> Clock:
        """How long a step may take, under which article, and whom the ladder tells when it takes longer.

        `designated_by` is the office that designates the admin: it hears of the admin's lateness, the office above it
        of its own. An approval lapses, but never for a type that may not; an establishment does by the regulation's
        clock: the group was never established then.
        """
        clock = clocks_of(self.data)[step]
        lapses = step == "establishment" or step == "approval" and self.type.may_lapse
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
        found = (self.office(code, None) for code in codes)
        return next((above for above in found if above and above != office), self.interpreting_office)

    def office(self, code: str, company: Company | None) -> Office | None:
        """The office the regulation names, of the requested company where it is a company's office."""
        own = company.pk if company else None
        if own not in self._offices:
            at_hand = models.Q(company=own) | models.Q(company=None)
            found = Office.objects.filter(at_hand, organisation_id=self.version.organisation_id)
            ordered = found.select_related("company").order_by(models.F("company").asc(nulls_first=True))
            by_code = {office.code: office for office in ordered}
            self._offices[own] = by_code
            self._offices.setdefault(None, {code: one for code, one in by_code.items() if one.company_id is None})
        return self._offices[own].get(code)

    @property
    def interpreting_office(self) -> Office | None:
        """Who has what nobody else can take up (Art. 13)."""
        return self.organisation_office("interprets")

    @property
    def contest_days(self) -> int:
        """In how many working days an approver may contest what was recorded for him (代录)."""
        return (self.data.get("records") or {}).get("contest_days") or 0

    def organisation_office(self, part: str) -> Office | None:
        """The office that a part of the regulation file names for the whole organisation."""
        code = (self.data.get(part) or {}).get("office")
        return self.office(code, None) if code else None


def terms_under(version: RegulationVersion, code: str) -> Terms | None:
    """The type's terms under a given version, with the answers to its open questions; None when it has no such type."""
    return terms_in(version, data_with_answers(version), code)


def terms_in(version: RegulationVersion, data: dict, code: str) -> Terms | None:
    found = terms_of(data).get(code)
    return Terms(version, found, data) if found else None


def terms_in_force(group_type: GroupType, *, on: date) -> Terms | None:
    """The type's terms under the version in force on that day."""
    found = in_force_with_answers(group_type.regulation, on=on)
    if found is None:
        return None
    version, data = found
    version.regulation = group_type.regulation  # read already
    return terms_in(version, data, group_type.code)


def today(organisation_id: int, now: object) -> date:
    """The organisation's calendar day at `now`."""
    return working_time(organisation_id).local_day(now)
