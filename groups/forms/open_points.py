"""What is typed about existing groups: which are meant, a type, a name, a person, why."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ..models import ExistingGroup, GroupType

MOST = 50  # a page


class TickedForm(forms.Form):
    """The groups ticked on one page: those of `groups`, or with `all` those that stood there (`shown`)."""

    groups = forms.ModelMultipleChoiceField(ExistingGroup.objects.none(), required=False)
    shown = forms.ModelMultipleChoiceField(ExistingGroup.objects.none(), required=False)
    all = forms.BooleanField(required=False)
    opinion = forms.CharField(max_length=1000, required=False)

    def __init__(self, *args: Any, offered: QuerySet[ExistingGroup], **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("groups", "shown"):
            self.fields[name].queryset = offered

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        data["ticked"] = list(data.get("shown", []) if data.get("all") else data.get("groups", []))
        if not data["ticked"]:
            raise forms.ValidationError(_("Please tick at least one group."))
        if len(data["ticked"]) > MOST:
            raise forms.ValidationError(_("Please decide page by page."))
        return data


class TypeForm(TickedForm):
    """One type for all that are ticked."""

    type = forms.ModelChoiceField(
        GroupType.objects.none(), error_messages={"required": _("Please choose the type.")}
    )

    def __init__(self, *args: Any, organisation_id: int, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["type"].queryset = GroupType.objects.filter(organisation=organisation_id, retired=False)


class AdminForm(TickedForm):
    """One person for all that are ticked; empty: the holder of the post that the type proposes."""

    person = forms.CharField(max_length=60, required=False)
    reason = forms.CharField(max_length=200, required=False)


class NameForm(forms.Form):
    name = forms.CharField(
        label=_("New name"), max_length=100, error_messages={"required": _("Please write the new name.")}
    )


class OwnerForm(forms.Form):
    """The owner by name or staff number; empty where nobody knows."""

    owner = forms.CharField(
        label=_("Name or staff number of the owner"),
        max_length=60,
        required=False,
        help_text=_("Leave it empty where nobody knows: the admin can still say it."),
    )


class OpinionForm(forms.Form):
    opinion = forms.CharField(max_length=1000, required=False)
