"""Form fields that take files, checked at the door with a sentence for each that is refused."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from .kinds import DOCUMENTS, FileRefused, Kind, named
from .rules import SIZE_LIMIT, CheckedFile, check

MOST_FILES = 5


def accepted(kinds: Iterable[Kind]) -> str:
    """The value of the file chooser's `accept`: a convenience only, the content decides."""
    return ",".join(f".{ending}" for kind in Kind if kind in kinds for ending in kind.extensions)


class ManyFilesInput(forms.ClearableFileInput):
    """A plain file chooser for several files; what was chosen before is listed by the page, not by the widget."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[UploadedFile]:
        return files.getlist(name) if hasattr(files, "getlist") else [files[name]] if name in files else []

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in files


class CheckedFileField(forms.FileField):
    """One file; cleans to a CheckedFile (or None), ready for `files.actions.store`."""

    def __init__(self, *, allowed: frozenset[Kind] = DOCUMENTS, at_most: int = SIZE_LIMIT, **options: Any) -> None:
        self.allowed, self.at_most = frozenset(allowed), at_most
        options.setdefault("help_text", how_to_send(self.allowed, at_most))
        super().__init__(**options)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "accept": accepted(self.allowed)}

    def clean(self, data: Any, initial: Any = None) -> CheckedFile | None:
        if data and data.size == 0:
            raise FileRefused(_("The file is empty."))
        upload = super().clean(data, initial)
        return check(upload, allowed=self.allowed, at_most=self.at_most) if upload else None


class AttachmentsField(CheckedFileField):
    """Up to five files; cleans to a list of CheckedFile, empty when none was chosen."""

    widget = ManyFilesInput

    def __init__(self, *, most: int = MOST_FILES, **options: Any) -> None:
        self.most = most
        options.setdefault("required", False)
        options.setdefault("label", _("Attachments"))
        super().__init__(**options)

    def clean(self, data: Any, initial: Any = None) -> list[CheckedFile]:
        uploads = data or []
        if not uploads and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(uploads) > self.most:
            raise FileRefused(format_lazy(_("At most {most} files at a time."), most=self.most))
        checked, errors = [], []
        for upload in uploads:
            try:
                checked.append(check(upload, allowed=self.allowed, at_most=self.at_most))
            except FileRefused as refused:
                errors.append(
                    FileRefused(format_lazy(_("“{name}”: {reason}"), name=short(upload), reason=refused.sentence))
                )
        if errors:
            raise ValidationError(errors)
        return checked


def short(upload: UploadedFile) -> str:
    name = "".join(letter for letter in upload.name or "" if letter.isprintable())
    return name if len(name) <= 40 else f"{name[:25]}…{name[-12:]}"


def how_to_send(allowed: frozenset[Kind], at_most: int) -> Any:
    return format_lazy(_("{kinds}; each up to {limit} MB."), kinds=named(allowed), limit=at_most // (1024 * 1024))
