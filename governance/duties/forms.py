"""What people type when somebody stands in for somebody."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from governance.directory.forms import PersonField, day_field
from governance.directory.models import Office, Person, Tenure

from .kinds import kind_of
from .models import Duty


class DelegateForm(forms.Form):
    """Who decides for an absent holder, for which of his offices, from when until when."""

    delegate = PersonField(
        max_length=50,
        label=_("Delegate"),
        help_text=_("Staff number or full name."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    office = forms.ModelChoiceField(
        Office.objects.none(), required=False, label=_("For which office"), empty_label=_("all offices")
    )
    starts_on = day_field(label=_("From"), help_text=_("First day, included."))
    ends_on = day_field(label=_("Until"), help_text=_("Last day, included. It ends by itself then."))

    def __init__(self, *args: Any, person: Person, on: date, **options: Any) -> None:
        super().__init__(*args, initial={"starts_on": on}, **options)
        self.fields["delegate"].organisation, self.fields["delegate"].on = person.organisation, on
        held = Tenure.objects.own().meeting(on, None).filter(person=person)
        offices = Office.objects.filter(pk__in=held.values("office_id")).select_related("company")
        if len(offices) > 1:
            self.fields["office"].queryset = offices
        else:
            del self.fields["office"]


class PassForm(forms.Form):
    """To whom a step goes, and why."""

    person = forms.ModelChoiceField(
        Person.objects.none(), label=_("Colleague"), empty_label=_("please choose"),
        error_messages={"required": _("Please choose a colleague.")},
    )
    reason = forms.CharField(
        max_length=200, label=_("Reason"), widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Please say why, so that your colleague knows what to do.")},
    )

    def __init__(self, *args: Any, colleagues: QuerySet[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["person"].queryset = colleagues
        self.fields["person"].label_from_instance = lambda one: f"{one.name} {one.department or one.company}"


class SuccessorForm(forms.Form):
    """Who takes over, which steps, and why."""

    duties = forms.ModelMultipleChoiceField(
        Duty.objects.none(),
        label=_("What is handed over"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Please tick what is handed over.")},
    )
    successor = PersonField(
        max_length=50,
        label=_("Successor"),
        help_text=_("Staff number or full name."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    reason = forms.CharField(max_length=200, required=False, label=_("Reason"))

    def __init__(self, *args: Any, person: Person, duties: QuerySet[Duty], on: date, **options: Any) -> None:
        super().__init__(*args, initial={"duties": duties}, **options)
        self.fields["duties"].queryset = duties
        self.fields["duties"].label_from_instance = lambda duty: f"{kind_of(duty.verb).label} · {duty.title}"
        self.fields["successor"].organisation, self.fields["successor"].on = person.organisation, on
