"""A new request from what an older one said: by today's regulation, with what no longer fits named."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from governance.accounts.models import User
from governance.directory.queries import person_of
from governance.files.actions import attach
from governance.files.queries import hanging_on

from ..models import CreationRequest
from ..permissions import check_can_copy, today_of
from ..queries.creation import preview
from ..queries.expected import Place, exceptional_candidates
from ..queries.terms import Terms, terms_in_force
from . import creation
from .drafting import SAME_CLICK, Content, draft


@dataclass(frozen=True)
class Copied:
    """The new request, and in sentences what of the old one no longer fits."""

    request: CreationRequest
    unfit: list[str] = field(default_factory=list)


@transaction.atomic
def copy(original: CreationRequest, *, by: User, now: datetime) -> Copied:
    """Begin a draft with what the original says, under the regulation in force today; a second click within a minute
    finds what the first began."""
    check_can_copy(by, original)
    on = today_of(by)
    terms = terms_in_force(original.group_type, on=on)
    CreationRequest.objects.select_for_update(of=("self",)).get(pk=original.pk)
    begun = original.copies.filter(submitter=person_of(by), created_at__gt=now - SAME_CLICK).first()
    if begun is not None:
        return Copied(begun)
    content, unfit = content_of(original, terms, on=on)
    made = draft(original.group_type, content, by=by, now=now, copied_from=original)
    for hanging in hanging_on(original):
        attach(hanging.file, made, hanging.purpose)
    if made.name != original.name:
        unfit.append(_("By today's regulation the name is “%(name)s”.") % {"name": made.name})
    complaints = preview(terms, made, on=on).complaints
    return Copied(made, unfit + [sentence for found in complaints.values() for sentence in found])


@transaction.atomic
def submit_anew(original: CreationRequest, *, by: User, now: datetime) -> Copied:
    """One tap: the same once more, submitted at once. Where something no longer fits it stays a draft, and says so."""
    copied = copy(original, by=by, now=now)
    if copied.unfit or copied.request.state != CreationRequest.State.DRAFT:
        return copied
    try:
        with transaction.atomic():
            creation.submit(copied.request, by=by, now=now)
    except ValidationError as errors:
        return Copied(copied.request, errors.messages)
    return copied


def content_of(original: CreationRequest, terms: Terms, *, on: date) -> tuple[Content, list[str]]:
    """What can be taken over, and in sentences what cannot: a day that has passed, people who can no longer join by
    single consent, what the type no longer asks for or asks for besides."""
    unfit = []
    ends_on = original.ends_on
    if ends_on is not None and ends_on < on:
        ends_on = None
        unfit.append(_("The end date has passed and was left out."))
    consents = list(original.consents.select_related("person").order_by("pk"))
    place = Place(original.company, original.department)
    eligible = set(exceptional_candidates(terms.type, place, on=on).values_list("pk", flat=True)) if consents else set()
    gone = [consent.person.name for consent in consents if consent.person_id not in eligible]
    if gone:
        unfit.append(_("Can no longer join by single consent, left out: %(names)s.") % {"names": "、".join(gone)})
    if original.external_expected and not terms.type.members.external:
        unfit.append(_("External members are no longer provided for, so their number was left out."))
    asked = {"department": original.department, "project": original.project}
    for name in terms.type.parameters:
        if name in asked and not asked[name]:
            sentences = {"department": _("The department has to be chosen."), "project": _("The project is missing.")}
            unfit.append(sentences[name])
    content = Content(
        company=original.company,
        department=original.department if "department" in terms.type.parameters else None,
        project=original.project if "project" in terms.type.parameters else "",
        year=original.year,
        name_suffix=original.name_suffix,
        purpose=original.purpose,
        ends_on=ends_on,
        external_expected=original.external_expected,
        exceptional={consent.person: consent.reason for consent in consents if consent.person_id in eligible},
    )
    return content, unfit
