"""The last day for each company."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..queries.amnesty import CompanyAmnesty


class AmnestyForm(forms.Form):
    """One day for each company; empty for no end."""

    def __init__(self, *args: Any, amnesties: list[CompanyAmnesty], **options: Any) -> None:
        super().__init__(*args, **options)
        for one in amnesties:
            self.fields[f"until-{one.company.pk}"] = forms.DateField(
                label=str(one.company),
                required=False,
                initial=one.until,
                widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
                error_messages={"invalid": _("This is no day. Write it as 2026-12-31.")},
            )
