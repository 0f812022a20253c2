"""Writing a creation request down, before it is anybody's business but the submitter's."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from governance.accounts.models import User
from governance.audit.actions import record
from governance.directory.models import Company, Department, Person
from governance.directory.names import fold
from governance.directory.queries import person_of
from governance.files.actions import attach, detach, store
from governance.files.models import StoredFile
from governance.files.rules import CheckedFile
from governance.workflow import raise_wrong_state

from ..models import Consent, CreationRequest, GroupType
from ..permissions import check_can_edit, check_can_request, today_of
from ..queries.expected import Place, exceptional_candidates
from ..queries.terms import Terms, terms_in_force
from ..rules import NameParts, final_name
from . import creation

SAME_CLICK = timedelta(minutes=1)
LONGEST_NAME = 100  # characters that are stored at all; the platform's own limit is checked at submission


@dataclass(frozen=True)
class Content:
    """What the submitter fills in. `exceptional` are the people to be consented to singly, with a reason each; `year`
    stands in the name where the type's template has a place for it (four digits, or nothing)."""

    company: Company
    department: Department | None = None
    project: str = ""
    year: str = ""
    name_suffix: str = ""
    purpose: str = ""
    ends_on: date | None = None
    external_expected: int = 0
    exceptional: dict[Person, str] = field(default_factory=dict)


def name_for(terms: Terms, content: Content) -> str:
    """The final name by the type's template, with the submitter's addition behind it."""
    parts = NameParts(
        company=str(content.company),
        department=str(content.department or ""),
        project=content.project.strip(),
        year=content.year,
    )
    return final_name(terms.type.name_template, parts) + content.name_suffix.strip()


def fields_of(terms: Terms, content: Content) -> dict[str, object]:
    """The request's fields from what was filled in."""
    name = name_for(terms, content)
    return {
        "company": content.company,
        "department": content.department,
        "project": content.project.strip(),
        "year": content.year,
        "name_suffix": content.name_suffix.strip(),
        "name": name,
        "name_folded": fold(name),
        "purpose": content.purpose.strip(),
        "ends_on": content.ends_on,
        "external_expected": content.external_expected if terms.type.members.external else 0,
    }


def storable(fields: dict[str, object]) -> dict[str, object]:
    """The same fields; ValidationError when the name is longer than any group's can be."""
    if max(len(fields["name"]), len(fields["name_folded"])) > LONGEST_NAME:
        raise ValidationError(
            {"name_suffix": _("The name is too long: at most %(limit)s characters.") % {"limit": LONGEST_NAME}}
        )
    return fields


@transaction.atomic
def draft(
    group_type: GroupType,
    content: Content,
    *,
    by: User,
    now: datetime,
    copied_from: CreationRequest | None = None,
) -> CreationRequest:
    """Begin a request; only who may submit one may begin one."""
    on = today_of(by)
    terms = terms_in_force(group_type, on=on)
    check_can_request(by, terms, content.company)
    creation_request = CreationRequest.objects.create(
        organisation_id=by.organisation_id,
        group_type=group_type,
        submitter=person_of(by),
        created_at=now,
        copied_from=copied_from,
        **storable(fields_of(terms, content)),
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
    fields = storable(fields_of(terms, content))
    as_seen = CreationRequest.objects.filter(pk=creation_request.pk, state=creation_request.state)
    if not as_seen.update(**fields):
        raise_wrong_state(creation_request)
    for name, value in fields.items():
        setattr(creation_request, name, value)
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
            reason=reason.strip(),
        )
        for person, reason in content.exceptional.items()
        if person.pk in eligible
    )


@transaction.atomic
def write(
    group_type: GroupType,
    content: Content,
    *,
    by: User,
    now: datetime,
    creation_request: CreationRequest | None = None,
    attachments: Sequence[CheckedFile] = (),
    detached: Collection[int] = (),
    submit: bool = False,
) -> CreationRequest:
    """Save what the form says and, when asked, submit it in the same breath: both or nothing.

    A second click within a minute finds what the first wrote. `detached` are the primary keys of files to take off.
    """
    creation_request = creation_request or just_written(group_type, content, by=by, now=now)
    if creation_request is None:
        creation_request = draft(group_type, content, by=by, now=now)
    elif creation_request.state == CreationRequest.State.SUBMITTED:
        return creation_request
    else:
        edit(creation_request, content, by=by, now=now)
    for stored in StoredFile.objects.filter(pk__in=detached, organisation_id=by.organisation_id):
        detach(stored, creation_request)
    for file in attachments:
        attach(store(file, organisation=by.organisation, by=by, now=now), creation_request)
    if submit:
        creation.submit(creation_request, by=by, now=now)
    return creation_request


def just_written(group_type: GroupType, content: Content, *, by: User, now: datetime) -> CreationRequest | None:
    """The same request, written by the same person within the last minute."""
    same = CreationRequest.objects.filter(
        group_type=group_type,
        submitter=person_of(by),
        company=content.company,
        department=content.department,
        project=content.project.strip(),
        year=content.year,
        name_suffix=content.name_suffix.strip(),
        purpose=content.purpose.strip(),
        created_at__gt=now - SAME_CLICK,
        created_at__lte=now,
        state__in=[CreationRequest.State.DRAFT, CreationRequest.State.SUBMITTED],
    )
    return same.first()
