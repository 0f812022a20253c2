"""Writing a creation request down, before it is anybody's business but the submitter's."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from governance.accounts.models import User
from governance.audit.actions import record
from governance.directory.models import Company, Department, Person
from governance.directory.names import fold
from governance.directory.queries import person_of

from ..models import Consent, CreationRequest, GroupType
from ..permissions import check_can_edit, check_can_request, today_of
from ..queries.expected import Place, exceptional_candidates
from ..queries.terms import Terms, terms_in_force
from ..rules import NameParts, final_name


@dataclass(frozen=True)
class Content:
    """What the submitter fills in. `exceptional` are the people to be consented to singly, with a reason each."""

    company: Company
    department: Department | None = None
    project: str = ""
    name_suffix: str = ""
    purpose: str = ""
    ends_on: date | None = None
    external_expected: int = 0
    exceptional: dict[Person, str] = field(default_factory=dict)


def name_for(terms: Terms, content: Content, *, on: date) -> str:
    """The final name by the type's template, with the submitter's addition (“（2027 年度）”) behind it."""
    parts = NameParts(
        company=str(content.company),
        department=str(content.department or ""),
        project=content.project,
        year=str(on.year),
    )
    return final_name(terms.type.name_template, parts) + content.name_suffix.strip()


def fields_of(terms: Terms, content: Content, *, on: date) -> dict[str, object]:
    name = name_for(terms, content, on=on)
    return {
        "company": content.company,
        "department": content.department,
        "project": content.project,
        "name_suffix": content.name_suffix.strip(),
        "name": name,
        "name_folded": fold(name),
        "purpose": content.purpose,
        "ends_on": content.ends_on,
        "external_expected": content.external_expected,
    }


@transaction.atomic
def draft(group_type: GroupType, content: Content, *, by: User, now: datetime) -> CreationRequest:
    """Begin a request; only who may submit one may begin one."""
    on = today_of(by)
    terms = terms_in_force(group_type, on=on)
    check_can_request(by, terms, content.company)
    creation_request = CreationRequest.objects.create(
        organisation_id=by.organisation_id,
        group_type=group_type,
        submitter=person_of(by),
        created_at=now,
        **fields_of(terms, content, on=on),
    )
    ask_consents(creation_request, terms, content, on=on)
    record("draft", creation_request, by=by, at=now, became=creation_request.state)
    return creation_request


@transaction.atomic
def edit(creation_request: CreationRequest, content: Content, *, by: User, now: datetime) -> None:
    """Change a draft, or a request that was sent back; nobody edits what is being decided."""
    check_can_edit(by, creation_request)
    on = today_of(by)
    terms = terms_in_force(creation_request.group_type, on=on)
    check_can_request(by, terms, content.company)
    fields = fields_of(terms, content, on=on)
    for name, value in fields.items():
        setattr(creation_request, name, value)
    creation_request.save(update_fields=list(fields))
    ask_consents(creation_request, terms, content, on=on)
    record("edit", creation_request, by=by, at=now)


def ask_consents(creation_request: CreationRequest, terms: Terms, content: Content, *, on: date) -> None:
    """Write the exceptional members anew, each unticked; only those the rule lets in by consent (Art. 4.1)."""
    creation_request.consents.all().delete()
    place = Place(content.company, content.department)
    eligible = set(exceptional_candidates(terms.type, place, on=on).values_list("pk", flat=True))
    Consent.objects.bulk_create(
        Consent(
            organisation_id=creation_request.organisation_id,
            creation_request=creation_request,
            person=person,
            reason=reason,
        )
        for person, reason in content.exceptional.items()
        if person.pk in eligible
    )
