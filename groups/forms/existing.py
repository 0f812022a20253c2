"""What is typed on the pages of existing groups: a file, and which comparison is confirmed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.files.forms import CheckedFileField
from governance.files.kinds import TABLES


class UploadForm(forms.Form):
    """The list of groups."""

    file = CheckedFileField(allowed=TABLES, label=_("File"))


class ConfirmForm(forms.Form):
    """The digest of what was shown; the choices are read by the plan, which knows what it offered."""

    digest = forms.RegexField(r"^[0-9a-f]{64}$")
