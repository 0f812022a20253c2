"""The form of a creation request: its fields follow from the type's parameters."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db import models
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from governance.accounts.models import User
from governance.directory.models import Company, Department, Office, Person
from governance.directory.names import fold
from governance.directory.queries import offices_held, person_of
from governance.files.forms import AttachmentsField
from governance.files.models import Attachment

from ..actions.drafting import Content, fields_of
from ..models import CreationRequest
from ..queries.expected import Place, exceptional_candidates
from ..queries.terms import Terms

REASON = "reason-"  # and the person's primary key: why this exceptional member
LONGEST_REASON = 200


@dataclass(frozen=True)
class CandidateLine:
    """One person who may join by single consent, as the list of the form shows him."""

    person: Person
    ticked: bool
    reason: str
    keys: str


class CreationRequestForm(forms.Form):
    """What the submitter fills in. `place` is what the choices say so far, for preview and candidates.

    A draft may lack its purpose; submitting may not (`submitting`).
    """

    name_suffix = forms.CharField(
        label=_("Addition to the name"), max_length=30, required=False,
        help_text=_("Stands behind the name, such as （Phase 2）. Leave it blank where the name is clear."),
    )  # fmt: skip
    purpose = forms.CharField(
        label=_("What the group is for"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    ends_on = forms.DateField(
        label=_("Until when"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Only for a group with an end. The day itself still counts."),
    )  # fmt: skip
    external_expected = forms.IntegerField(
        label=_("External members expected"), min_value=0, max_value=100000, required=False,
        help_text=_("Customers and partners, roughly."),
    )  # fmt: skip
    exceptional = forms.ModelMultipleChoiceField(
        Person.objects.none(), label=_("Exceptional members"), required=False, widget=forms.MultipleHiddenInput,
        error_messages={"invalid_choice": _("This person cannot join by single consent.")},
    )  # fmt: skip
    attachments = AttachmentsField()

    field_order = (
        "company", "department", "project", "year", "name_suffix", "purpose", "ends_on", "external_expected",
        "exceptional", "attachments", "detach",
    )  # fmt: skip

    def __init__(
        self, data: Mapping[str, Any] | None = None, files: Any = None, *, terms: Terms, user: User, on: date,
        hanging: list[Attachment] | None = None, submitting: bool = True, **options: Any,
    ) -> None:  # fmt: skip
        super().__init__(data, files, **options)
        self.terms, self.user, self.on = terms, user, on
        self.companies = companies_for(user, terms, on=on)
        self.add_parameters(terms.type.parameters)
        if "{year}" in terms.type.name_template:
            years = [(str(year), str(year)) for year in (on.year, on.year + 1)]
            chosen = str(self.initial.get("year") or "")
            if chosen and chosen not in dict(years):
                years.insert(0, (chosen, chosen))
            self.fields["year"] = forms.ChoiceField(
                label=_("Year in the name"), choices=[("", _("No year")), *years], required=False
            )
        if not terms.type.members.external:
            del self.fields["external_expected"]
        if hanging:
            self.fields["detach"] = forms.MultipleChoiceField(
                label=_("Take these attachments off"), required=False, widget=forms.CheckboxSelectMultiple,
                choices=[(str(one.file_id), one.file.name) for one in hanging],
            )  # fmt: skip
        self.fields["purpose"].required = submitting
        self.order_fields(self.field_order)
        self.place = self.place_of()
        self.candidates = candidates_at(terms, self.place, on=on)
        self.fields["exceptional"].queryset = Person.objects.filter(pk__in=[one.pk for one in self.candidates])

    def add_parameters(self, parameters: tuple[str, ...]) -> None:
        """A field for everything that the type asks a request to name. A department says its company."""
        if "department" in parameters:
            self.fields["department"] = forms.ChoiceField(
                label=_("Department"), choices=[("", _("Choose one")), *departments_of(self.companies)]
            )
        elif "company" in parameters:
            self.fields["company"] = forms.ModelChoiceField(
                self.companies, label=_("Company"), empty_label=None if len(self.companies) == 1 else _("Choose one")
            )
        if "project" in parameters:
            self.fields["project"] = forms.CharField(label=_("Name of the project"), max_length=50)

    def said(self, name: str) -> str:
        """What stands in a field now, sent or proposed."""
        if name not in self.fields:
            return ""
        found = self.data.get(name) if self.is_bound else self.initial.get(name)
        return str(found) if found else ""

    def place_of(self) -> Place | None:
        """The company and department chosen so far; None until enough is chosen."""
        if "department" in self.fields:
            pk = self.said("department")
            found = Department.objects.filter(company__in=self.companies, pk=pk if pk.isdecimal() else 0)
            department = found.select_related("company").first()
            return Place(department.company, department) if department else None
        if "company" in self.fields:
            chosen = self.said("company") or (str(self.companies[0].pk) if len(self.companies) == 1 else "")
            company = next((one for one in self.companies if str(one.pk) == chosen), None)
            return Place(company) if company else None
        company = own_company(self.user)
        return Place(company) if company else None

    def clean_exceptional(self) -> list[Person]:
        """Each with a reason that is not too long."""
        for person in self.cleaned_data["exceptional"]:
            if len(self.reason_for(person)) > LONGEST_REASON:
                raise forms.ValidationError(
                    _("The reason for %(name)s is too long: at most %(limit)s characters."),
                    params={"name": person.name, "limit": LONGEST_REASON},
                )
        return list(self.cleaned_data["exceptional"])

    def reason_for(self, person: Person) -> str:
        values = self.data if self.is_bound else self.initial
        return str(values.get(f"{REASON}{person.pk}") or "").strip()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.place is None and not self.errors:
            self.add_error(None, _("No company is entered yet for which such a group could be asked for."))
        return cleaned

    def content(self) -> Content | None:
        """What was filled in, as far as it can be read; None until it is clear for which company."""
        if self.place is None:
            return None
        said = self.cleaned_data
        return Content(
            company=self.place.company,
            department=self.place.department,
            project=said.get("project", ""),
            year=said.get("year", ""),
            name_suffix=said.get("name_suffix", ""),
            purpose=said.get("purpose", ""),
            ends_on=said.get("ends_on"),
            external_expected=said.get("external_expected") or 0,
            exceptional={person: self.reason_for(person) for person in said.get("exceptional", [])},
        )

    def sketch(self) -> CreationRequest | None:
        """The request as it would be, not saved: what the preview is about."""
        if not hasattr(self, "cleaned_data"):
            self.full_clean()
        content = self.content()
        if content is None:
            return None
        sketched = CreationRequest(
            organisation_id=self.user.organisation_id,
            submitter=person_of(self.user),
            **fields_of(self.terms, content),
        )
        sketched.purpose = sketched.purpose or "…"  # said in the form itself; the preview does not ask for it again
        return sketched

    def candidate_lines(self) -> Iterator[CandidateLine]:
        """The candidates with what was ticked and written for them."""
        values = self.data if self.is_bound else self.initial
        ticked = {str(pk) for pk in listed_under(values, "exceptional")}
        for person in self.candidates:
            yield CandidateLine(person, str(person.pk) in ticked, self.reason_for(person), person.search)

    @property
    def needs_place(self) -> bool:
        """Whether the candidates depend on what is chosen in the form."""
        return self.terms.type.consent is not None and bool({"company", "department"} & set(self.fields))


def listed_under(values: Mapping[str, Any], name: str) -> list[Any]:
    """All values of a name, from a query string or from a plain mapping."""
    if hasattr(values, "getlist"):
        return values.getlist(name)
    found = values.get(name) or []
    return found if isinstance(found, list) else [found]


def candidates_at(terms: Terms, place: Place | None, *, on: date) -> list[Person]:
    if terms.type.consent is None or place is None:
        return []
    return list(exceptional_candidates(terms.type, place, on=on).for_display())


def companies_for(user: User, terms: Terms, *, on: date) -> models.QuerySet[Company]:
    """The companies for which the user may ask for such a group: those that his submitting offices cover; project
    companies alone, unless a department may be of headquarters."""
    codes = {rule.office for rule in terms.type.submitters}
    offices = [office for office in offices_held(user, on=on) if office.code in codes]
    companies = Company.objects.filter(organisation_id=user.organisation_id)
    if not any(office.company_id is None for office in offices):
        companies = companies.filter(pk__in=[office.company_id for office in offices])
    if "department" not in terms.type.parameters:
        companies = companies.filter(kind=Company.Kind.PROJECT)
    return companies


def own_company(user: User) -> Company | None:
    """Headquarters: for which company a group is that names none; without one, the submitter's own."""
    headquarters = Company.objects.filter(organisation_id=user.organisation_id, kind=Company.Kind.HEADQUARTERS)
    person = person_of(user)
    return headquarters.first() or (person.company if person else None)


def departments_of(companies: models.QuerySet[Company]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The departments of each company, those below a department moved in."""
    grouped: dict[str, list[tuple[str, str]]] = {}
    for department in Department.objects.filter(company__in=companies).select_related("company").order_by(
        "company", "path"
    ):  # fmt: skip
        depth = max(0, department.path.count("/") - 1)
        grouped.setdefault(str(department.company), []).append((str(department.pk), "　" * depth + department.name))
    return list(grouped.items())


def initial_of(creation_request: CreationRequest) -> dict[str, Any]:
    """What a request says, as the form's values."""
    consents = list(creation_request.consents.all())
    return {
        "company": creation_request.company_id,
        "department": creation_request.department_id,
        "project": creation_request.project,
        "year": creation_request.year,
        "name_suffix": creation_request.name_suffix,
        "purpose": creation_request.purpose,
        "ends_on": creation_request.ends_on,
        "external_expected": creation_request.external_expected or None,
        "exceptional": [consent.person_id for consent in consents],
        **{f"{REASON}{consent.person_id}": consent.reason for consent in consents},
    }


def as_data(values: Mapping[str, Any]) -> MultiValueDict:
    """Proposed values as if they had been sent, so that the preview can read them."""
    data = MultiValueDict()
    for name, value in values.items():
        if value not in (None, ""):
            data.setlist(name, [str(one) for one in value] if isinstance(value, list) else [str(value)])
    return data


class PeopleSearch(forms.Form):
    """Finding people to show something to, by name, 拼音 or initials."""

    find = forms.CharField(max_length=50, required=False)

    def people(self, organisation_id: int, *, on: date, most: int = 10) -> list[Person]:
        """The first few that fit; nobody for nothing."""
        wanted = fold(self.cleaned_data.get("find", "")) if self.is_valid() else ""
        if not wanted:
            return []
        people = Person.objects.of_organisation(organisation_id).present(on=on).filter(search__contains=wanted)
        return list(people.for_display()[:most])


class CirculationForm(forms.Form):
    """Whom to show it to, persons and offices, and a word about it."""

    people = forms.ModelMultipleChoiceField(Person.objects.none(), required=False)
    offices = forms.ModelMultipleChoiceField(Office.objects.none(), required=False)
    note = forms.CharField(max_length=300, required=False)

    def __init__(self, data: Mapping[str, Any], *, organisation_id: int, on: date) -> None:
        super().__init__(data)
        self.fields["people"].queryset = Person.objects.of_organisation(organisation_id).present(on=on)
        self.fields["offices"].queryset = Office.objects.filter(organisation_id=organisation_id)

    def clean(self) -> dict[str, Any]:
        """Somebody has to be chosen."""
        if not self.errors and not self.cleaned_data["people"] and not self.cleaned_data["offices"]:
            raise forms.ValidationError(_("Choose at least one person or office."))
        return self.cleaned_data
