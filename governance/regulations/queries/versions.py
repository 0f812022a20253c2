"""What the page of a regulation's versions shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ..differences import Differences, differences
from ..models import Regulation, RegulationVersion
from . import Period, data_with_answers, periods_of


@dataclass(frozen=True)
class VersionsPage:
    """`older` and `newer` are the two versions compared; None where there is only one."""

    regulation: Regulation
    periods: list[Period]
    older: RegulationVersion | None
    newer: RegulationVersion | None
    differences: Differences | None


def versions_page(regulation: Regulation, asked: Mapping[str, str], *, on: date) -> VersionsPage:
    """The versions, and what differs between the two asked for (`from`, `to`); between the latest two unasked."""
    periods = periods_of(regulation, on=on)
    known = {str(period.version.pk): period.version.pk for period in periods}
    latest = [period.version.pk for period in periods[:2]]
    newer = known.get(asked.get("to", ""), latest[0] if latest else None)
    older = known.get(asked.get("from", ""), latest[1] if len(latest) > 1 else None)
    if older is None or newer is None or older == newer:
        return VersionsPage(regulation, periods, None, None, None)
    found = RegulationVersion.objects.select_related("regulation").in_bulk([older, newer])
    compared = differences(data_with_answers(found[older]), data_with_answers(found[newer]))
    return VersionsPage(regulation, periods, found[older], found[newer], compared)
