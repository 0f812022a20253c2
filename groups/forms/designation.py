"""Naming the admin, and the designated person's answer."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.directory.models import Person

from ..models import Group

LONGEST_REASON = 200


class DesignationForm(forms.Form):
    """One person, and why he where the type proposes another. Anybody present of the organisation can be chosen."""

    person = forms.ModelChoiceField(
        Person.objects.none(),
        error_messages={
            "required": _("Please choose who is to be the admin."),
            "invalid_choice": _("This person does not work here any more. Please choose another."),
        },
    )
    reason = forms.CharField(max_length=LONGEST_REASON, required=False)

    def __init__(self, *args: Any, group: Group, on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["person"].queryset = Person.objects.of_organisation(group.organisation_id).present(on=on)


class SearchForm(forms.Form):
    """Looking for somebody by name, 拼音, initials or staff number; `person` is whoever is chosen already."""

    q = forms.CharField(max_length=50, required=False)
    person = forms.IntegerField(min_value=1, max_value=2**62, required=False)

    def clean_q(self) -> str:
        return self.cleaned_data["q"].replace("\0", "").strip()


class ReplyForm(forms.Form):
    """Why the designated person declines."""

    reply = forms.CharField(
        max_length=LONGEST_REASON, error_messages={"required": _("Please say why you decline.")}
    )
