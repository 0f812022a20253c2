"""The checklist of the establishment, with the first roster as one list to tick off."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.directory.models import Person
from governance.directory.queries.people import find_person
from governance.files.forms import CheckedFileField
from governance.files.kinds import IMAGES

from ..actions.establishment import Checklist
from ..models import Group
from ..platforms import Platform

ME, OTHER = "me", "other"
OWNERS = [(ME, pgettext_lazy("owner", "I am")), (OTHER, pgettext_lazy("owner", "Another person"))]


@dataclass(frozen=True)
class RosterLine:
    """One expected member to tick off: words only, so that five hundred of them are light. `fixed`: the admin himself,
    who is in the group anyway. `keys`: what the search finds him by besides the words."""

    pk: int
    name: str
    place: str
    keys: str
    ticked: bool
    fixed: bool


class EstablishmentForm(forms.Form):
    """What the admin confirms. `expected` are the people the list offers; nobody else can be ticked."""

    name_as_created = forms.CharField(
        label=_("Name as created"),
        max_length=100,
        help_text=_("As it stands in WeChat. Another name than the approved one has to be decided on."),
    )
    other_name = forms.BooleanField(label=_("In WeChat it has another name than the approved one"), required=False)
    created_on = forms.DateField(
        label=_("Created on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    invitation_confirmation = forms.BooleanField(label=_("Invitation confirmation is switched on"), required=False)
    notice_posted = forms.BooleanField(label=_("The group notice is posted"), required=False)
    owner = forms.ChoiceField(label=_("Group owner"), choices=OWNERS, widget=forms.RadioSelect)
    owner_name = forms.CharField(
        label=_("Name or staff number of the owner"),
        max_length=60,
        required=False,
        help_text=_("Only where another person is the owner."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-needs": "owner=other"}),
    )
    screenshot = CheckedFileField(label=_("Screenshot of the group"), allowed=IMAGES, required=False)
    everyone = forms.BooleanField(required=False)
    external_count = forms.IntegerField(
        label=_("External members in the group"),
        min_value=0,
        max_value=100000,
        required=False,
        help_text=_("Customers and other people from outside, by number."),
    )

    def __init__(
        self,
        *args: Any,
        group: Group,
        expected: Iterable[Person],
        platform: Platform,
        external: bool,
        on: date,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.group, self.platform, self.on = group, platform, on
        self.expected = {person.pk: person for person in expected}
        self.fields["created_on"].widget.attrs["max"] = on.isoformat()
        if not external:
            del self.fields["external_count"]

    def ticked(self) -> set[int]:
        """The primary keys that were ticked; nonsense and people not on the list are nobody's."""
        sent = self.data.getlist("members") if self.is_bound else []
        found = {int(pk) for pk in sent if pk.isdecimal() and len(pk) < 19}
        return found & self.expected.keys()

    def lines(self) -> list[RosterLine]:
        """The list, with what was ticked before an error sent the form back."""
        ticked = self.ticked()
        everyone = self.is_bound and bool(self.data.get("everyone"))
        return [line_of(person, everyone or person.pk in ticked, self.group) for person in self.expected.values()]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("owner") == OTHER:
            self.find_owner(cleaned)
        if len(self.expected) > 1 and not {person.pk for person in self.members()} - {self.group.admin_id}:
            self.add_error(None, _("Tick off who is in the group already."))
        if len(self.members()) + (cleaned.get("external_count") or 0) > self.platform.members:
            self.add_error(
                None,
                ValidationError(
                    _("A group holds at most %(limit)s members on this platform."),
                    params={"limit": self.platform.members},
                ),
            )
        return cleaned

    def find_owner(self, cleaned: dict[str, Any]) -> None:
        """Who the owner is, by staff number or full name."""
        words = cleaned.get("owner_name", "").strip()
        if not words:
            self.add_error("owner_name", _("Please enter who the owner is."))
            return
        try:
            cleaned["owner_person"] = find_person(self.group.organisation, words, on=self.on)
        except ValidationError as errors:
            self.add_error("owner_name", errors)

    def members(self) -> list[Person]:
        """Who is in the group, as ticked off."""
        if self.data.get("everyone"):
            return list(self.expected.values())
        return [self.expected[pk] for pk in self.ticked()]

    def checklist(self) -> Checklist:
        """What was filled in, for the action to judge."""
        said = self.cleaned_data
        return Checklist(
            name_as_created=said["name_as_created"],
            other_name=said["other_name"],
            created_on=said["created_on"],
            invitation_confirmation=said["invitation_confirmation"],
            notice_posted=said["notice_posted"],
            owner=self.group.admin if said["owner"] == ME else said["owner_person"],
            member_count=0,
        )


def line_of(person: Person, ticked: bool, group: Group) -> RosterLine:
    fixed = person.pk == group.admin_id
    return RosterLine(
        pk=person.pk,
        name=person.name,
        place=str(person.department or person.company),
        keys=" ".join(person.search.split("\n")[1:3]),
        ticked=ticked or fixed,
        fixed=fixed,
    )
