"""What is typed during the set-up."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from governance.accounts.models import User
from governance.directory.models import Office

from .actions import FirstPerson, Names
from .shipped import ShippedRegulation

LARGEST_FILE = 1024 * 1024  # bytes; the shipped regulations have 60,000
UPLOAD = "upload"


class TokenForm(forms.Form):
    """The token, for whom the printed address did not bring it along."""

    token = forms.CharField(
        max_length=100,
        required=False,
        label=_("One-time token"),
        help_text=_("The last part of the address that the portal prints when it starts."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}),
    )


class OrganisationForm(forms.Form):
    """How the organisation is called, and in which language new logins begin."""

    name = forms.CharField(max_length=100, label=_("Name of the organisation"))
    short_name = forms.CharField(max_length=50, required=False, label=_("Short name"))
    headquarters = forms.CharField(
        max_length=100,
        required=False,
        label=_("Name of the headquarters in the staff list"),
        help_text=_("As the column “company” calls it. Empty: the name of the organisation."),
    )
    language = forms.ChoiceField(
        choices=settings.LANGUAGES,
        label=_("Language"),
        help_text=_("New logins begin with it; everybody can change it for himself."),
    )
    seen = forms.CharField(max_length=100, required=False, widget=forms.HiddenInput)

    def names(self) -> Names:
        data = self.cleaned_data
        return Names(data["name"], data["short_name"], data["headquarters"] or data["name"], data["language"])


class FirstPersonForm(forms.Form):
    """The first HR person and the login."""

    name = forms.CharField(max_length=50, label=_("Name"))
    number = forms.CharField(
        max_length=40,
        label=_("Staff number"),
        help_text=_("As in the staff list: by it the import knows this person again."),
    )
    email = forms.EmailField(
        required=False, label=_("E-mail"), help_text=_("A forgotten password is renewed through it.")
    )
    username = forms.RegexField(
        r"^[\w.@+-]+$",
        max_length=60,
        label=_("User name"),
        help_text=_("Letters, digits and . _ - @ +"),
        widget=forms.TextInput(attrs={"autocomplete": "username", "spellcheck": "false", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        max_length=128,
        strip=False,
        label=_("Password"),
        help_text=_("At least ten characters, not only digits."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        max_length=128,
        strip=False,
        label=_("Password again"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("password") and data.get("again") and data["password"] != data["again"]:
            self.add_error("again", _("The two passwords differ."))
        if data.get("password"):
            stranger = User(username=data.get("username", ""), name=data.get("name", ""), email=data.get("email", ""))
            try:
                validate_password(data["password"], stranger)
            except forms.ValidationError as refused:
                self.add_error("password", refused)
        return data

    def first_person(self) -> FirstPerson:
        return FirstPerson(**{name: value for name, value in self.cleaned_data.items() if name != "again"})


class CompaniesForm(forms.Form):
    """Project companies, one a line."""

    names = forms.CharField(
        max_length=5000,
        label=_("Project companies"),
        help_text=_("One a line, as the column “company” of the staff list calls them."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def clean_names(self) -> list[str]:
        names = [" ".join(line.split()) for line in self.cleaned_data["names"].splitlines() if line.strip()]
        if any(len(name) > 100 for name in names):
            raise forms.ValidationError(_("A company's name has at most 100 characters."))
        return names


class RegulationForm(forms.Form):
    """One of the shipped regulations, or a file of one's own."""

    which = forms.ChoiceField(label=_("Regulation"), widget=forms.RadioSelect)
    file = forms.FileField(
        required=False,
        label=_("File of your own"),
        help_text=_("A YAML file, up to 1 MB, written as docs/regulation-format.md says."),
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml"}),
    )

    def __init__(self, *args: Any, shipped: list[ShippedRegulation], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(found.code, found.title) for found in shipped]
        self.fields["which"].choices = [*choices, (UPLOAD, _("A file of your own"))]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("which") == UPLOAD and "file" not in self.errors:
            if not data.get("file"):
                self.add_error("file", _("Please choose the file."))
            elif data["file"].size > LARGEST_FILE:
                self.add_error("file", _("The file is larger than 1 MB: it is no regulation."))
        return data


class OfficeForm(forms.Form):
    """An office that the regulation itself does not name."""

    name = forms.CharField(max_length=100, label=_("Name of the office"))
    name_en = forms.CharField(max_length=100, required=False, label=_("English name"))
    kind = forms.ChoiceField(choices=Office.Kind.choices, label=_("Kind of office"))
