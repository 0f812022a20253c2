"""What an approver decided by word or in writing, as the recording office enters it."""

from datetime import date
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.directory.models import Person
from governance.files.forms import AttachmentsField

from ..models import ApprovalStep, RecordedDecision

Outcome = ApprovalStep.State


class RecordingForm(forms.Form):
    """Who decided what, how and when, with what words, and the scan."""

    approver = forms.ModelChoiceField(Person.objects.none(), label=_("Whose decision"), empty_label=None)
    outcome = forms.ChoiceField(
        label=_("Decision"),
        choices=[
            (Outcome.APPROVED, pgettext_lazy("decision", "Approve")),
            (Outcome.SENT_BACK, pgettext_lazy("decision", "Send back")),
            (Outcome.REFUSED, pgettext_lazy("decision", "Refuse")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what was decided.")},
    )
    manner = forms.ChoiceField(
        label=_("How it was given"),
        choices=RecordedDecision.Manner.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how it was given.")},
    )
    given_on = forms.DateField(
        label=_("Given on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Please enter the day."), "invalid": _("Please enter a day.")},
    )
    opinion = forms.CharField(
        label=_("Words of the approver"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("As they were said or written; needed for sending back and refusing."),
    )
    scans = AttachmentsField(label=_("Scan of the paper, or of the note of the call"), required=True)

    def __init__(self, *args: Any, holders: models.QuerySet[Person], on: date, **options: Any) -> None:
        super().__init__(*args, initial={"given_on": on, "approver": holders.first()}, **options)
        self.fields["approver"].queryset = holders
        self.fields["scans"].error_messages["required"] = _("Attach the scan of the paper, or of the note of the call.")
