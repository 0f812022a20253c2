"""Until when each company's groups may be brought in, and how many days are left."""

from dataclasses import dataclass
from datetime import date

from governance.accounts.models import Organisation
from governance.directory.models import Company

from ..models import Amnesty


@dataclass(frozen=True)
class CompanyAmnesty:
    """One company. `days_left` counts calendar days, the last one included; None without an end."""

    company: Company
    until: date | None
    complete: bool
    days_left: int | None

    @property
    def has_ended(self) -> bool:
        return self.days_left is not None and self.days_left <= 0

    @property
    def may_complete(self) -> bool:
        """Whether HR can still say that all of its groups are entered."""
        return self.days_left is not None and not self.has_ended and not self.complete


def amnesties_of(organisation: Organisation, *, on: date) -> list[CompanyAmnesty]:
    """Every company with its amnesty, if it has one: two statements."""
    there = {one.company_id: one for one in Amnesty.objects.filter(organisation=organisation)}
    found = []
    for company in Company.objects.filter(organisation=organisation).order_by("kind", "code"):
        one = there.get(company.pk)
        left = (one.until - on).days + 1 if one else None
        found.append(CompanyAmnesty(company, one.until if one else None, bool(one and one.complete_at), left))
    return found
