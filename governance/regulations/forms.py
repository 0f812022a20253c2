"""What is typed about regulations: a file and its day, and the answer to an open question with its own fields."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .answers_in_words import office_names
from .format.answers import AnswerErrors
from .format.nodes import MOST_BYTES
from .models import ArticleQuestion, OpenQuestion
from .queries.uploads import Preview
from .words import said

PREFIX = "answer-"


class UploadForm(forms.Form):
    """A regulation's file; what is wrong inside it is told line by line by the reader of the format."""

    file = forms.FileField(
        label=gettext_lazy("Regulation file"),
        help_text=gettext_lazy("A YAML file, up to 1 MB, written as docs/regulation-format.md says."),
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml"}),
        error_messages={"empty": gettext_lazy("The file is empty.")},
    )

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 1 MB: it is no regulation."))
        return file


class ConfirmForm(forms.Form):
    """From when the version holds, where the file leaves it to the publication; what was loaded when it was shown."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    published_on = forms.DateField(
        label=gettext_lazy("In force from"),
        help_text=gettext_lazy("Today or a later day. The file leaves it to its publication."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, preview: Preview, today: date) -> None:
        super().__init__(data, initial={"seen": preview.seen, "published_on": today})
        self.preview, self.today = preview, today
        self.fields["published_on"].widget.attrs["min"] = today.isoformat()
        if not preview.chooses_day:
            del self.fields["published_on"]

    def clean_published_on(self) -> date:
        if self.cleaned_data["published_on"] < self.today:
            raise forms.ValidationError(_("Choose today or a later day."))
        return self.cleaned_data["published_on"]

    def clean(self) -> dict[str, Any]:
        if self.preview.refusal:
            raise forms.ValidationError(self.preview.refusal)
        return super().clean()


class DayForm(forms.Form):
    """A day, to read the regulation as it was or will be then."""

    on = forms.DateField(
        label=gettext_lazy("As of"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class AskForm(forms.Form):
    """A question about an article."""

    article = forms.ChoiceField(label=gettext_lazy("Article"))
    text = forms.CharField(
        label=gettext_lazy("Your question"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("The office that interprets the regulation reads it, and nobody else."),
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, choices: list[tuple[str, str]], article: str
    ) -> None:
        super().__init__(data, initial={"article": article})
        self.fields["article"].choices = choices


class AnswerQuestionForm(forms.Form):
    """The answer, and whether everybody reads it."""

    PRIVATE, PUBLISH = "private", "publish"

    answer = forms.CharField(label=gettext_lazy("Answer"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))
    how = forms.ChoiceField(
        label=gettext_lazy("Who reads it"),
        choices=[
            (PRIVATE, gettext_lazy("only who asked")),
            (PUBLISH, gettext_lazy("everybody: as an interpretation beside the article")),
        ],
        initial=PRIVATE,
        widget=forms.RadioSelect,
    )
    published_question = forms.CharField(
        label=gettext_lazy("The question, as it is published"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "data-needs": f"how={PUBLISH}"}),
        help_text=gettext_lazy("Without names. Who asked is not published."),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, question: ArticleQuestion) -> None:
        super().__init__(data, initial={"published_question": question.text[:300]})


class ReplaceForm(forms.Form):
    """The newer reading, and why it takes the place of the older."""

    text = forms.CharField(
        label=gettext_lazy("Interpretation"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5})
    )
    reason = forms.CharField(
        label=gettext_lazy("Why it is replaced"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class AnswerForm(forms.Form):
    """Whether an answer is complete is judged by the action; the form says what was meant by each field.

    `seen_at` is when the instruction the reader saw was given; blank for none.
    """

    seen_at = forms.CharField(required=False, widget=forms.HiddenInput)
    instruction = forms.CharField(
        label=gettext_lazy("Instruction"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("What is instructed, in words; it is kept beside the article."),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, question: OpenQuestion) -> None:
        super().__init__(data, initial={"seen_at": stamp(question)})
        self.question = question
        offices = office_names(question.organisation_id)
        for ask in question.data["asks"]:
            self.fields[PREFIX + ask["name"]] = field_for(ask, question, offices)
        if question.state == OpenQuestion.State.ANSWERED:
            instruction = self.fields["instruction"]
            instruction.label, instruction.required = gettext_lazy("Instruction, and why it is changed"), True
            instruction.error_messages["required"] = gettext_lazy("Please say why the instruction is changed.")
        self.order_fields([*(name for name in self.fields if name.startswith(PREFIX)), "instruction"])

    def answers(self) -> dict[str, Any]:
        """What was filled in, by the names of the regulation's file."""
        names = [ask["name"] for ask in self.question.data["asks"]]
        given = {name: self.cleaned_data.get(PREFIX + name) for name in names}
        return {name: as_text(value) for name, value in given.items() if value not in (None, "")}

    def take(self, errors: AnswerErrors) -> None:
        """The action's complaints, each at its field."""
        for name, sentence in errors.errors.items():
            field = PREFIX + name if PREFIX + name in self.fields else name
            self.add_error(field if field in self.fields else None, str(sentence))

    @property
    def seen(self) -> str:
        return self.cleaned_data.get("seen_at", "")


def stamp(question: OpenQuestion) -> str:
    """When the standing instruction was given, as the form carries it."""
    return question.answered_at.isoformat() if question.answered_at else ""


def as_text(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def field_for(ask: dict[str, Any], question: OpenQuestion, offices: dict[str, str]) -> forms.Field:
    """One field of the answer. What is asked only with another answer says so."""
    common = {
        "label": said(ask["label"]),
        "required": not ask.get("optional") and not ask.get("required_if"),
        "initial": question.answers.get(ask["name"], ask.get("offered")),
        "help_text": condition_in_words(ask, question),
    }
    field = made(ask, offices, common)
    if ask.get("required_if"):
        field.widget.attrs["data-needs"] = f"{PREFIX}{ask['required_if']['field']}={ask['required_if']['value']}"
    return field


def made(ask: dict[str, Any], offices: dict[str, str], common: dict[str, Any]) -> forms.Field:
    if ask["kind"] == "choice":
        choices = [(option["value"], said(option["label"])) for option in ask["options"]]
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **common)
    if ask["kind"] == "office":
        return forms.ChoiceField(choices=[("", _("Choose an office")), *sorted_offices(offices)], **common)
    if ask["kind"] == "days":
        return forms.IntegerField(min_value=0, max_value=250, **common)
    if ask["kind"] == "date":
        return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **common)
    return forms.CharField(max_length=2000, widget=forms.Textarea(attrs={"rows": 3}), **common)


def sorted_offices(offices: dict[str, str]) -> list[tuple[str, str]]:
    return sorted(offices.items(), key=lambda office: office[1])


def condition_in_words(ask: dict[str, Any], question: OpenQuestion) -> str:
    """With which answer above the field is asked; that it may be left blank."""
    condition = ask.get("required_if")
    if condition is None:
        return ""
    above = next((one for one in question.data["asks"] if one["name"] == condition["field"]), None)
    options = (above or {}).get("options") or []
    label = next((said(option["label"]) for option in options if option["value"] == condition["value"]), "")
    return _("Needed with “%(answer)s”.") % {"answer": label}
