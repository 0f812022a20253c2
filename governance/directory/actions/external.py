"""People outside: brought in by somebody, kept with their consent on record."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from governance.accounts.models import User
from governance.audit.actions.recording import record

from ..models import ExternalContact, Person


@transaction.atomic
def add_external_contact(
    *,
    introducer: Person,
    name: str,
    company_name: str = "",
    phone: str = "",
    consent_recorded_on: date | None = None,
    until: date | None = None,
    by: User | None,
    now: datetime,
) -> ExternalContact:
    """Enter a customer or partner with who brought them in and the day their consent was recorded."""
    if by is not None and by.organisation_id != introducer.organisation_id:
        raise ValidationError(_("The introducer belongs to another organisation."))
    contact = ExternalContact.objects.create(
        organisation_id=introducer.organisation_id,
        introducer=introducer,
        name=name,
        company_name=company_name,
        phone=phone,
        consent_recorded_on=consent_recorded_on,
        until=until,
    )
    record("add-external-contact", contact, by=by, at=now, introducer=introducer.pk)
    return contact
