"""逐一同意: asked for anew at every submission, given one by one with the decision (Art. 4.1)."""

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext as _

from governance.accounts.models import User
from governance.directory.models import Office
from governance.directory.queries import person_of
from governance.workflow import move

from ..models import Consent, CreationRequest
from ..queries.creation import Preview


def stale_consents(asked: list[Consent], seen: Preview) -> dict[str, list[str]]:
    """Who was named as an exceptional member and cannot be one any more (left, or a member by the rule by now)."""
    if not asked:
        return {}
    eligible = {person.pk for person in seen.candidates}
    names = [consent.person.name for consent in asked if consent.person_id not in eligible]
    sentence = _("%(name)s can no longer join by single consent: please take the name out.")
    return {"exceptional": [sentence % {"name": name} for name in names]} if names else {}


def renew_consents(creation_request: CreationRequest, asked: list[Consent], office: Office | None) -> None:
    """Every round asks for each consent anew, unticked, whatever an earlier round had said; `asked` are all of them."""
    if not asked:
        return
    creation_request.consents.all().delete()
    Consent.objects.bulk_create(
        Consent(
            organisation_id=creation_request.organisation_id,
            creation_request=creation_request,
            person_id=consent.person_id,
            reason=consent.reason,
            office=office,
        )
        for consent in asked
    )


def decide_consents(
    creation_request: CreationRequest, office: Office, *, by: User, now: datetime, ticked: Collection[int]
) -> None:
    """Settle the consents that are this office's to give, one by one: ticked is given, unticked is declined.

    Nobody consents on what is about himself: such a consent stays declined however the box stood.
    """
    own = {person_of(by).pk, getattr(office.recorded_for, "pk", None)}
    for consent in creation_request.consents.filter(office=office, state=Consent.State.ASKED).order_by("pk"):
        given = consent.pk in ticked and consent.person_id not in own
        move(
            consent,
            Consent.State.GIVEN if given else Consent.State.DECLINED,
            by=by,
            at=now,
            office=office,
            changes={"decided_by": by, "decided_for": office.absent, "decided_at": now},
            request=creation_request.pk,
            person=consent.person_id,
        )
