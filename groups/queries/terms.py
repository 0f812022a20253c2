"""The terms of a group type: from the version in force, or from the version a request runs under."""

from dataclasses import dataclass
from datetime import date

from governance.calendar.queries import working_time
from governance.directory.models import Company, Office
from governance.directory.queries import find_office
from governance.duties.actions.handing_over import Clock
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

    def clock(self, step: str) -> Clock:
        """How long a step may take and under which article."""
        clock = clocks_of(self.data)[step]
        return Clock(days=clock.days, article=clock.article or "", ladder=clock.ladder)

    def office(self, code: str, company: Company | None) -> Office | None:
        """The office the regulation names, of the requested company where it is a company's office."""
        return find_office(self.version.organisation_id, code, company.pk if company else None)

    @property
    def interpreting_office(self) -> Office | None:
        """Who has what nobody else can take up (Art. 13)."""
        code = (self.data.get("interprets") or {}).get("office")
        return find_office(self.version.organisation_id, code) if code else None


def terms_under(version: RegulationVersion, code: str) -> Terms | None:
    """The type's terms under a given version, with the answers to its open questions; None when it has no such type."""
    data = overlay(version.data, answers_of(version.regulation))
    found = terms_of(data).get(code)
    return Terms(version, found, data) if found else None


def terms_in_force(group_type: GroupType, *, on: date) -> Terms | None:
    """The type's terms under the version in force on that day."""
    version = version_in_force(group_type.regulation, on=on)
    return terms_under(version, group_type.code) if version else None


def today(organisation_id: int, now: object) -> date:
    """The organisation's calendar day at `now`."""
    return working_time(organisation_id).local_day(now)
