"""What the filing office wants completed, and the answer to it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.files.forms import AttachmentsField


class RemarkForm(forms.Form):
    """What is missing."""

    remark = forms.CharField(max_length=300, error_messages={"required": _("Please say what is missing.")})


class SupplementForm(forms.Form):
    """What is completed, in words and files."""

    supplement = forms.CharField(
        label=_("What you complete"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Please write down what you complete.")},
    )
    attachments = AttachmentsField()
