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


class ReverseForm(forms.Form):
    """Which reversal is confirmed and, where many are concerned, how many."""

    digest = forms.RegexField(r"^[0-9a-f]{64}$")
    typed = forms.IntegerField(min_value=0, required=False)


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


class EntryField(forms.CharField):
    """An entry by its staff number, also of somebody who has left; cleans to a Person. Set `organisation_id` first."""

    organisation_id: int

    def clean(self, value: Any) -> Person:
        number = super().clean(value)
        people = Person.objects.of_organisation(self.organisation_id).unmerged()
        found = people.filter(number__iexact=number).first()
        if found is None:
            raise forms.ValidationError(_("Nobody has this staff number."))
        return found


class TwoNumbersForm(forms.Form):
    """Two entries that HR takes for one person."""

    kept = EntryField(max_length=40, label=_("Staff number of the entry that stays"))
    merged = EntryField(max_length=40, label=_("Staff number of the entry that goes"))

    def __init__(self, *args: Any, organisation_id: int, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            field.organisation_id = organisation_id
            field.widget.attrs["autocomplete"] = "off"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("kept") is not None and cleaned.get("kept") == cleaned.get("merged"):
            self.add_error("merged", _("This is one and the same entry."))
        return cleaned


class AliasForm(forms.Form):
    """Another name of a department."""

    name = forms.CharField(max_length=DepartmentAlias._meta.get_field("name").max_length, label=_("Other name"))
