"""The fields that take files."""

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from django.utils import translation
from django.utils.datastructures import MultiValueDict

from governance.files import uploads
from governance.files.forms import AttachmentsField, CheckedFileField
from governance.files.kinds import TABLES, Kind
from tests.files import samples
from tests.files.samples import picture, upload


class LetterForm(forms.Form):
    title = forms.CharField(required=False)
    attachments = AttachmentsField()


class TableForm(forms.Form):
    table = CheckedFileField(allowed=TABLES)


def letter(*files):
    with translation.override("en"):
        form = LetterForm({}, MultiValueDict({"attachments": list(files)}))
        form.is_valid()
        return form, [str(error) for error in form.errors.get("attachments", [])]


def test_no_attachment_is_an_empty_list():
    form, errors = letter()
    assert (form.cleaned_data["attachments"], errors) == ([], [])


def test_attachments_come_checked():
    form, errors = letter(upload(name="一.pdf"), upload(picture(), "二.bin"))
    assert [(file.name, file.kind) for file in form.cleaned_data["attachments"]] == [
        ("一.pdf", Kind.PDF),
        ("二.bin.png", Kind.PNG),
    ]


def test_each_refused_attachment_gets_a_sentence():
    _form, errors = letter(upload(), upload(b"MZ\0", "坏.exe"), upload(b"", "空" * 60 + ".pdf"))
    assert errors == [
        "“坏.exe”: This kind of file is not accepted. "
        "Send one of these: PDF, PNG, JPEG, WEBP, GIF, XLSX, DOCX, PPTX, CSV, TXT.",
        f"“{'空' * 25}…{'空' * 8}.pdf”: The file is empty.",
    ]


def test_more_than_five_attachments_are_refused():
    assert letter(*[upload()] * 5)[1] == []
    assert letter(*[upload()] * 6)[1] == ["At most 5 files at a time."]


def test_required_field_says_so_when_empty():
    with translation.override("en"):
        form = TableForm({}, {})
        assert form.errors["table"] == ["This field is required."]
        assert TableForm({}, {"table": upload(b"", "a.csv")}).errors["table"] == ["The file is empty."]


def test_file_chooser_offers_the_kinds():
    with translation.override("en"):
        assert 'accept=".xlsx,.csv"' in str(TableForm()["table"])
        assert str(TableForm()["table"].help_text) == "XLSX, CSV; each up to 20 MB."
        assert 'type="file"' in str(LetterForm()["attachments"])
        assert " multiple" in str(LetterForm()["attachments"])


def posted(*contents):
    files = [SimpleUploadedFile(f"{n}.pdf", content) for n, content in enumerate(contents)]
    return RequestFactory().post("/", {"attachments": files})


@pytest.fixture
def _small_limits(monkeypatch):
    monkeypatch.setattr(uploads, "MOST_PER_FILE", 100_000)
    monkeypatch.setattr(uploads, "MOST_PER_REQUEST", 1_000_000)


@pytest.mark.usefixtures("_small_limits")
def test_upload_beyond_the_limit_is_cut_and_so_refused():
    request = posted(b"x" * 500_000, samples.PDF)
    sizes = [file.size for file in request.FILES.getlist("attachments")]
    assert sizes[1] == len(samples.PDF)
    assert 100_000 < sizes[0] < 250_000


@pytest.mark.usefixtures("_small_limits")
def test_flood_of_uploads_is_cut_off():
    request = posted(*[b"x" * 400_000] * 4)
    assert len(request.FILES.getlist("attachments")) < 4
