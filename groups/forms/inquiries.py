"""Whom to ask for an opinion, and about what."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.directory.models import Person


class InquiryForm(forms.Form):
    """People and a question. Whether they can answer is the action's to say."""

    people = forms.ModelMultipleChoiceField(
        Person.objects.none(),
        error_messages={
            "required": _("Choose at least one person."),
            "invalid_choice": _("Choose people of the list."),
        },
    )
    question = forms.CharField(
        max_length=500,
        error_messages={
            "required": _("Please write what you want to know."),
            "max_length": _("At most %(limit_value)s characters, please."),
        },
    )

    def __init__(self, data: Mapping[str, Any], *, organisation_id: int) -> None:
        super().__init__(data)
        self.fields["people"].queryset = Person.objects.of_organisation(organisation_id).for_display()
