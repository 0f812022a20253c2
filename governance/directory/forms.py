"""What people type on the directory's pages."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.accounts.models import Organisation
from governance.files.forms import CheckedFileField
from governance.files.kinds import TABLES

from .models import Company, DepartmentAlias, Person
from .queries.people import find_person


def day_field(**options: Any) -> forms.DateField:
    """A day with the browser's own calendar."""
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


class ImportForm(forms.Form):
    """A file, and of which company it is the complete list, if of any."""

    file = CheckedFileField(allowed=TABLES, label=_("File"))
    complete = forms.ModelChoiceField(
        Company.objects.none(),
        required=False,
        label=_("The file is the complete list of"),
        empty_label=_("no company: only changes and new people"),
        help_text=_("Whoever is present in this company and absent from the file then leaves as of today."),
    )

    def __init__(self, *args: Any, organisation: Organisation, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["complete"].queryset = Company.objects.filter(organisation=organisation)


class ConfirmForm(forms.Form):
    """Which comparison is confirmed and, where many leave, how many."""

    digest = forms.RegexField(r"^[0-9a-f]{64}$")
    leaving = forms.IntegerField(min_value=0, required=False)


class PersonField(forms.CharField):
    """Somebody by staff number or full name; cleans to a Person. Set `organisation` and `on` before use."""

    organisation: Organisation
    on: date

    def clean(self, value: Any) -> Person | None:
        words = super().clean(value)
        return find_person(self.organisation, words, on=self.on) if words else None


class TenureForm(forms.Form):
    """Who begins to hold an office, and when."""

    person = PersonField(
        max_length=50,
        label=_("Person"),
        help_text=_("Staff number or full name."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    starts_on = day_field(label=_("From"), help_text=_("First day, included."))
    ends_on = day_field(
        label=_("Until"), required=False, help_text=_("Last day, included. Empty: until further notice.")
    )
    acting = forms.BooleanField(label=_("Acting only"), required=False)

    def __init__(self, *args: Any, organisation: Organisation, on: date, **options: Any) -> None:
        super().__init__(*args, initial={"starts_on": on}, **options)
        self.fields["person"].organisation, self.fields["person"].on = organisation, on


class EndTenureForm(forms.Form):
    """The last day of a tenure."""

    ends_on = day_field(label=_("Last day"))


class AliasForm(forms.Form):
    """Another name of a department."""

    name = forms.CharField(max_length=DepartmentAlias._meta.get_field("name").max_length, label=_("Other name"))
