"""A plan as plain JSON for the preview: lines of people with what changes, departments to be made, faults."""

from itertools import islice
from typing import Any

from .plan import KINDS, Difference, Plan

MOST_LINES = 2000  # of one kind; the counts say how many there are


def listing_of(plan: Plan) -> dict[str, Any]:
    """What the preview pages show, at most 2,000 lines of a kind and 200 faults."""
    companies = {company.pk: company.name for company in plan.places.companies}
    lines = {
        kind: [line_of(found, plan, companies) for found in islice(plan.differences[kind], MOST_LINES)]
        for kind in KINDS
    }
    return lines | {
        "errors": [vars(error) for error in plan.reading.errors],
        "departments": [
            [companies[department.company_id], plan.places.path_of(department)]
            for department in plan.needed_departments()[:MOST_LINES]
        ],
        "ignored": plan.reading.columns.ignored[:50],
        "sheet": plan.reading.sheet,
        "present": plan.present,
        "needs_count": plan.needs_count,
    }


def line_of(difference: Difference, plan: Plan, companies: dict[int, str]) -> dict[str, Any]:
    """One person: who, where, and field by field what was and what will be."""

    def shown(field: str, facts: Any) -> str:
        value = facts[field]
        if field == "company_id":
            return companies.get(value, "")
        if field == "department_id":
            return plan.places.path_of(value)
        return "" if value is None else str(value)

    before = difference.before
    fields = [] if before is None else difference.changed_fields()
    return {
        "row": difference.row,
        "pk": difference.pk,
        "number": difference.number,
        "name": difference.after["name"],
        "company": shown("company_id", difference.after),
        "department": shown("department_id", difference.after),
        "employment_kind": difference.after["employment_kind"],
        "post": difference.after["post"],
        "left_on": shown("left_on", difference.after),
        "fields": [[field, shown(field, before), shown(field, difference.after)] for field in fields],
    }
