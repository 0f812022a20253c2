"""Where requests and groups name people, for merging two entries of one person."""

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.directory.merging import Reference, register, register_bar
from governance.directory.models import Person

from .models import (
    ApprovalStep,
    Consent,
    CreationRequest,
    Designation,
    Establishment,
    ExistingGroup,
    Filing,
    Group,
    Inquiry,
    OpenPoints,
    RecordedDecision,
)


def decided_for_each_other(kept: Person, merged: Person) -> str:
    """Nobody decides or consents on what is his own (Art. 4, 5): who did so for the other is another person."""
    for decider, submitter in ((kept, merged), (merged, kept)):
        if decider.user_id is None:
            continue
        decided = ApprovalStep.objects.filter(decided_by=decider.user_id, creation_request__submitter=submitter)
        consented = Consent.objects.filter(decided_by=decider.user_id, person=submitter)
        for found in (decided, consented):
            row = found.select_related("creation_request").first()
            if row is not None:
                return _("One of the two decided on what was the other's: “%(request)s”. They are two people.") % {
                    "request": row.creation_request.name
                }
    return ""


def both_are_asked(kept: Person, merged: Person) -> str:
    """Both are asked for an opinion on one request: one answer would leave the other waiting for ever."""
    asked = Inquiry.objects.filter(state=Inquiry.State.ASKED)
    both = asked.filter(person=merged, creation_request__in=asked.filter(person=kept).values("creation_request"))
    inquiry = both.select_related("creation_request").first()
    if inquiry is None:
        return ""
    return _("Both are asked for an opinion on “%(request)s”. Merge them when one of them has answered.") % {
        "request": inquiry.creation_request.name
    }


def register_all() -> None:
    """Called once, when the app is ready."""
    register(
        Reference(CreationRequest, "submitter", gettext_lazy("creation requests submitted")),
        Reference(Consent, "person", gettext_lazy("consents asked for"), ("creation_request",)),
        Reference(Inquiry, "person", gettext_lazy("opinions asked for")),
        Reference(Group, "admin", gettext_lazy("groups looked after")),
        Reference(Group, "owner", gettext_lazy("groups owned in WeChat")),
        Reference(ExistingGroup, "admin", gettext_lazy("existing groups looked after")),
        Reference(ExistingGroup, "owner", gettext_lazy("existing groups owned in WeChat")),
        Reference(OpenPoints, "person", gettext_lazy("lists of open points"), ("step",), Q(office=None)),
        Reference(RecordedDecision, "approver", gettext_lazy("decisions recorded for the person")),
        Reference(ApprovalStep, "decided_for", gettext_lazy("decisions taken for the person by a delegate")),
        Reference(Consent, "decided_for", gettext_lazy("consents given for the person by a delegate")),
        Reference(Designation, "designated_for", gettext_lazy("designations made for the person by a delegate")),
        Reference(Filing, "acknowledged_for", gettext_lazy("filings acknowledged for the person by a delegate")),
        Reference(Designation, "person", gettext_lazy("designations")),
        Reference(Establishment, "owner", gettext_lazy("groups owned when they were created")),
    )
    register_bar(decided_for_each_other)
    register_bar(both_are_asked)
